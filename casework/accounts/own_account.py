"""What users do with their own account: password, sessions, tokens."""

from dataclasses import dataclass, replace

from casework.accounts.passwords import check_password
from casework.accounts.ports import PasswordKeeper
from casework.accounts.proving import prove_password
from casework.accounts.second_factor import SecondFactor
from casework.accounts.user import ApiToken, Session, SessionStage, User
from casework.context import Context
from casework.errors import BadInputError, NotFoundError
from casework.ports import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnAccount:
    """Everything about an account that its owner may see and end."""

    user: User
    #: The one seen last first.
    sessions: tuple[Session, ...]
    #: Newest first.
    tokens: tuple[ApiToken, ...]
    #: Confirmed or begun; None when there is none.
    factor: SecondFactor | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordChange:
    """A new password, and the proof that its owner asks for it."""

    current: str
    new: str


def view_own_account(context: Context) -> OwnAccount:
    """The actor's account."""
    user_id = context.actor.user_id
    with context.open_work() as work:
        return OwnAccount(
            user=work.users.get(user_id),
            sessions=work.users.sessions_of(user_id),
            tokens=work.users.tokens_of(user_id),
            factor=work.sign_ins.second_factor(user_id),
        )


def change_password(
    context: Context, keeper: PasswordKeeper, change: PasswordChange, *, session: str | None
) -> None:
    """Take a new password and end every other session.

    Args:
        context: of the account's owner.
        keeper: hashes the password.
        change: the current password and the new one.
        session: fingerprint of the session that asks; it goes on, and is open from now on.

    Raises:
        BadInputError: the current password is wrong, or the new one will not hold.
        TooManyTriesError: the current password was wrong too often.
    """
    user = prove_password(context, keeper, change.current)
    check_password(change.new, (user.name, user.display_name))
    if change.new == change.current:
        raise BadInputError("新密码要和现用密码不同。")
    password_hash = keeper.hash(change.new)
    with context.open_work() as work:
        stored = work.users.get(user.user_id)
        changed = replace(stored, password_hash=password_hash, password_is_temporary=False)
        work.users.save(changed)
        ended = work.users.end_sessions(user.user_id, but=session)
        _open_fully(work, session)
        context.trace(work, "user.password", f"user:{user.user_id}", sessions_ended=str(ended))
        work.commit()


def end_session(context: Context, session_id: str) -> Session:
    """End one of the actor's own sessions.

    Raises:
        NotFoundError: none of theirs.
    """
    with context.open_work() as work:
        own = work.users.sessions_of(context.actor.user_id)
        session = next((each for each in own if each.session_id == session_id), None)
        if session is None:
            raise NotFoundError("这个登录已经结束。")
        work.users.end_session(session.secret_sha256)
        context.trace(work, "session.end", f"user:{session.user_id}")
        work.commit()
    return session


def end_other_sessions(context: Context, *, but: str | None) -> int:
    """End the actor's sessions, except the one with this fingerprint; returns how many."""
    user_id = context.actor.user_id
    with context.open_work() as work:
        ended = work.users.end_sessions(user_id, but=but)
        context.trace(work, "session.end", f"user:{user_id}", sessions_ended=str(ended))
        work.commit()
    return ended


def revoke_token(context: Context, token_id: str) -> None:
    """Make one of the actor's own tokens worthless.

    Raises:
        NotFoundError: none of theirs.
    """
    with context.open_work() as work:
        own = work.users.tokens_of(context.actor.user_id)
        token = next((each for each in own if each.token_id == token_id), None)
        if token is None:
            raise NotFoundError("没有这个访问令牌。")
        work.users.put_token(replace(token, revoked=True))
        context.trace(work, "token.revoke", f"user:{token.user_id}")
        work.commit()


def _open_fully(work: UnitOfWork, fingerprint: str | None) -> None:
    """The session in which the temporary password was changed may do everything now."""
    session = None if fingerprint is None else work.users.session(fingerprint)
    if session is not None:
        work.users.put_session(replace(session, stage=SessionStage.OPEN))
