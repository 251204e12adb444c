"""How long the server itself took for each answer, as a header that browsers show (Server-Timing)."""

import time

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class ServerTiming:
    """Adds `Server-Timing: total;dur=…` (milliseconds from the request's arrival to its answer)."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and note the time when its answer starts."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = time.perf_counter()

        async def send_with_time(message: Message) -> None:
            if message["type"] == "http.response.start":
                spent = (time.perf_counter() - begun) * 1000
                MutableHeaders(scope=message)["Server-Timing"] = f"total;dur={spent:.1f}"
            await send(message)

        await self._app(scope, receive, send_with_time)
