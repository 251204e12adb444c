"""Writing into a case's file: who may write what, in which order, and what follows by itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from casework.access import Permission, Role, require_station
from casework.cases import Case, CaseState, Details, Entry
from casework.consequences import standing_identity
from casework.context import Context
from casework.errors import StaleVersionError, TransitionRefusedError
from casework.happenings.care import Departed, DepartureKind
from casework.happenings.knowledge import IdentifierKind, IdentifierRecorded
from casework.happenings.public import ContactWish, WishRecorded
from casework.history import add_entry, search_again, set_state
from casework.leads import OPEN_STATES
from casework.order_rules import LEAVINGS, check_order, flags_of
from casework.ports import UnitOfWork
from casework.protecting import protect
from casework.record_cells import read_id_number

#: Lines that other use cases write together with their own effects.
NOT_BY_HAND: Final = frozenset(
    {"identity_confirmed", "identity_undone", "photo_taken", "repeat_help_found"}
)
#: Lines of which the police are the author; the station types them in when they come on paper.
POLICE_LINES: Final = frozenset(
    {
        "identity_request_received",
        "identity_answered",
        "dna_sampled",
        "dna_result",
        "abduction_finding",
        "foreigner_found_legal",
        "hukou_registered",
        "hukou_duplicate_cancelled",
    }
)
#: Lines of civil affairs and of institutions.
AGENCY_LINES: Final[Mapping[str, Role]] = {
    "incident_reported": Role.CIVIL_AFFAIRS,
    "resettlement_planned": Role.CIVIL_AFFAIRS,
    "placement_decided": Role.CIVIL_AFFAIRS,
    "hukou_applied": Role.CIVIL_AFFAIRS,
    "institution_reported": Role.INSTITUTION,
}
#: Only a supervisor lifts protection and stops a clock.
SUPERVISOR_LINES: Final = frozenset(
    {"withhold_lifted", "window_stopped", "window_withheld", "window_reopened"}
)
#: What a search should look at again.
SEARCHED: Final = frozenset(
    {"admitted", "interview_held", "clue_marked", "clue_judged", "home_place_suspected"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordCommand:
    """One line as handed in."""

    case_id: str
    details: Details
    #: When it happened; now when left out.
    happened_at: datetime | None = None
    #: The version of the case that the writer saw; not checked when left out.
    read_version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """The line as written, and what somebody should know about it."""

    entry: Entry
    flags: tuple[str, ...]


def record(context: Context, command: RecordCommand) -> Recorded:
    """Write one line, with everything that follows from it, in one transaction.

    Raises:
        NotPermittedError: the line belongs to another role, or the case to another station.
        NotFoundError: no such case.
        StaleVersionError: the case changed since it was read.
        TransitionRefusedError: an impossible order; the sentence names the rule.
        BadInputError: an ID number with a wrong check digit.
    """
    now = context.clock()
    happened_at = command.happened_at or now
    check_details(command.details)
    with context.open_work() as work:
        case = work.cases.get(command.case_id)
        check_writer(context, case, command.details)
        if command.read_version is not None and command.read_version != case.version:
            raise StaleVersionError("这个个案刚被别人更新过，请刷新后再试。")
        history = work.cases.entries(case.case_id)
        check_order(history, command.details, happened_at, now)
        _check_leaving(work, case, command.details)
        entry = add_entry(context, work, case.case_id, command.details, happened_at=happened_at)
        protect(context, work, case.case_id)
        _follow(context, work, case, command.details)
        context.trace(work, "case.record", f"case:{case.case_id}", kind=command.details.kind)
        work.commit()
    return Recorded(entry=entry, flags=flags_of(happened_at, now))


def check_writer(context: Context, case: Case, details: Details) -> None:
    """Refuse a line that is not this user's to write.

    Raises:
        NotPermittedError: another role's line, or another station's case.
        TransitionRefusedError: a line that only the program writes.
    """
    if details.kind in NOT_BY_HAND:
        raise TransitionRefusedError("这一项由系统自动登记，不能手工填写。")
    roles = context.actor.roles
    if details.kind in POLICE_LINES and Role.POLICE in roles:
        return
    if AGENCY_LINES.get(details.kind) in roles:
        return
    needed = (
        Permission.SUPERVISE_CASE if details.kind in SUPERVISOR_LINES else Permission.AMEND_CASE
    )
    context.require(needed)
    require_station(context.actor, case.station)


def check_details(details: Details) -> None:
    """Refuse an ID number that cannot exist; the number itself is never repeated.

    Raises:
        BadInputError: wrong length, date or check digit.
    """
    if not isinstance(details, IdentifierRecorded):
        return
    if details.identifier is IdentifierKind.ID_NUMBER:
        read_id_number(details.value)


def _check_leaving(work: UnitOfWork, case: Case, details: Details) -> None:
    """Nobody leaves while a lead is open: it would be forgotten with the file."""
    if details.kind not in LEAVINGS:
        return
    _check_hand_over(work, case, details)
    leads = work.leads.of_case(case.case_id)
    if any(lead.in_conflict for lead in leads):
        raise TransitionRefusedError("本案有互相矛盾的身份确认，处理清楚之前不能办理离站。")
    if any(lead.state in OPEN_STATES for lead in leads):
        raise TransitionRefusedError("还有未办结的疑似线索，请先处理完再办理离站。")


def _check_hand_over(work: UnitOfWork, case: Case, details: Details) -> None:
    """Nobody is handed over on a likeness, nor against an adult's own word."""
    if not isinstance(details, Departed) or details.how is not DepartureKind.HANDED_TO_FAMILY:
        return
    history = [entry.details for entry in work.cases.entries(case.case_id)]
    if standing_identity(history) is None:
        raise TransitionRefusedError("身份还没有经公安确认，不能移交家属。")
    wishes = [each.wish for each in history if isinstance(each, WishRecorded)]
    if wishes and wishes[-1] is ContactWish.NOT_WANTED:
        raise TransitionRefusedError("本人不愿与家属联系，不能移交家属；核实身份不受影响。")


def _follow(context: Context, work: UnitOfWork, case: Case, details: Details) -> None:
    if details.kind in SEARCHED:
        search_again(context, work, case.case_id)
    if details.kind in LEAVINGS:
        set_state(work, case.case_id, CaseState.CLOSED)
    if details.kind == "admitted":
        set_state(work, case.case_id, CaseState.OPEN)
