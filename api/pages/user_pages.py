"""Accounts, for administrators."""

from http import HTTPStatus

from fastapi import APIRouter, Request
from starlette.datastructures import FormData
from starlette.responses import Response

from api.auth import PageVisitor, SignedForm, Visitor, form_text
from api.pages.rendering import render, see
from api.problems import casework_problem
from api.temporary_passwords import add_with_temporary, reset_to_temporary
from casework.accounts.access import Role
from casework.accounts.managing import (
    AccountChange,
    change_account,
    disable_account,
    enable_account,
    list_accounts,
    reset_second_factor,
    view_account,
)
from casework.accounts.user import User
from casework.errors import (
    BadInputError,
    CaseworkError,
    NotPermittedError,
    TransitionRefusedError,
)

router = APIRouter(prefix="/admin/users")

#: What is said beside the form that was sent.
REFUSALS = (BadInputError, NotPermittedError, TransitionRefusedError)


@router.get("")
def users_page(request: Request, visitor: PageVisitor) -> Response:
    """Every account, and the form for another."""
    return _list_page(request, visitor)


@router.post("")
def post_user(request: Request, visitor: PageVisitor, form: SignedForm) -> Response:
    """Make an account; its temporary password is shown this once."""
    try:
        wanted = _wanted(form)
        user, password = add_with_temporary(visitor.context, form_text(form, "name") or "", wanted)
    except BadInputError as error:
        return _list_page(request, visitor, error)
    return _password_page(request, visitor, user, password)


@router.get("/{user_id}")
def user_page(request: Request, visitor: PageVisitor, user_id: str) -> Response:
    """One account and what can be done with it."""
    return _user_page(request, visitor, user_id)


@router.post("/{user_id}")
def post_change(request: Request, visitor: PageVisitor, user_id: str, form: SignedForm) -> Response:
    """Other roles, station, name or dialects."""
    try:
        change_account(visitor.context, user_id, _wanted(form))
    except REFUSALS as error:
        return _user_page(request, visitor, user_id, error)
    return see("/admin/users")


@router.post("/{user_id}/disable")
def post_disable(
    request: Request, visitor: PageVisitor, user_id: str, _form: SignedForm
) -> Response:
    """Shut the account."""
    try:
        disable_account(visitor.context, user_id)
    except REFUSALS as error:
        return _user_page(request, visitor, user_id, error)
    return see(f"/admin/users/{user_id}")


@router.post("/{user_id}/enable")
def post_enable(visitor: PageVisitor, user_id: str, _form: SignedForm) -> Response:
    """Open the account again."""
    enable_account(visitor.context, user_id)
    return see(f"/admin/users/{user_id}")


@router.post("/{user_id}/password")
def post_reset(request: Request, visitor: PageVisitor, user_id: str, _form: SignedForm) -> Response:
    """A temporary password, shown this once."""
    user, password = reset_to_temporary(visitor.context, user_id)
    return _password_page(request, visitor, user, password)


@router.post("/{user_id}/second-factor")
def post_reset_factor(visitor: PageVisitor, user_id: str, _form: SignedForm) -> Response:
    """For a lost phone: back to the password alone."""
    reset_second_factor(visitor.context, user_id)
    return see(f"/admin/users/{user_id}")


def _wanted(form: FormData) -> AccountChange:
    roles = [str(each) for each in form.getlist("role")]
    if not set(roles) <= set(Role):
        raise BadInputError("没有这个角色，请从列表里选择。")
    return AccountChange(
        display_name=form_text(form, "display_name") or "",
        roles=frozenset(Role(role) for role in roles),
        station=form_text(form, "station") or "",
        dialects=frozenset(str(each) for each in form.getlist("dialect")),
    )


def _list_page(
    request: Request, visitor: Visitor, refused: CaseworkError | None = None
) -> Response:
    rows = list_accounts(visitor.context)
    problem = casework_problem(refused) if refused else None
    context = {
        "visitor": visitor,
        "rows": rows,
        "stations": sorted({row.user.station for row in rows}),
        "problem": problem,
    }
    status = problem.status if problem else HTTPStatus.OK
    return render(request, "admin_users.html", context, status=status)


def _user_page(
    request: Request, visitor: Visitor, user_id: str, refused: CaseworkError | None = None
) -> Response:
    row = view_account(visitor.context, user_id)
    problem = casework_problem(refused) if refused else None
    context = {"visitor": visitor, "row": row, "problem": problem}
    status = problem.status if problem else HTTPStatus.OK
    return render(request, "admin_user.html", context, status=status)


def _password_page(request: Request, visitor: Visitor, user: User, password: str) -> Response:
    context = {"visitor": visitor, "user": user, "password": password}
    return render(request, "admin_password.html", context)
