import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.responses import PlainTextResponse, Response
from starlette.types import Message, Receive, Scope, Send

from api.headers import CONTENT_POLICY, LastCatch, SecurityHeaders
from tests.asgi_client import AsgiClient


async def greet(scope: Scope, receive: Receive, send: Send) -> None:
    await PlainTextResponse("您好", headers={"Cache-Control": "public"})(scope, receive, send)


async def break_down(_scope: Scope, _receive: Receive, _send: Send) -> None:
    raise RuntimeError("刘福生的身份证号")


def answer(_scope: Scope) -> Response:
    return PlainTextResponse("系统出错", status_code=500)


def test_every_response_has_the_strict_policy_and_is_not_kept() -> None:
    response = AsgiClient(SecurityHeaders(greet)).get("/desk")
    assert response.headers["content-security-policy"] == CONTENT_POLICY
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["referrer-policy"] == "same-origin"


def test_files_of_the_program_may_be_kept_but_are_asked_for_again() -> None:
    response = AsgiClient(SecurityHeaders(greet)).get("/static/guitu.css")
    assert response.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("unsafe", ["unsafe-inline", "unsafe-eval", "http:", "*"])
def test_the_policy_allows_nothing_inline_or_foreign(unsafe: str) -> None:
    assert unsafe not in CONTENT_POLICY


def test_an_unforeseen_error_is_answered_and_logged_without_its_text(
    capsys: pytest.CaptureFixture[str],
) -> None:
    response = AsgiClient(LastCatch(break_down, answer)).get("/desk")
    assert (response.status_code, response.text) == (500, "系统出错")
    logged = "".join(capsys.readouterr())
    assert "RuntimeError" in logged
    assert "刘福生" not in logged


def test_an_error_after_the_start_of_an_answer_sends_no_second_one() -> None:
    sent: list[str] = []

    async def half(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        raise RuntimeError

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        sent.append(message["type"])

    # In a thread: a browser test in the same process leaves its event loop running in this one.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(
            asyncio.run, LastCatch(half, answer)({"type": "http"}, receive, send)
        ).result()
    assert sent == ["http.response.start"]
