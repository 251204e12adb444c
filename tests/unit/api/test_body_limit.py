import asyncio
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.exceptions import HTTPException
from starlette.types import Message, Receive, Scope, Send

from api.body_limit import BodyLimit


async def read_all(_scope: Scope, receive: Receive, _send: Send) -> None:
    while (await receive()).get("more_body"):
        pass


def feed(chunks: Iterable[bytes], limit: int) -> None:
    messages = iter([{"type": "http.request", "body": c, "more_body": True} for c in chunks])

    async def receive() -> Message:
        return next(messages, {"type": "http.request", "body": b"", "more_body": False})

    async def send(_message: Message) -> None:
        """Nothing is sent in these tests."""

    # In a thread: a browser test in the same process leaves its event loop running in this one.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(
            asyncio.run, BodyLimit(read_all, limit)({"type": "http"}, receive, send)
        ).result()


def test_chunks_are_counted_together() -> None:
    with pytest.raises(HTTPException) as caught:
        feed([b"x" * 6, b"x" * 5], limit=10)
    assert caught.value.status_code == 413


def test_a_body_of_exactly_the_limit_passes() -> None:
    feed([b"x" * 6, b"x" * 4], limit=10)
