"""Leads: a resident and a record that may be one person, and who may move a lead where.

The transition table is the whole rule. `casework.review` applies it.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from casework.access import Permission
from casework.errors import TransitionRefusedError
from matching.evidence import Evidence
from matching.fusion import Band


class LeadState(StrEnum):
    """Where a lead stands."""

    PROPOSED = "proposed"
    FORWARDED = "forwarded"
    REJECTED = "rejected"
    CONFIRMED = "confirmed"
    REFUTED = "refuted"
    INCONCLUSIVE = "inconclusive"
    #: A later search no longer finds it and nobody had acted on it.
    WITHDRAWN = "withdrawn"


class Verdict(StrEnum):
    """What a person decides about a lead."""

    FORWARD = "forward"
    REJECT = "reject"
    CONFIRM = "confirm"
    REFUTE = "refute"
    INCONCLUSIVE = "inconclusive"


class EvidenceClass(StrEnum):
    """By what means the police verified an identity."""

    DOCUMENT = "document"
    FINGERPRINT = "fingerprint"
    DNA = "dna"
    RELATIVE = "relative"
    VISIT = "visit"


@dataclass(frozen=True, slots=True)
class Move:
    """One permitted step: where it leads, and which permission it needs."""

    to: LeadState
    permission: Permission


#: (state, verdict) -> the permitted step. What is not listed is refused.
MOVES: dict[tuple[LeadState, Verdict], Move] = {
    (LeadState.PROPOSED, Verdict.FORWARD): Move(LeadState.FORWARDED, Permission.REVIEW_LEAD),
    (LeadState.PROPOSED, Verdict.REJECT): Move(LeadState.REJECTED, Permission.REVIEW_LEAD),
    (LeadState.FORWARDED, Verdict.CONFIRM): Move(LeadState.CONFIRMED, Permission.ANSWER_LEAD),
    (LeadState.FORWARDED, Verdict.REFUTE): Move(LeadState.REFUTED, Permission.ANSWER_LEAD),
    (LeadState.FORWARDED, Verdict.INCONCLUSIVE): Move(
        LeadState.INCONCLUSIVE, Permission.ANSWER_LEAD
    ),
}


def move(state: LeadState, verdict: Verdict) -> Move:
    """The step that `verdict` takes from `state`.

    Raises:
        TransitionRefusedError: the table has no such step.
    """
    step = MOVES.get((state, verdict))
    if step is None:
        sentence = "线索当前状态不允许这样处理，请刷新后再看。"
        raise TransitionRefusedError(sentence)
    return step


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """One ranked, explained pair, with everything needed to read the score again later."""

    lead_id: str
    case_id: str
    record_id: str
    #: The case's station: leads are listed and guarded by it.
    station: str
    rank: int
    probability: float
    #: prior_bits + the sum of the evidence's bits after caps.
    bits: float
    prior_bits: float
    band: Band
    evidence: tuple[Evidence, ...]
    #: Versions of policy, models, calibration and gazetteer that made the score.
    versions: dict[str, str]
    found_at: datetime
    state: LeadState = LeadState.PROPOSED
    #: When the answer that is now awaited is due; None when nobody owes one.
    due: datetime | None = None
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What one person decided about a lead, with the reason. Never changed, never deleted."""

    decision_id: str
    lead_id: str
    verdict: Verdict
    decided_at: datetime
    decided_by: str
    reason: str | None = None
    evidence_class: EvidenceClass | None = None
