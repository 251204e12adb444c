"""Repeat help: three admissions of one person within half a year are written down and reviewed.

One person may have several files, at several stations: their admissions count together from the
moment when somebody has said that they are one person's.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from casework.alike.same_person import files_of_person
from casework.cases.case import CaseState, Entry
from casework.cases.happenings.registration import RepeatHelpFound
from casework.cases.history import add_entry, set_state
from casework.clock.time_spans import add_months
from casework.context import Context
from casework.ports import UnitOfWork
from casework.windows.case_windows import shipped_rules


@dataclass(frozen=True, slots=True, kw_only=True)
class RepeatHelp:
    """One admission too many."""

    #: The file with that admission, and when it was.
    case_id: str
    at: datetime
    #: Admissions within the time that the rule names, this one included.
    admissions: int


def welcome_back(context: Context, work: UnitOfWork, case_id: str) -> None:
    """After an admission: the file is open (again), and repeated help is written down."""
    set_state(work, case_id, CaseState.OPEN)
    note_repeat_help(context, work, case_id)


def note_repeat_help(context: Context, work: UnitOfWork, case_id: str) -> None:
    """Write the line if the person of this file was admitted once too often (三(五)), once.

    The clock of the review starts when it becomes known: with the admission, or with the word that
    two files are one person's.
    """
    histories = [work.cases.entries(each) for each in files_of_person(work, case_id)]
    found = repeat_help(entry for history in histories for entry in history)
    if found is None or _is_told(histories, found):
        return
    alone = repeat_help(work.cases.entries(found.case_id))
    is_plain = alone is not None and alone.at == found.at
    details = RepeatHelpFound(admissions=found.admissions)
    happened_at = found.at if is_plain else context.clock()
    add_entry(context, work, found.case_id, details, happened_at=happened_at)


def repeat_help(history: Iterable[Entry]) -> RepeatHelp | None:
    """The last admission in one person's files that is one too many; None when there is none."""
    numbers = shipped_rules().row("repeat_help_review").numbers
    admitted = sorted(
        (entry for entry in history if entry.details.kind == "admitted"),
        key=lambda entry: entry.happened_at,
    )
    for number in range(len(admitted), 0, -1):
        last = admitted[number - 1]
        earliest = add_months(last.happened_at, -numbers["months"])
        within = sum(earliest <= entry.happened_at for entry in admitted[:number])
        if within >= numbers["admissions"]:
            return RepeatHelp(case_id=last.case_id, at=last.happened_at, admissions=within)
    return None


def repeat_to_review(history: Sequence[Entry]) -> int | None:
    """How many admissions were found too many in this file and not reviewed since; else None."""
    waiting: int | None = None
    for entry in history:
        if isinstance(entry.details, RepeatHelpFound):
            waiting = entry.details.admissions
        elif entry.details.kind == "repeat_help_reviewed":
            waiting = None
    return waiting


def _is_told(histories: Iterable[Sequence[Entry]], found: RepeatHelp) -> bool:
    """Whether as many were told since that admission, in whichever of the files."""
    return any(
        isinstance(entry.details, RepeatHelpFound)
        and entry.happened_at >= found.at
        and entry.details.admissions >= found.admissions
        for history in histories
        for entry in history
    )
