"""No candidate is an answer: what was compared, and what to find out next."""

from casework.case_view import CaseFile
from casework.context import Context
from matching.explain import nobody_found
from matching.policy import MatchPolicy
from matching.unknown import unknown_of


def nobody_notes(context: Context, file: CaseFile, policy: MatchPolicy) -> tuple[str, ...]:
    """Sentences for the desk when a search found nobody; none when it found somebody."""
    if file.leads:
        return ()
    with context.open_work() as work:
        gallery_size = work.records.count()
    return nobody_found(unknown_of(file.probe, policy), gallery_size, policy)
