"""Writing into a case's file: who may write what, in which order, and what follows by itself."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from casework.accounts.writers import check_named, check_writer
from casework.cases.assigning import assign, check_assigned
from casework.cases.case import Case, CaseState, Details, Entry
from casework.cases.consequences import standing_identity
from casework.cases.happenings.care import Departed, DepartureKind
from casework.cases.happenings.knowledge import SpecialistAssigned, StatementJudged
from casework.cases.happenings.public import ContactWish, WishRecorded
from casework.cases.history import add_entry, search_again, set_state
from casework.cases.order_rules import LEAVINGS, check_order, flags_of
from casework.cases.protecting import POSSIBLE_ABDUCTION, protect, suspect_abduction
from casework.cases.repeat_help import welcome_back
from casework.cases.statements import check_judgement
from casework.cases.written_words import check_details
from casework.context import Context
from casework.errors import StaleVersionError, TransitionRefusedError
from casework.leads.lead import OPEN_STATES
from casework.ports import UnitOfWork
from casework.windows.window import WindowState

#: What a search should look at again.
SEARCHED: Final = frozenset(
    {
        "admitted",
        "interview_held",
        "statement_judged",
        "clue_marked",
        "clue_judged",
        "home_place_suspected",
    }
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
        BadInputError: a field that cannot be true or kept, a time without offset, or a police
            answer from paper that does not say who gave it.
    """
    now = context.clock()
    happened_at = command.happened_at or now
    check_details(command.details)
    with context.open_work() as work:
        case = work.cases.get(command.case_id)
        history = work.cases.entries(case.case_id)
        check_writer(context, case, history, command.details)
        if command.read_version is not None and command.read_version != case.version:
            raise StaleVersionError("这个个案刚被别人更新过，请刷新后再试。")
        check_order(history, command.details, happened_at, now)
        check_named(context, command.details)
        if isinstance(command.details, StatementJudged):
            check_judgement(history, command.details)
        _check_leaving(work, case, command.details)
        if isinstance(command.details, SpecialistAssigned):
            check_assigned(work, case, command.details.user_id)
        before = _met_late(work, case.case_id)
        entry = add_entry(context, work, case.case_id, command.details, happened_at=happened_at)
        is_late = not _met_late(work, case.case_id) <= before
        warned = suspect_abduction(context, work, entry)
        protect(context, work, case.case_id)
        _follow(context, work, case, command.details)
        context.trace(work, "case.record", f"case:{case.case_id}", kind=command.details.kind)
        work.commit()
    flags = flags_of(happened_at, now, is_late=is_late)
    return Recorded(entry=entry, flags=(*flags, POSSIBLE_ABDUCTION) if warned else flags)


def _met_late(work: UnitOfWork, case_id: str) -> frozenset[tuple[str, str, datetime | None]]:
    """The windows that were satisfied after their due time."""
    return frozenset(
        (window.kind, window.subject or "", window.starts)
        for window in work.windows.of_case(case_id)
        if window.state is WindowState.MET_LATE
    )


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
        welcome_back(context, work, case.case_id)
    if isinstance(details, SpecialistAssigned):
        assign(work, case.case_id, details.user_id)
