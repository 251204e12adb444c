"""Withholding the notice by itself, as soon as there is a reason to protect somebody."""

from collections.abc import Sequence
from typing import Final

from casework.cases.case import Entry
from casework.cases.happenings.knowledge import InterviewHeld
from casework.cases.happenings.police import AbductionSuspected
from casework.cases.happenings.public import NoticeWithheld, WithholdReason
from casework.cases.history import add_entry
from casework.cases.protection import is_abduction_suspected, is_withheld, reasons_to_protect
from casework.cases.statements import read_talk
from casework.context import Context
from casework.ports import UnitOfWork
from matching.text.testimony.abduction import sign_words
from matching.text.testimony.clues import ClueKind

#: Flag of a line that made the program suspect an abduction.
POSSIBLE_ABDUCTION: Final = "possible_abduction"
ABDUCTION_NOTE: Final = (
    "访谈里有疑似被拐、被卖或强迫劳动的说法：已转公安核查，公告暂缓，请勿向报案人透露情况。"
)


def suspect_abduction(context: Context, work: UnitOfWork, talk: Entry) -> bool:
    """Write the line that starts the protected path when a talk shows a sign; whether it did.

    While a suspicion stands nothing is written. Once the police have found none, only a sign that no
    earlier talk showed is a new suspicion. A finding of the program protects; it is never a verdict.
    """
    said = _signs(talk)
    if not said:
        return False
    history = work.cases.entries(talk.case_id)
    details = [entry.details for entry in history]
    if is_abduction_suspected(details):
        return False
    if any(isinstance(each, AbductionSuspected) for each in details):
        earlier = (entry for entry in history if entry.entry_id != talk.entry_id)
        said -= frozenset(sign for entry in earlier for sign in _signs(entry))
    if said:
        found = {name for name, _ in said}
        words = "、".join(said for name, said in sign_words().items() if name in found)
        reason = f"访谈里有疑似迹象（{words}），请公安核查。"
        add_entry(context, work, talk.case_id, AbductionSuspected(reason=reason))
    return bool(said)


def protect(context: Context, work: UnitOfWork, case_id: str) -> None:
    """Write the line that withholds, once for each stretch, inside the caller's transaction."""
    history = work.cases.entries(case_id)
    reasons = reasons_to_protect(history, context.clock())
    if reasons and not is_withheld(history) and not _was_lifted_for(history, reasons):
        add_entry(context, work, case_id, NoticeWithheld(why=min(reasons)))


def _signs(entry: Entry) -> frozenset[tuple[str, str]]:
    """The signs that a talk shows, each with its words; none of a line that is no talk."""
    if not isinstance(entry.details, InterviewHeld):
        return frozenset()
    clues = (each.clue for each in read_talk(entry))
    return frozenset((c.value, c.text) for c in clues if c.kind is ClueKind.POSSIBLE_ABDUCTION)


def _was_lifted_for(history: Sequence[Entry], reasons: frozenset[WithholdReason]) -> bool:
    """Supervisor and police lifted it for these very reasons; only a new one withholds again."""
    kinds = [entry.details.kind for entry in history]
    if "withhold_lifted" not in kinds:
        return False
    last = len(kinds) - 1 - kinds[::-1].index("withhold_lifted")
    if "abduction_suspected" in kinds[last:]:
        return False
    before = reasons_to_protect(history[:last], history[last].recorded_at)
    return reasons <= before
