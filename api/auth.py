"""Who is asking: a browser by its session cookie, a script by its API token.

Only identity is decided here; what the user may do is decided by every use case in casework.
"""

import hmac
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated, Final
from urllib.parse import urlsplit

from fastapi import Depends, Request, Response
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.datastructures import FormData

from casework.accounts.user import Session, SessionStage
from casework.context import Context
from casework.errors import NotPermittedError, NotSignedInError, TemporaryPasswordError
from runtime.container import Services
from runtime.settings import Settings
from runtime.sign_in import session_actor, token_actor

FORM_TOKEN: Final = "form_token"  # noqa: S105 - the name of a form field
#: A photo that is handed in again with the choice of a face travels as text in the form.
MOST_PART_BYTES: Final = 30_000_000
MOST_FILES: Final = 20
MOST_FIELDS: Final = 60

_bearer = HTTPBearer(auto_error=False, description="API 令牌，用 guitu token issue 签发")


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """A signed-in browser."""

    context: Context
    session: Session


async def services_of(request: Request) -> Services:
    """The services that the app was made with.

    Like every dependency here that waits for nothing it is `async`: it then runs where it is asked
    for, while a plain function would be sent to a thread and back with each request.
    """
    services: Services = request.app.state.services
    return services


AppServices = Annotated[Services, Depends(services_of)]


def api_context(
    services: AppServices,
    credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
) -> Context:
    """The holder of the API token.

    Raises:
        NotSignedInError: no token, or one that is not valid.
    """
    if credentials is None:
        sentence = "请在 Authorization 头里带上 API 令牌（Bearer）。"
        raise NotSignedInError(sentence)
    actor = token_actor(services.open_work, services.clock, credentials.credentials)
    return services.context(actor)


ApiContext = Annotated[Context, Depends(api_context)]


def newcomer(request: Request, services: AppServices) -> Visitor:
    """The holder of the session cookie, who may have to change a temporary password first.

    Raises:
        NotSignedInError: no session, or one that has ended.
    """
    secret = session_secret(request, services.settings)
    if secret is None:
        sentence = "请先登录。"
        raise NotSignedInError(sentence)
    actor, session = session_actor(services.open_work, services.clock, secret)
    return Visitor(context=services.context(actor), session=session)


Newcomer = Annotated[Visitor, Depends(newcomer)]


async def page_visitor(visitor: Newcomer) -> Visitor:
    """The holder of the session cookie.

    Raises:
        TemporaryPasswordError: the password has to be changed first.
    """
    if visitor.session.stage is SessionStage.AWAITS_PASSWORD:
        raise TemporaryPasswordError
    return visitor


PageVisitor = Annotated[Visitor, Depends(page_visitor)]


def require_same_origin(request: Request) -> None:
    """Refuse a form that another site made the browser send.

    Raises:
        NotPermittedError: the browser says that the form came from elsewhere.
    """
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    foreign_site = site is not None and site not in {"same-origin", "none"}
    foreign_origin = origin is not None and urlsplit(origin).netloc != request.url.netloc
    if foreign_site or foreign_origin:
        sentence = "这次提交不是从本系统的页面发出的，已拒绝。请回到页面重新操作。"
        raise NotPermittedError(sentence)


async def read_form(request: Request) -> AsyncIterator[FormData]:
    """The posted form; uploaded files live until the response is made."""
    form = request.form(max_files=MOST_FILES, max_fields=MOST_FIELDS, max_part_size=MOST_PART_BYTES)
    async with form as parsed:
        yield parsed


async def open_form(
    _origin: Annotated[None, Depends(require_same_origin)],
    form: Annotated[FormData, Depends(read_form)],
) -> FormData:
    """A form that may come from someone who is not signed in yet."""
    return form


OpenForm = Annotated[FormData, Depends(open_form)]


async def newcomer_form(
    visitor: Newcomer, form: Annotated[FormData, Depends(open_form)]
) -> FormData:
    """A form of a signed-in browser, with the token that only our own pages know.

    Raises:
        NotPermittedError: the token is missing or belongs to another session.
    """
    token = form_text(form, FORM_TOKEN) or ""
    if not hmac.compare_digest(token.encode(), visitor.session.form_token.encode()):
        sentence = "页面已过期，请刷新后重新提交。"
        raise NotPermittedError(sentence)
    return form


NewcomerForm = Annotated[FormData, Depends(newcomer_form)]


async def signed_form(
    _visitor: PageVisitor, form: Annotated[FormData, Depends(newcomer_form)]
) -> FormData:
    """Such a form of somebody whose password is their own."""
    return form


SignedForm = Annotated[FormData, Depends(signed_form)]


def form_text(form: FormData, field: str) -> str | None:
    """The trimmed text of a form field; None when absent, empty or a file."""
    value = form.get(field)
    return value.strip() or None if isinstance(value, str) else None


def form_secret(form: FormData, field: str) -> str:
    """A password exactly as typed; empty when absent."""
    value = form.get(field)
    return value if isinstance(value, str) else ""


def session_secret(request: Request, settings: Settings) -> str | None:
    """The secret in the session cookie."""
    return request.cookies.get(_cookie_name(settings))


def set_session(response: Response, settings: Settings, secret: str) -> None:
    """Hand the session cookie to the browser; it ends with the browser at the latest."""
    response.set_cookie(
        _cookie_name(settings),
        secret,
        path="/",
        httponly=True,
        samesite="strict",
        secure=settings.secure_cookies,
    )


def clear_session(response: Response, settings: Settings) -> None:
    """Take the session cookie away."""
    response.delete_cookie(
        _cookie_name(settings),
        path="/",
        httponly=True,
        samesite="strict",
        secure=settings.secure_cookies,
    )


def _cookie_name(settings: Settings) -> str:
    """`__Host-` binds the cookie to this host; browsers accept it over HTTPS only."""
    return "__Host-guitu_session" if settings.secure_cookies else "guitu_session"
