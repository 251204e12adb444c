"""Signing in and out."""

from dataclasses import replace
from http import HTTPStatus
from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.auth import (
    AppServices,
    NewcomerForm,
    OpenForm,
    clear_session,
    form_secret,
    form_text,
    session_secret,
    set_session,
)
from api.pages.device_words import device_words
from api.pages.rendering import render, see
from api.problems import Problem, casework_problem
from casework.accounts.user import Session, SessionStage, User
from casework.errors import CaseworkError, NotFoundError, NotSignedInError, TooManyTriesError
from runtime.container import Services
from runtime.sign_in import demo_sign_in, enter_code, sign_in, sign_out

#: Where each stage of signing in goes on.
NEXT_STEP: Final = {
    SessionStage.AWAITS_CODE: "/sign-in/code",
    SessionStage.AWAITS_PASSWORD: "/account/password",
    SessionStage.OPEN: "/desk",
}

router = APIRouter()


@router.get("/")
def front() -> Response:
    """The desk is the front page."""
    return see("/desk")


@router.get("/sign-in")
def sign_in_page(request: Request, services: AppServices) -> Response:
    """The sign-in form."""
    return _form_page(request, services, refused=None)


@router.post("/sign-in")
def post_sign_in(request: Request, services: AppServices, form: OpenForm) -> Response:
    """Check name and password."""
    name, password = form_text(form, "name") or "", form_secret(form, "password")
    try:
        secret, session = sign_in(
            services.open_work, services.clock, name, password, _device(request)
        )
    except (NotSignedInError, TooManyTriesError) as error:
        return _form_page(request, services, refused=_refusal(error))
    return _onward(services, secret, session)


@router.get("/sign-in/code")
def code_page(request: Request) -> Response:
    """The second step of signing in."""
    return render(request, "sign_in_code.html", {"problem": None})


@router.post("/sign-in/code")
def post_code(request: Request, services: AppServices, form: OpenForm) -> Response:
    """Check the one-time code."""
    secret = session_secret(request, services.settings) or ""
    try:
        secret, session = enter_code(
            services.open_work, services.clock, secret, form_text(form, "code") or ""
        )
    except (NotSignedInError, TooManyTriesError) as error:
        refused = _refusal(error)
        return render(request, "sign_in_code.html", {"problem": refused}, status=refused.status)
    return _onward(services, secret, session)


@router.post("/sign-in/demo")
def post_demo_sign_in(request: Request, services: AppServices, form: OpenForm) -> Response:
    """Sign in as a demo account with one click; there is no such thing outside a demo."""
    if not services.is_demo():
        sentence = "这里不是演示环境，请用账号和密码登录。"
        raise NotFoundError(sentence)
    name = form_text(form, "name") or ""
    secret, session = demo_sign_in(services.open_work, services.clock, name, _device(request))
    return _onward(services, secret, session)


@router.post("/sign-out")
def post_sign_out(request: Request, services: AppServices, _form: NewcomerForm) -> Response:
    """End the session."""
    secret = session_secret(request, services.settings)
    if secret is not None:
        sign_out(services.open_work, secret)
    response = see("/sign-in")
    clear_session(response, services.settings)
    return response


def _form_page(request: Request, services: Services, *, refused: Problem | None) -> Response:
    accounts: tuple[User, ...] = ()
    if services.is_demo():
        with services.open_work() as work:
            accounts = tuple(user for user in work.users.all_users() if not user.disabled)
    context = {"problem": refused, "accounts": accounts}
    status = refused.status if refused else HTTPStatus.OK
    return render(request, "sign_in.html", context, status=status)


def _refusal(error: CaseworkError) -> Problem:
    """What the form says; not 401, for which browsers would open a window of their own."""
    problem = casework_problem(error)
    status = problem.status
    if status == HTTPStatus.UNAUTHORIZED:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    return replace(problem, title="没有登录成功", status=status)


def _onward(services: Services, secret: str, session: Session) -> Response:
    """With the new cookie to the next step."""
    response = see(NEXT_STEP[session.stage])
    set_session(response, services.settings, secret)
    return response


def _device(request: Request) -> str:
    return device_words(request.headers.get("user-agent", ""))
