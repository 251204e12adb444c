"""How the pages look to one browser: light or dark, text as usual or large. Kept in a cookie."""

from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus
from typing import Final

from fastapi import APIRouter
from starlette.requests import HTTPConnection
from starlette.responses import RedirectResponse, Response

from api.auth import AppServices, OpenForm, form_text

router = APIRouter()

COOKIE: Final = "guitu_look"
KEPT_SECONDS: Final = 400 * 24 * 3600


class Theme(StrEnum):
    """Light, dark, or as the device has it."""

    AUTO = "auto"
    LIGHT = "light"
    DARK = "dark"


class TextSize(StrEnum):
    """As usual, or a quarter larger."""

    NORMAL = "normal"
    LARGE = "large"


@dataclass(frozen=True, slots=True, kw_only=True)
class Appearance:
    """What a browser chose."""

    theme: Theme = Theme.AUTO
    text: TextSize = TextSize.NORMAL


def appearance_of(connection: HTTPConnection) -> Appearance:
    """What the cookie says; anything that is not ours means the usual look."""
    theme, _, text = connection.cookies.get(COOKIE, "").partition(".")
    try:
        return Appearance(theme=Theme(theme), text=TextSize(text))
    except ValueError:
        return Appearance()


@router.post("/appearance")
def post_appearance(services: AppServices, form: OpenForm) -> Response:
    """Remember the choice and go back to where it was made."""
    theme, text = form_text(form, "theme"), form_text(form, "text")
    response = RedirectResponse(_back(form_text(form, "back")), status_code=HTTPStatus.SEE_OTHER)
    response.set_cookie(
        COOKIE,
        f"{theme}.{text}",
        max_age=KEPT_SECONDS,
        httponly=True,
        samesite="strict",
        secure=services.settings.secure_cookies,
    )
    return response


def _back(path: str | None) -> str:
    """A path of this site: `//elsewhere` would be another one."""
    is_ours = path is not None and path.startswith("/") and not path.startswith(("//", "/\\"))
    return path if is_ours and path is not None else "/desk"
