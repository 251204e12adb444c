"""Making accounts: the first administrator, and everybody the administrator adds."""

from dataclasses import dataclass
from typing import Final

from casework.accounts.access import Actor, Permission, Role
from casework.accounts.audit import AuditEntry
from casework.accounts.user import User
from casework.context import Context
from casework.errors import BadInputError
from casework.ports import Clock, NewId, OpenWork
from matching.dialect.groups import dialect_groups

#: Of sign-in names, shown names and stations, in characters.
LONGEST_NAME: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAccount:
    """What is needed to make an account."""

    name: str
    display_name: str
    roles: frozenset[Role]
    station: str
    #: argon2id hash, made by `runtime.passwords.Argon2Passwords`.
    password_hash: str
    #: Dialect groups that the person understands.
    dialects: frozenset[str] = frozenset()
    #: Somebody else chose the password: its owner has to change it first.
    password_is_temporary: bool = False


def first_account(open_work: OpenWork, clock: Clock, new_id: NewId, account: NewAccount) -> User:
    """Make the account of an empty workspace; nobody is there yet who could permit it.

    Raises:
        BadInputError: there are accounts already, or the account is incomplete.
    """
    with open_work() as work:
        if work.users.all_users():
            sentence = "已有账号，请由管理员添加新用户。"
            raise BadInputError(sentence)
        user = _user(account, new_id())
        work.users.add(user)
        entry = AuditEntry(
            at=clock(),
            actor="system",
            action="user.add",
            subject=f"user:{user.user_id}",
            extra={"roles": ",".join(sorted(user.roles))},
        )
        work.audit.append(entry)
        work.commit()
    return user


def add_account(context: Context, account: NewAccount) -> User:
    """Make an account on behalf of an administrator.

    Raises:
        NotPermittedError: the actor may not manage users.
        BadInputError: the name is taken or the account is incomplete.
    """
    context.require(Permission.MANAGE_USERS)
    user = _user(account, context.new_id())
    with context.open_work() as work:
        work.users.add(user)
        roles = ",".join(sorted(user.roles))
        context.trace(work, "user.add", f"user:{user.user_id}", roles=roles)
        work.commit()
    return user


def actor_named(open_work: OpenWork, name: str) -> Actor | None:
    """The enabled account with this sign-in name, as an actor."""
    with open_work() as work:
        user = work.users.by_name(name)
    return None if user is None or user.disabled else user.actor()


def check_account(user: User) -> None:
    """Refuse an account that could not work.

    Raises:
        BadInputError: name, station or role is missing, or a dialect group is unknown.
    """
    if not user.name or not user.station or not user.roles:
        sentence = "用户名、所属站和角色都要填写。"
        raise BadInputError(sentence)
    if max(len(user.name), len(user.display_name), len(user.station)) > LONGEST_NAME:
        raise BadInputError(f"用户名、姓名和单位名称各不超过 {LONGEST_NAME} 个字符。")
    if user.dialects - {group.id for group in dialect_groups()}:
        known = "、".join(group.id for group in dialect_groups())
        raise BadInputError(f"没有这个方言区；可用的有：{known}。")


def _user(account: NewAccount, user_id: str) -> User:
    name = account.name.strip()
    user = User(
        user_id=user_id,
        name=name,
        display_name=account.display_name.strip() or name,
        roles=account.roles,
        station=account.station.strip(),
        password_hash=account.password_hash,
        dialects=account.dialects,
        password_is_temporary=account.password_is_temporary,
    )
    check_account(user)
    return user
