"""Repeat help: the third admission within half a year is written down, so that it is reviewed."""

from casework.case_windows import shipped_rules
from casework.cases import CaseState
from casework.context import Context
from casework.happenings.registration import RepeatHelpFound
from casework.history import add_entry, set_state
from casework.ports import UnitOfWork
from casework.time_spans import add_months


def welcome_back(context: Context, work: UnitOfWork, case_id: str) -> None:
    """After an admission: the file is open (again), and repeated help is written down."""
    set_state(work, case_id, CaseState.OPEN)
    _count_admissions(context, work, case_id)


def _count_admissions(context: Context, work: UnitOfWork, case_id: str) -> None:
    """Write the line if the last admission is one too many (三(五))."""
    numbers = shipped_rules().row("repeat_help_review").numbers
    admitted = [
        entry.happened_at
        for entry in work.cases.entries(case_id)
        if entry.details.kind == "admitted"
    ]
    latest = admitted[-1]
    earliest = add_months(latest, -numbers["months"])
    within = sum(earliest <= at <= latest for at in admitted)
    if within >= numbers["admissions"]:
        details = RepeatHelpFound(admissions=within)
        add_entry(context, work, case_id, details, happened_at=latest)
