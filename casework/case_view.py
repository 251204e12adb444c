"""Reading a case: everything the page shows, with a line in the trail for the look."""

from dataclasses import dataclass
from datetime import datetime

from casework.access import Permission, require_station
from casework.case_windows import plan_case_windows
from casework.cases import Admitted, Case, Entry, InterviewHeld, PhotoTaken
from casework.context import Context
from casework.leads import Lead
from casework.ports import Page, UnitOfWork
from casework.probe import probe_of
from casework.windows import Window
from matching.model import Probe


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """One case as its page shows it."""

    case: Case
    #: What is known so far, the form and every talk merged.
    probe: Probe
    entries: tuple[Entry, ...]
    #: As they stand at this moment, not as last stored.
    windows: tuple[Window, ...]
    #: Empty for those who may not read leads.
    leads: tuple[Lead, ...]

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
        context.trace(work, "case.view", f"case:{case_id}")
        work.commit()
    return file


def read_case(context: Context, work: UnitOfWork, case_id: str) -> CaseFile:
    """Put the file together; the caller has checked the right to see it and leaves the trace."""
    entries = work.cases.entries(case_id)
    return CaseFile(
        case=work.cases.get(case_id),
        probe=probe_of(case_id, entries),
        entries=entries,
        windows=plan_case_windows(entries, now=context.clock()),
        leads=work.leads.of_case(case_id) if context.actor.may(Permission.READ_LEAD) else (),
    )


def list_cases(context: Context, *, cursor: str | None, limit: int) -> Page[Case]:
    """The station's cases, newest first."""
    context.require(Permission.READ_CASE)
    with context.open_work() as work:
        page = work.cases.page(
            station=context.actor.station, state=None, cursor=cursor, limit=limit
        )
        context.trace(work, "case.list", f"station:{context.actor.user_id}", n=str(len(page.items)))
        work.commit()
    return page
