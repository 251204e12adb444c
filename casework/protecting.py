"""Withholding the notice by itself, as soon as there is a reason to protect somebody."""

from collections.abc import Sequence

from casework.cases import Entry
from casework.context import Context
from casework.happenings.public import NoticeWithheld, WithholdReason
from casework.history import add_entry
from casework.ports import UnitOfWork
from casework.protection import is_withheld, reasons_to_protect


def protect(context: Context, work: UnitOfWork, case_id: str) -> None:
    """Write the line that withholds, once for each stretch, inside the caller's transaction."""
    history = work.cases.entries(case_id)
    reasons = reasons_to_protect(history, context.clock())
    if reasons and not is_withheld(history) and not _was_lifted_for(history, reasons):
        add_entry(context, work, case_id, NoticeWithheld(why=min(reasons)))


def _was_lifted_for(history: Sequence[Entry], reasons: frozenset[WithholdReason]) -> bool:
    """Supervisor and police lifted it for these very reasons; only a new one withholds again."""
    kinds = [entry.details.kind for entry in history]
    if "withhold_lifted" not in kinds:
        return False
    last = len(kinds) - 1 - kinds[::-1].index("withhold_lifted")
    before = reasons_to_protect(history[:last], history[last].recorded_at)
    return reasons <= before
