"""Who may look into a child's file, and the trace that a refused look leaves.

A responsible manager agrees before staff see a minor's data, and every look is recorded
(未成年人网络保护条例, article 36): the supervisor lets colleagues in for a time. The police see what was
forwarded to them; whoever took the child in goes on with the file for a day, also at night. An age
of which nothing is known or guessed closes no file: the desk always writes down what it sees.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from casework.accounts.access import Actor, Role
from casework.cases.case import Entry
from casework.cases.happenings.sight import SightAsked, SightEnded, SightGranted, SightRefused
from casework.cases.protection import is_minor, may_be_minor
from casework.context import Context
from casework.errors import MinorProtectedError
from casework.ports import LineFilter, UnitOfWork
from casework.records.record import MissingRecord

#: For so long whoever took somebody in finishes the file without asking.
FIRST_DAY: Final = timedelta(days=1)
#: A request that nobody answers is forgotten after this, and a grant is never longer.
LONGEST: Final = timedelta(days=30)
BEGINNINGS: Final = frozenset({"admitted", "street_helped"})
SIGHT_KINDS: Final = frozenset({"sight_asked", "sight_granted", "sight_refused", "sight_ended"})
#: Who looks without asking: who answers for the station, and who was sent the lead by law.
NEED_NOT_ASK: Final = frozenset({Role.SUPERVISOR, Role.POLICE})


class SightState(StrEnum):
    """Where a request to look stands."""

    WAITING = "waiting"
    GRANTED = "granted"
    REFUSED = "refused"
    ENDED = "ended"
    #: Its time ran out, or nobody answered.
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True, kw_only=True)
class SightRequest:
    """One colleague's request to look into one file, as it stands now."""

    request_id: str
    case_id: str
    #: User id.
    asked_by: str
    why: str
    asked_at: datetime
    state: SightState
    #: Until when it lets in, or would have.
    until: datetime | None = None
    #: User id of the supervisor who answered.
    answered_by: str | None = None


def check_sight(
    context: Context, work: UnitOfWork, case_id: str, record: MissingRecord | None = None
) -> None:
    """Refuse a look into a child's file; the refusal is traced and committed at once.

    To be called before anything is written: what stands in `work` is committed with the trace.

    Args:
        context: who looks.
        work: an open unit of work.
        case_id: the resident's file.
        record: the missing person of a lead, who may be the child.

    Raises:
        MinorProtectedError: the person may be under eighteen, and nobody let this user in.
    """
    if context.actor.roles & NEED_NOT_ASK:
        return
    lines = work.cases.lines(LineFilter(kinds=BEGINNINGS | SIGHT_KINDS, case_id=case_id))
    now = context.clock()
    is_child = is_minor(lines, now) or (record is not None and is_minors_record(record, now))
    if not is_child or _is_let_in(context.actor, lines, now):
        return
    context.trace(work, "case.refuse_sight", f"case:{case_id}")
    work.commit()
    mine = _requests_by(context.actor, lines, now)
    raise MinorProtectedError(case_id, is_asked=any(x.state is SightState.WAITING for x in mine))


def is_minors_record(record: MissingRecord, now: datetime) -> bool:
    """Whether a missing-person record is about somebody who may still be under eighteen."""
    return may_be_minor(record.facts.birth, now)


def closed_cases(context: Context, work: UnitOfWork, case_ids: Collection[str]) -> frozenset[str]:
    """Of these files, those of children into which this user may not look; leaves no trace."""
    if context.actor.roles & NEED_NOT_ASK:
        return frozenset()
    now = context.clock()
    lines = {
        case_id: work.cases.lines(LineFilter(kinds=BEGINNINGS | SIGHT_KINDS, case_id=case_id))
        for case_id in set(case_ids)
    }
    return frozenset(
        case_id
        for case_id, found in lines.items()
        if is_minor(found, now) and not _is_let_in(context.actor, found, now)
    )


def requests_of(lines: Sequence[Entry], now: datetime) -> tuple[SightRequest, ...]:
    """The requests that lines of one file or several tell of, oldest first."""
    answers: dict[str, Entry] = {}
    for line in lines:
        if isinstance(line.details, SightGranted | SightRefused | SightEnded):
            answers[line.details.request_id] = line
    return tuple(
        _request(line, line.details, answers.get(line.entry_id), now)
        for line in lines
        if isinstance(line.details, SightAsked)
    )


def _request(
    asked: Entry, details: SightAsked, answer: Entry | None, now: datetime
) -> SightRequest:
    return SightRequest(
        request_id=asked.entry_id,
        case_id=asked.case_id,
        asked_by=asked.recorded_by,
        why=details.why,
        asked_at=asked.recorded_at,
        state=_state(asked, answer, now),
        until=answer.details.until
        if answer is not None and isinstance(answer.details, SightGranted)
        else None,
        answered_by=answer.recorded_by if answer else None,
    )


def _state(asked: Entry, answer: Entry | None, now: datetime) -> SightState:
    if answer is None:
        is_old = now - asked.recorded_at >= LONGEST
        return SightState.LAPSED if is_old else SightState.WAITING
    if isinstance(answer.details, SightGranted):
        return SightState.GRANTED if now < answer.details.until else SightState.LAPSED
    return SightState.REFUSED if isinstance(answer.details, SightRefused) else SightState.ENDED


def _is_let_in(actor: Actor, lines: Sequence[Entry], now: datetime) -> bool:
    took_in = any(
        line.details.kind in BEGINNINGS
        and line.recorded_by == actor.user_id
        and now - line.recorded_at < FIRST_DAY
        for line in lines
    )
    return took_in or any(
        each.state is SightState.GRANTED for each in _requests_by(actor, lines, now)
    )


def _requests_by(actor: Actor, lines: Sequence[Entry], now: datetime) -> list[SightRequest]:
    return [each for each in requests_of(lines, now) if each.asked_by == actor.user_id]
