"""Adding a line to a case's file: the entry, the new version, and the windows planned again."""

from dataclasses import replace
from datetime import datetime

from casework.cases.case import CaseState, Details, Entry
from casework.context import Context
from casework.jobs.job import JobKind
from casework.ports import UnitOfWork
from casework.windows.station_rules import plan_for_station


def add_entry(
    context: Context,
    work: UnitOfWork,
    case_id: str,
    details: Details,
    *,
    happened_at: datetime | None = None,
) -> Entry:
    """Write one line and let the clock look again, inside the caller's transaction."""
    case = work.cases.get(case_id)
    now = context.clock()
    # A desk clock that runs ahead must not hide the line from the windows until time catches up.
    happened_at = min(happened_at or now, now)
    entry = Entry(
        entry_id=context.new_id(),
        case_id=case_id,
        happened_at=happened_at,
        recorded_at=now,
        recorded_by=context.actor.user_id,
        details=details,
    )
    work.cases.append(entry)
    work.cases.save(replace(case, version=case.version + 1), read_version=case.version)
    windows = plan_for_station(work, case.station, work.cases.entries(case_id), now=now)
    work.windows.replace(case_id, windows)
    # A reminder may have fallen due since the last sweep: the new plan only looks ahead.
    work.windows.look_by(case_id, now)
    return entry


def search_again(context: Context, work: UnitOfWork, case_id: str) -> None:
    """Put a search of the case, in records and residents, into the outbox of this transaction."""
    context.order_job(work, JobKind.SEARCH_CASE, case_id)
    context.order_job(work, JobKind.MATCH_RESIDENTS, case_id)


def set_state(work: UnitOfWork, case_id: str, state: CaseState) -> None:
    """Close the cover of a file, or open it again."""
    case = work.cases.get(case_id)
    if case.state is not state:
        changed = replace(case, state=state, version=case.version + 1)
        work.cases.save(changed, read_version=case.version)
