"""Letting colleagues look into a child's file: they ask, the supervisor grants for a time, refuses, ends."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from casework.accounts.access import Permission, require_station
from casework.cases.case import Details
from casework.cases.happenings.sight import SightAsked, SightEnded, SightGranted, SightRefused
from casework.cases.history import add_entry
from casework.cases.protection import is_minor
from casework.cases.sight import (
    BEGINNINGS,
    LONGEST,
    SIGHT_KINDS,
    SightRequest,
    SightState,
    is_minors_record,
    requests_of,
)
from casework.context import Context
from casework.errors import BadInputError, NotFoundError, TransitionRefusedError
from casework.jobs.notice import NoticeKind
from casework.ports import LineFilter, UnitOfWork

#: Characters of the reason.
LONGEST_WHY: Final = 200
LONGEST_HOURS: Final = LONGEST // timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class SightRow:
    """One request with the names that a page shows."""

    request: SightRequest
    case_number: str
    asked_by: str
    answered_by: str | None


def ask_sight(context: Context, case_id: str, why: str) -> SightRequest:
    """Ask the supervisor to look into a child's file of the own station.

    Raises:
        NotPermittedError: the role may not read cases, or another station's case.
        NotFoundError: no such case.
        TransitionRefusedError: no child's file, or this user's request waits or was granted.
        BadInputError: no reason, or too long a one.
    """
    context.require(Permission.READ_CASE)
    why = why.strip()
    if not 0 < len(why) <= LONGEST_WHY:
        raise BadInputError(f"请写明为什么要看，最多 {LONGEST_WHY} 字。")
    with context.open_work() as work:
        require_station(context.actor, work.cases.get(case_id).station)
        _check_may_ask(context, work, case_id)
        entry = add_entry(context, work, case_id, SightAsked(why=why))
        subject = f"sight:{entry.entry_id}"
        context.notify(work, context.actor.station, NoticeKind.SIGHT_ASKED, subject)
        context.trace(work, "sight.ask", f"case:{case_id}", request=entry.entry_id)
        work.commit()
    return requests_of([entry], context.clock())[0]


def grant_sight(context: Context, request_id: str, hours: int) -> SightRequest:
    """Let whoever asked look into the file for so many hours from now.

    Raises:
        NotPermittedError: not a supervisor.
        NotFoundError: no such request at this station.
        TransitionRefusedError: answered already.
        BadInputError: no such length of time.
    """
    if not 0 < hours <= LONGEST_HOURS:
        raise BadInputError(f"批准的时长要在 1 到 {LONGEST_HOURS} 小时之间。")
    until = context.clock() + timedelta(hours=hours)
    line = SightGranted(request_id=request_id, until=until)
    return _answer(context, line, request_id, SightState.WAITING)


def refuse_sight(context: Context, request_id: str) -> SightRequest:
    """Refuse a request. Raises as `grant_sight`."""
    return _answer(context, SightRefused(request_id=request_id), request_id, SightState.WAITING)


def end_sight(context: Context, request_id: str) -> SightRequest:
    """End a grant before its time. Raises as `grant_sight`, and when it no longer lets in."""
    return _answer(context, SightEnded(request_id=request_id), request_id, SightState.GRANTED)


def list_sights(context: Context) -> tuple[SightRow, ...]:
    """The station's requests of the last month, those that wait first, then the newest.

    Raises:
        NotPermittedError: not a supervisor.
    """
    context.require(Permission.SUPERVISE_CASE)
    with context.open_work() as work:
        rows = _rows(work, _requests(context, work))
        context.trace(work, "sight.list", f"user:{context.actor.user_id}", n=str(len(rows)))
        work.commit()
    return rows


def _rows(work: UnitOfWork, requests: Sequence[SightRequest]) -> tuple[SightRow, ...]:
    covers = work.cases.covers({each.case_id for each in requests})
    names = {user.user_id: user.display_name for user in work.users.all_users()}
    ordered = sorted(requests, key=lambda each: each.asked_at, reverse=True)
    ordered.sort(key=lambda each: list(SightState).index(each.state))
    return tuple(
        SightRow(
            request=each,
            case_number=covers[each.case_id].number,
            asked_by=names.get(each.asked_by, "—"),
            answered_by=names.get(each.answered_by or ""),
        )
        for each in ordered
    )


def _check_may_ask(context: Context, work: UnitOfWork, case_id: str) -> None:
    lines = work.cases.lines(LineFilter(kinds=BEGINNINGS | SIGHT_KINDS, case_id=case_id))
    now = context.clock()
    if not (is_minor(lines, now) or _has_childs_lead(context, work, case_id)):
        raise TransitionRefusedError("这不是未成年人的档案，不用申请就可以查看。")
    states = {x.state for x in requests_of(lines, now) if x.asked_by == context.actor.user_id}
    if SightState.WAITING in states:
        raise TransitionRefusedError("您已经申请过，请等站领导批准。")
    if SightState.GRANTED in states:
        raise TransitionRefusedError("您的申请已经批准，现在就可以查看。")


def _has_childs_lead(context: Context, work: UnitOfWork, case_id: str) -> bool:
    records = work.records.get_many({lead.record_id for lead in work.leads.of_case(case_id)})
    return any(is_minors_record(each, context.clock()) for each in records.values())


def _answer(context: Context, line: Details, request_id: str, expected: SightState) -> SightRequest:
    context.require(Permission.SUPERVISE_CASE)
    with context.open_work() as work:
        found = [x for x in _requests(context, work) if x.request_id == request_id]
        if not found:
            raise NotFoundError("没有这项申请，或不是本站的。")
        if found[0].state is not expected:
            raise TransitionRefusedError("这项申请已经处理过了，请刷新后查看。")
        case_id = found[0].case_id
        add_entry(context, work, case_id, line)
        context.trace(work, line.kind.replace("_", "."), f"case:{case_id}", request=request_id)
        answered = next(x for x in _requests(context, work) if x.request_id == request_id)
        work.commit()
    return answered


def _requests(context: Context, work: UnitOfWork) -> tuple[SightRequest, ...]:
    """Of the station, with every answer: a grant is at most as old as its request, plus a month."""
    since = context.clock() - 2 * LONGEST
    wanted = LineFilter(kinds=SIGHT_KINDS, station=context.actor.station, since=since)
    return requests_of(work.cases.lines(wanted), context.clock())
