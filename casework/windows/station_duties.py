"""The duties of a station as a whole, on its own clock and in a file of its own.

The file is made with the first look at the duties; the duties begin then. What the station sent is
a line of that file, like everything else.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from casework.accounts.access import Permission, Role
from casework.cases.case import Case
from casework.cases.happenings.station import QuarterReportSent, ResidentTeamSent, StationDetails
from casework.cases.history import add_entry
from casework.clock.events import ClockEvent
from casework.context import Context
from casework.errors import BadInputError, NotPermittedError
from casework.ports import UnitOfWork
from casework.windows.case_windows import clock_events, shipped_workdays
from casework.windows.station_rules import rules_of
from casework.windows.station_windows import StationHistory, plan_station
from casework.windows.window import Window

#: Duties are planned this far ahead.
HORIZON: Final = timedelta(days=120)
_PAGE: Final = 200


def duties(context: Context) -> tuple[Window, ...]:
    """Every window of the actor's station as it stands now.

    Raises:
        NotPermittedError: the role may not read windows.
    """
    context.require(Permission.READ_WINDOWS)
    station, now = context.actor.station, context.clock()
    with context.open_work() as work:
        file = _file_of(context, work)
        history = StationHistory(
            since=file.opened_at,
            cases=tuple(_cases(work, station, file)),
            events=clock_events(work.cases.entries(file.case_id)),
        )
        windows = plan_station(
            history,
            rules=rules_of(work, station),
            workdays=shipped_workdays(),
            now=now,
            until=now + HORIZON,
        )
        context.trace(work, "window.duties", f"user:{context.actor.user_id}", n=str(len(windows)))
        work.commit()
    return windows


def record_duty(context: Context, details: StationDetails) -> None:
    """Write down that a duty was done; the quarter's report is civil affairs' to send.

    Raises:
        NotPermittedError: the duty is another role's.
        BadInputError: a period or institution that is no name at all.
    """
    if isinstance(details, QuarterReportSent):
        if Role.CIVIL_AFFAIRS not in context.actor.roles:
            raise NotPermittedError("季度报告由民政部门上报，由民政账号登记。")
    else:
        context.require(Permission.SUPERVISE_CASE)
    if not subject_of(details).strip():
        raise BadInputError("要写明是哪个月、哪个季度或哪家机构。")
    with context.open_work() as work:
        file = _file_of(context, work)
        add_entry(context, work, file.case_id, details)
        context.trace(work, "station.record", f"case:{file.case_id}", kind=details.kind)
        work.commit()


def subject_of(details: StationDetails) -> str:
    """The period or the institution that a duty is about."""
    return details.institution if isinstance(details, ResidentTeamSent) else details.period


def is_station_file(case: Case) -> bool:
    """Whether a file is a station's own and not a resident's."""
    return case.number.startswith("ZB")


def _file_of(context: Context, work: UnitOfWork) -> Case:
    """The station's own file, made when it is first asked for."""
    station = context.actor.station
    known = work.workspace.get(_key(station))
    if known is not None:
        return work.cases.get(known)
    now = context.clock()
    case = Case(case_id=context.new_id(), number="ZB0001", station=station, opened_at=now)
    work.cases.add(case)
    work.workspace.set(_key(station), case.case_id)
    return case


def _cases(work: UnitOfWork, station: str, file: Case) -> Iterator[tuple[ClockEvent, ...]]:
    cursor: str | None = None
    while True:
        page = work.cases.page(station=station, state=None, cursor=cursor, limit=_PAGE)
        for case in page.items:
            if case.case_id != file.case_id:
                yield clock_events(work.cases.entries(case.case_id))
        cursor = page.next_cursor
        if cursor is None:
            return


def _key(station: str) -> str:
    return f"station_file:{station}"
