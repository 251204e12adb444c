"""Two files that may be one person's: what speaks for it, and what people said about it.

Nothing is ever merged: the files of one person stay as they were written, and are joined by a line
in each of them once a person has said so (`casework.alike.judging`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

from matching.ranking import RankedLead

#: Characters of a reason.
LONGEST_REASON: Final = 500


class AlikeState(StrEnum):
    """Where a pair of files stands."""

    PROPOSED = "proposed"
    #: A person has said so.
    SAME = "same"
    DIFFERENT = "different"
    #: A later comparison no longer finds it and nobody had judged it.
    WITHDRAWN = "withdrawn"


class AlikeVerdict(StrEnum):
    """What a person says of a pair."""

    SAME = "same"
    DIFFERENT = "different"
    UNDO = "undo"


@dataclass(frozen=True, slots=True, kw_only=True)
class AlikeDecision:
    """What was said of a pair, by whom, why, and in which state. Never changed."""

    verdict: AlikeVerdict
    from_state: AlikeState
    decided_at: datetime
    #: User id.
    decided_by: str
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AlikePair:
    """Two files, compared as a resident is with a record: the later file with the earlier one."""

    pair_id: str
    #: The file that was opened later, and the one that was there before it.
    later_id: str
    earlier_id: str
    #: Score and evidence; its `record_id` is the earlier file.
    ranked: RankedLead
    #: Versions of everything that made the score.
    versions: Mapping[str, str]
    found_at: datetime
    state: AlikeState = AlikeState.PROPOSED
    #: What each signal was worth when the files were said to be two people's: signal -> bits.
    judged: Mapping[str, float] = field(default_factory=dict)
    judged_at: datetime | None = None
    #: Why a pair that was judged is proposed again, one sentence each.
    whats_new: tuple[str, ...] = ()
    #: Oldest first; an undoing takes back the one before it.
    decisions: tuple[AlikeDecision, ...] = ()
    version: int = 0

    @property
    def case_ids(self) -> tuple[str, str]:
        """Both files, the later one first."""
        return self.later_id, self.earlier_id

    def beside(self, case_id: str) -> str:
        """The other file of the pair."""
        return self.earlier_id if case_id == self.later_id else self.later_id
