"""One's own account: password, sessions, tokens."""

from http import HTTPStatus

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.auth import (
    AppServices,
    Newcomer,
    NewcomerForm,
    PageVisitor,
    SignedForm,
    Visitor,
    form_secret,
)
from api.pages.rendering import render, see
from api.problems import Problem, casework_problem
from casework.accounts.own_account import (
    PasswordChange,
    change_password,
    end_other_sessions,
    end_session,
    revoke_token,
    view_own_account,
)
from casework.accounts.user import Session
from casework.errors import BadInputError, CaseworkError, TooManyTriesError, TransitionRefusedError
from runtime.container import Services
from runtime.passwords import Argon2Passwords
from runtime.sign_in import is_alive

router = APIRouter(prefix="/account")

#: What is said beside the form that was sent.
REFUSALS = (BadInputError, TooManyTriesError, TransitionRefusedError)


@router.get("")
def account(request: Request, services: AppServices, visitor: PageVisitor) -> Response:
    """The account, with everything its owner may end."""
    return account_page(request, services, visitor)


def account_page(
    request: Request, services: Services, visitor: Visitor, refused: CaseworkError | None = None
) -> Response:
    """The account, and what stands in the way when something was refused."""
    own, now = view_own_account(visitor.context), services.clock()
    problem = casework_problem(refused) if refused else None
    context = {
        "visitor": visitor,
        "own": own,
        "sessions": [each for each in own.sessions if is_alive(each, now)],
        "now": now,
        "problem": problem,
        "has_changed": "changed" in request.query_params,
    }
    status = problem.status if problem else HTTPStatus.OK
    return render(request, "account.html", context, status=status)


@router.get("/password")
def password(request: Request, visitor: Newcomer) -> Response:
    """The form for another password."""
    return _password_page(request, visitor, problem=None)


@router.post("/password")
def post_password(
    request: Request, services: AppServices, visitor: Newcomer, form: NewcomerForm
) -> Response:
    """Change the password; this session goes on, every other one ends."""
    change = PasswordChange(current=form_secret(form, "current"), new=form_secret(form, "new"))
    context = services.context(visitor.context.actor)
    try:
        if change.new != form_secret(form, "again"):
            raise BadInputError("两次输入的新密码不一样，请重新输入。")
        session = visitor.session.secret_sha256
        change_password(context, Argon2Passwords(), change, session=session)
    except REFUSALS as error:
        return _password_page(request, visitor, problem=casework_problem(error))
    return see("/account?changed=1#password")


@router.post("/sessions/{session_id}/end")
def post_end_session(visitor: PageVisitor, session_id: str, _form: SignedForm) -> Response:
    """End one session; one's own leads back to the sign-in page."""
    ended = end_session(visitor.context, session_id)
    return see("/sign-in" if _is_this(ended, visitor) else "/account#sessions")


@router.post("/sessions/end-others")
def post_end_others(visitor: PageVisitor, _form: SignedForm) -> Response:
    """End every session but this one."""
    end_other_sessions(visitor.context, but=visitor.session.secret_sha256)
    return see("/account#sessions")


@router.post("/tokens/{token_id}/revoke")
def post_revoke_token(visitor: PageVisitor, token_id: str, _form: SignedForm) -> Response:
    """Make a token worthless."""
    revoke_token(visitor.context, token_id)
    return see("/account#tokens")


def _password_page(request: Request, visitor: Visitor, *, problem: Problem | None) -> Response:
    context = {"visitor": visitor, "problem": problem}
    status = problem.status if problem else HTTPStatus.OK
    return render(request, "account_password.html", context, status=status)


def _is_this(session: Session, visitor: Visitor) -> bool:
    return session.secret_sha256 == visitor.session.secret_sha256
