"""Reading a case: everything the page shows, with a line in the trail for the look."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from casework.accounts.access import Permission, require_station
from casework.cases.case import Case, Entry
from casework.cases.happenings.care import Admitted
from casework.cases.happenings.knowledge import InterviewHeld, PhotoTaken
from casework.cases.sight import check_sight
from casework.cases.statements import Statement, statements_of
from casework.context import Context
from casework.leads.lead import Lead
from casework.ports import Page, UnitOfWork
from casework.search.probe import probe_with
from casework.windows.station_duties import is_station_file
from casework.windows.station_rules import plan_for_station
from casework.windows.window import Window
from matching.model import Probe


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """One case as its page shows it."""

    case: Case
    #: What is known so far, the form and every talk merged.
    probe: Probe
    entries: tuple[Entry, ...]
    #: What every talk says, clue by clue.
    statements: tuple[Statement, ...]
    #: As they stand at this moment, not as last stored; empty where only a lead is looked at.
    windows: tuple[Window, ...]
    #: Empty for those who may not read leads.
    leads: tuple[Lead, ...]
    #: Display names of whoever wrote its lines, by user id.
    writers: Mapping[str, str]

    @property
    def admitted(self) -> Admitted | None:
        """What the desk wrote at the (first) admission."""
        details = (entry.details for entry in self.entries)
        return next((each for each in details if isinstance(each, Admitted)), None)

    @property
    def admitted_at(self) -> datetime | None:
        """When the station (first) took the person in."""
        came = (entry.happened_at for entry in self.entries if isinstance(entry.details, Admitted))
        return next(came, None)

    @property
    def interviews(self) -> tuple[InterviewHeld, ...]:
        """The talks, oldest first."""
        details = (entry.details for entry in self.entries)
        return tuple(each for each in details if isinstance(each, InterviewHeld))

    @property
    def photo_ids(self) -> tuple[str, ...]:
        """Photos, oldest first."""
        details = (entry.details for entry in self.entries)
        return tuple(each.photo_id for each in details if isinstance(each, PhotoTaken))


def view_case(context: Context, case_id: str) -> CaseFile:
    """The file of one case of the actor's own station.

    Raises:
        NotPermittedError: another station's case, or the role may not read cases.
        NotFoundError: no such case.
    """
    context.require(Permission.READ_CASE)
    with context.open_work() as work:
        file = read_case(context, work, case_id)
        require_station(context.actor, file.case.station)
        check_sight(context, work, case_id)
        windows = plan_for_station(work, file.case.station, file.entries, now=context.clock())
        context.trace(work, "case.view", f"case:{case_id}")
        work.commit()
    return replace(file, windows=windows)


def read_case(context: Context, work: UnitOfWork, case_id: str) -> CaseFile:
    """Put the file together without its windows; the caller has checked the right to see it and leaves the trace."""
    case, entries = work.cases.get(case_id), work.cases.entries(case_id)
    statements = statements_of(entries)
    return CaseFile(
        case=case,
        probe=probe_with(case_id, entries, statements),
        entries=entries,
        statements=statements,
        windows=(),
        leads=work.leads.of_case(case_id) if context.actor.may(Permission.READ_LEAD) else (),
        writers={user.user_id: user.display_name for user in work.users.all_users()},
    )


def list_cases(context: Context, *, cursor: str | None, limit: int) -> Page[Case]:
    """The station's cases, newest first; its own file is not one of them."""
    context.require(Permission.READ_CASE)
    with context.open_work() as work:
        page = work.cases.page(
            station=context.actor.station, state=None, cursor=cursor, limit=limit
        )
        context.trace(work, "case.list", f"station:{context.actor.user_id}", n=str(len(page.items)))
        work.commit()
    residents = tuple(case for case in page.items if not is_station_file(case))
    return replace(page, items=residents)
