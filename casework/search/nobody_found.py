"""No candidate is an answer: what was compared, and what to find out next."""

from typing import Final

from casework.cases.view import CaseFile
from casework.context import Context
from matching.explain import nobody_found
from matching.policy import MatchPolicy
from matching.unknown import unknown_of

SEARCH_PENDING: Final = "检索还没有全部完成，系统会自动重试；在此之前，没有线索不代表没有匹配。"


def nobody_notes(context: Context, file: CaseFile, policy: MatchPolicy) -> tuple[str, ...]:
    """Sentences for the desk when a search found nobody, or is not done; none when it found somebody."""
    with context.open_work() as work:
        if work.outbox.pending(file.case.case_id) > 0:
            return (SEARCH_PENDING,)
        # The file shows no leads to those who may not read them.
        if work.leads.of_case(file.case.case_id):
            return ()
        gallery_size = work.records.count()
    return nobody_found(unknown_of(file.probe, policy), gallery_size, policy)
