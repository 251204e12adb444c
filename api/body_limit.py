"""A limit on the size of request bodies, counted as they arrive."""

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class BodyLimit:
    """Refuses bodies over `limit` bytes, whether declared or sent in chunks.

    Form parsers spool whole bodies to disk before a handler runs, so the count must come first.
    """

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self._app = app
        self._limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with a counting `receive`."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        received = 0

        async def counted() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > self._limit:
                # FastAPI and the form parser let this class through to the error handlers.
                raise HTTPException(status_code=413)
            return message

        await self._app(scope, counted, send)
