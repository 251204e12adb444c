"""Security headers on every response, and the last catch for errors nobody foresaw.

Both are plain ASGI, outside FastAPI's own handling, so that error pages and static files get the
same headers as everything else.
"""

from collections.abc import Callable
from typing import Final

import structlog
from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CONTENT_POLICY: Final = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "media-src 'self' blob:; "
    "connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
HEADERS: Final = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    # Not `no-referrer`: with it browsers send `Origin: null`, which the form check must refuse.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    # The microphone records talks.
    "Permissions-Policy": "camera=(), microphone=(self), geolocation=()",
}
#: Only files of the program itself may be kept, and are asked for again each time.
STATIC_PREFIX: Final = "/static/"


class SecurityHeaders:
    """Adds the headers to every HTTP response."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and complete the start of its response."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        is_static = scope["path"].startswith(STATIC_PREFIX)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(HEADERS)
                headers["Cache-Control"] = "no-cache" if is_static else "no-store"
            await send(message)

        await self._app(scope, receive, send_with_headers)


class LastCatch:
    """Answers an unforeseen error with a plain problem and logs its class only.

    The text of an exception may hold personal data, so neither the answer nor the log has it.
    """

    def __init__(self, app: ASGIApp, answer: Callable[[Scope], Response]) -> None:
        self._app = app
        self._answer = answer
        self._log = structlog.get_logger("api")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; step in only when nothing has been sent yet."""
        started = False

        async def send_and_note(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self._app(scope, receive, send_and_note)
        except Exception as error:  # noqa: BLE001 - the last catch is for every kind
            self._log.error("request_failed", error=type(error).__name__, started=started)
            if scope["type"] == "http" and not started:
                await self._answer(scope)(scope, receive, send)
