"""A synchronous client for ASGI apps: requests never leave the process."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
from starlette.types import ASGIApp

BASE = "http://guitu.local"


class AsgiClient:
    """Sends requests to `app` and keeps its cookies between them."""

    def __init__(self, app: ASGIApp, headers: dict[str, str] | None = None) -> None:
        self._app = app
        self._headers = headers or {}
        self.cookies = httpx.Cookies()

    def get(self, path: str, **extra: Any) -> httpx.Response:
        return self.request("GET", path, **extra)

    def post(self, path: str, **extra: Any) -> httpx.Response:
        return self.request("POST", path, **extra)

    def request(self, method: str, path: str, **extra: Any) -> httpx.Response:
        # In a thread of its own: a browser test in the same worker leaves a running loop in this one.
        with ThreadPoolExecutor(max_workers=1) as thread:
            return thread.submit(asyncio.run, self._request(method, path, extra)).result()

    async def _request(self, method: str, path: str, extra: dict[str, Any]) -> httpx.Response:
        client = httpx.AsyncClient(
            transport=httpx.ASGITransport(self._app),
            base_url=BASE,
            headers=self._headers,
            cookies=self.cookies,
        )
        async with client:
            response = await client.request(method, path, **extra)
            self.cookies = client.cookies
        return response
