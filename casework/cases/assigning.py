"""Whose case it is: a specialist of the station, best one who understands the person's speech."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from casework.accounts.access import Permission, Role
from casework.accounts.user import User
from casework.cases.case import Case
from casework.context import Context
from casework.errors import BadInputError, NotFoundError
from casework.ports import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """A specialist who can be given a case."""

    user_id: str
    display_name: str
    #: Dialect groups that the colleague understands, those of the resident first.
    dialects: tuple[str, ...]
    #: How likely one of these is the resident's speech, 0 to 1.
    understands: float


def colleagues(context: Context, speech: Mapping[str, float]) -> tuple[Colleague, ...]:
    """The specialists of the actor's station, those who understand the resident first.

    Args:
        context: who asks.
        speech: dialect group -> probability that it is the resident's; empty when not known.

    Raises:
        NotPermittedError: the role may not read cases.
    """
    context.require(Permission.READ_CASE)
    with context.open_work() as work:
        users = work.users.all_users()
    found = [_colleague(user, speech) for user in _specialists(users, context.actor.station)]
    return tuple(sorted(found, key=lambda each: (-each.understands, each.display_name)))


def check_assigned(work: UnitOfWork, case: Case, user_id: str) -> None:
    """Refuse to give a case to somebody who is no specialist of its station.

    Raises:
        BadInputError: no such specialist.
    """
    try:
        user = work.users.get(user_id)
    except NotFoundError:
        user = None
    if user is None or user not in _specialists([user], case.station):
        raise BadInputError("只能指派给本站在职的寻亲专员，请从名单里选。")


def assign(work: UnitOfWork, case_id: str, user_id: str) -> None:
    """Write the name on the cover; the line of the file is written already."""
    case = work.cases.get(case_id)
    named = replace(case, assignee=user_id, version=case.version + 1)
    work.cases.save(named, read_version=case.version)


def _specialists(users: Iterable[User], station: str) -> list[User]:
    return [
        user
        for user in users
        if user.station == station and Role.SPECIALIST in user.roles and not user.disabled
    ]


def _colleague(user: User, speech: Mapping[str, float]) -> Colleague:
    likeliest_first = sorted(user.dialects, key=lambda group: (-speech.get(group, 0.0), group))
    return Colleague(
        user_id=user.user_id,
        display_name=user.display_name,
        dialects=tuple(likeliest_first),
        understands=sum(speech.get(group, 0.0) for group in user.dialects),
    )
