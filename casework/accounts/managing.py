"""What administrators do with other people's accounts; every deed leaves a line in the trail."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from casework.accounts.access import Permission, Role
from casework.accounts.keeping import check_account
from casework.accounts.sign_in_tries import name_fingerprint
from casework.accounts.user import User
from casework.context import Context
from casework.errors import NotPermittedError, TransitionRefusedError
from casework.ports import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountRow:
    """One line of the list of accounts."""

    user: User
    #: Whether a second factor is in force.
    has_factor: bool
    #: When a browser of theirs was last seen; None when no session is left.
    last_seen: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountChange:
    """What an account shall be; the sign-in name stays."""

    display_name: str
    roles: frozenset[Role]
    station: str
    dialects: frozenset[str]


def list_accounts(context: Context) -> tuple[AccountRow, ...]:
    """Every account by name.

    Raises:
        NotPermittedError: only administrators may.
    """
    context.require(Permission.MANAGE_USERS)
    with context.open_work() as work:
        confirmed = work.sign_ins.confirmed_factors()
        rows = tuple(_row(work, user, confirmed) for user in work.users.all_users())
        context.trace(work, "user.list", "users")
        work.commit()
    return rows


def view_account(context: Context, user_id: str) -> AccountRow:
    """One account.

    Raises:
        NotPermittedError: only administrators may.
        NotFoundError: no such account.
    """
    context.require(Permission.MANAGE_USERS)
    with context.open_work() as work:
        row = _row(work, work.users.get(user_id), work.sign_ins.confirmed_factors())
        context.trace(work, "user.view", f"user:{user_id}")
        work.commit()
    return row


def change_account(context: Context, user_id: str, change: AccountChange) -> User:
    """Give an account other roles, another station, name or dialects; lost roles end its sessions.

    Raises:
        NotPermittedError: only administrators may.
        NotFoundError: no such account.
        BadInputError: the account would be incomplete.
        TransitionRefusedError: nobody would be left to manage accounts.
    """

    def changed(user: User) -> User:
        after = replace(
            user,
            display_name=change.display_name.strip() or user.name,
            roles=change.roles,
            station=change.station.strip(),
            dialects=change.dialects,
        )
        check_account(after)
        return after

    return _write(context, user_id, "user.change", changed)


def disable_account(context: Context, user_id: str) -> User:
    """Shut an account: its sessions end at once, its tokens are refused from now on.

    Raises:
        NotPermittedError: only administrators may, and nobody shuts their own.
        NotFoundError: no such account.
        TransitionRefusedError: nobody would be left to manage accounts.
    """
    if user_id == context.actor.user_id:
        raise NotPermittedError("不能停用自己的账号，请让另一位管理员来办。")
    return _write(context, user_id, "user.disable", lambda user: replace(user, disabled=True))


def enable_account(context: Context, user_id: str) -> User:
    """Open a shut account again.

    Raises:
        NotPermittedError: only administrators may.
        NotFoundError: no such account.
    """
    return _write(context, user_id, "user.enable", lambda user: replace(user, disabled=False))


def reset_password(context: Context, user_id: str, password_hash: str) -> User:
    """Give an account a temporary password: sessions end, tokens are revoked, tries forgotten.

    Raises:
        NotPermittedError: only administrators may.
        NotFoundError: no such account.
    """
    context.require(Permission.MANAGE_USERS)
    with context.open_work() as work:
        user = work.users.get(user_id)
        after = replace(user, password_hash=password_hash, password_is_temporary=True)
        work.users.save(after)
        work.users.end_sessions(user_id)
        for token in work.users.tokens_of(user_id):
            work.users.put_token(replace(token, revoked=True))
        work.sign_ins.forget_tries(name_fingerprint(user.name))
        context.trace(work, "user.reset_password", f"user:{user_id}")
        work.commit()
    return after


def reset_second_factor(context: Context, user_id: str) -> User:
    """For a lost phone: the account is back to its password alone, and its sessions end.

    Raises:
        NotPermittedError: only administrators may.
        NotFoundError: no such account.
    """
    context.require(Permission.MANAGE_USERS)
    with context.open_work() as work:
        user = work.users.get(user_id)
        work.sign_ins.drop_second_factor(user_id)
        work.users.end_sessions(user_id)
        context.trace(work, "user.reset_factor", f"user:{user_id}")
        work.commit()
    return user


def _write(context: Context, user_id: str, action: str, changed: Callable[[User], User]) -> User:
    context.require(Permission.MANAGE_USERS)
    with context.open_work() as work:
        before = work.users.get(user_id)
        after = changed(before)
        work.users.save(after)
        _keep_an_administrator(work)
        codes = {"before": ",".join(sorted(before.roles)), "after": ",".join(sorted(after.roles))}
        moved = str(before.station != after.station).lower()
        context.trace(work, action, f"user:{user_id}", **codes, moved=moved)
        work.commit()
    return after


def _keep_an_administrator(work: UnitOfWork) -> None:
    everybody = work.users.all_users()
    if not any(Role.ADMIN in user.roles and not user.disabled for user in everybody):
        raise TransitionRefusedError("至少要留一个启用的系统管理员账号。")


def _row(work: UnitOfWork, user: User, confirmed: frozenset[str]) -> AccountRow:
    sessions = work.users.sessions_of(user.user_id)
    return AccountRow(
        user=user,
        has_factor=user.user_id in confirmed,
        last_seen=sessions[0].last_seen if sessions else None,
    )
