"""Turning the second factor on with a phone, and off again."""

import secrets
from http import HTTPStatus

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.auth import AppServices, PageVisitor, SignedForm, Visitor, form_secret, form_text
from api.pages.account_pages import REFUSALS, account_page
from api.pages.qr_drawing import draw_qr
from api.pages.rendering import render, see
from api.problems import casework_problem
from casework.accounts.one_time_codes import key_address, key_text
from casework.accounts.own_second_factor import (
    begin_second_factor,
    begun_second_factor,
    confirm_second_factor,
    drop_second_factor,
    renew_recovery_codes,
)
from casework.errors import CaseworkError
from runtime.passwords import Argon2Passwords

router = APIRouter(prefix="/account/second-factor")


@router.post("")
def post_begin(
    request: Request, services: AppServices, visitor: PageVisitor, form: SignedForm
) -> Response:
    """Make a key for the phone."""
    password = form_secret(form, "password")
    try:
        begin_second_factor(visitor.context, Argon2Passwords(), password, secrets.token_bytes)
    except REFUSALS as error:
        return account_page(request, services, visitor, error)
    return see("/account/second-factor")


@router.get("")
def begun(request: Request, visitor: PageVisitor) -> Response:
    """The key as a QR code and in letters, and the field for the first code."""
    return _begun_page(request, visitor)


@router.post("/confirm")
def post_confirm(request: Request, visitor: PageVisitor, form: SignedForm) -> Response:
    """Put it in force; the recovery codes are shown this once."""
    code = form_text(form, "code") or ""
    try:
        codes = confirm_second_factor(visitor.context, code, secrets.token_bytes)
    except REFUSALS as error:
        return _begun_page(request, visitor, error)
    return _codes_page(request, visitor, codes)


@router.post("/recovery")
def post_recovery(
    request: Request, services: AppServices, visitor: PageVisitor, form: SignedForm
) -> Response:
    """Fresh recovery codes, shown this once."""
    password = form_secret(form, "password")
    try:
        codes = renew_recovery_codes(
            visitor.context, Argon2Passwords(), password, secrets.token_bytes
        )
    except REFUSALS as error:
        return account_page(request, services, visitor, error)
    return _codes_page(request, visitor, codes)


@router.post("/drop")
def post_drop(
    request: Request, services: AppServices, visitor: PageVisitor, form: SignedForm
) -> Response:
    """Back to the password alone."""
    try:
        drop_second_factor(visitor.context, Argon2Passwords(), form_secret(form, "password"))
    except REFUSALS as error:
        return account_page(request, services, visitor, error)
    return see("/account#factor")


def _begun_page(
    request: Request, visitor: Visitor, refused: CaseworkError | None = None
) -> Response:
    key = begun_second_factor(visitor.context).key
    text = key_text(key)
    problem = casework_problem(refused) if refused else None
    context = {
        "visitor": visitor,
        "drawing": draw_qr(key_address(key, visitor.context.actor.name)),
        "groups": [text[start : start + 4] for start in range(0, len(text), 4)],
        "problem": problem,
    }
    status = problem.status if problem else HTTPStatus.OK
    return render(request, "second_factor.html", context, status=status)


def _codes_page(request: Request, visitor: Visitor, codes: tuple[str, ...]) -> Response:
    return render(request, "recovery_codes.html", {"visitor": visitor, "codes": codes})
