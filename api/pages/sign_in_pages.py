"""Signing in and out."""

from http import HTTPStatus

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from api.auth import (
    AppServices,
    OpenForm,
    SignedForm,
    clear_session,
    form_text,
    session_secret,
    set_session,
)
from api.pages.rendering import render
from casework.errors import NotFoundError, NotSignedInError
from casework.users import User
from runtime.container import Services
from runtime.sign_in import demo_sign_in, sign_in, sign_out

router = APIRouter()


@router.get("/")
def front() -> Response:
    """The desk is the front page."""
    return _see("/desk")


@router.get("/sign-in")
def sign_in_page(request: Request, services: AppServices) -> Response:
    """The sign-in form."""
    return _form_page(request, services, refusal=None)


@router.post("/sign-in")
def post_sign_in(request: Request, services: AppServices, form: OpenForm) -> Response:
    """Check name and password."""
    name, password = form_text(form, "name") or "", form_text(form, "password") or ""
    try:
        secret, _ = sign_in(services.open_work, services.clock, name, password)
    except NotSignedInError as error:
        return _form_page(request, services, refusal=error.sentence)
    return _welcome(services, secret)


@router.post("/sign-in/demo")
def post_demo_sign_in(services: AppServices, form: OpenForm) -> Response:
    """Sign in as a demo account with one click; there is no such thing outside a demo."""
    if not services.is_demo():
        sentence = "这里不是演示环境，请用账号和密码登录。"
        raise NotFoundError(sentence)
    name = form_text(form, "name") or ""
    secret, _ = demo_sign_in(services.open_work, services.clock, name)
    return _welcome(services, secret)


@router.post("/sign-out")
def post_sign_out(request: Request, services: AppServices, _form: SignedForm) -> Response:
    """End the session."""
    secret = session_secret(request, services.settings)
    if secret is not None:
        sign_out(services.open_work, secret)
    response = _see("/sign-in")
    clear_session(response, services.settings)
    return response


def _form_page(request: Request, services: Services, *, refusal: str | None) -> Response:
    accounts: tuple[User, ...] = ()
    if services.is_demo():
        with services.open_work() as work:
            accounts = work.users.all_users()
    context = {"refusal": refusal, "accounts": accounts}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refusal else HTTPStatus.OK
    return render(request, "sign_in.html", context, status=status)


def _welcome(services: Services, secret: str) -> Response:
    response = _see("/desk")
    set_session(response, services.settings, secret)
    return response


def _see(path: str) -> Response:
    return RedirectResponse(path, status_code=HTTPStatus.SEE_OTHER)
