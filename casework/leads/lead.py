"""Leads: a resident and a record that may be one person, with everything decided about them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from matching.evidence import Evidence
from matching.fusion import Band


class LeadState(StrEnum):
    """Where a lead stands."""

    PROPOSED = "proposed"
    IN_REVIEW = "in_review"
    NEEDS_MORE = "needs_more"
    DEFERRED = "deferred"
    #: One person wants to reject a strong lead; a second one has to agree.
    REJECTION_PROPOSED = "rejection_proposed"
    REJECTED = "rejected"
    FORWARDED = "forwarded"
    RECEIVED = "received"
    #: The police's 48 hours passed without an answer. A late answer is still taken.
    NO_ANSWER = "no_answer"
    CONFIRMED = "confirmed"
    REFUTED = "refuted"
    INCONCLUSIVE = "inconclusive"
    #: A later search no longer finds it and nobody had acted on it.
    WITHDRAWN = "withdrawn"


#: Somebody still owes a step. One lead of a pair exists at a time, so none of these can double.
OPEN_STATES = frozenset(
    {
        LeadState.PROPOSED,
        LeadState.IN_REVIEW,
        LeadState.NEEDS_MORE,
        LeadState.DEFERRED,
        LeadState.REJECTION_PROPOSED,
        LeadState.FORWARDED,
        LeadState.RECEIVED,
        LeadState.NO_ANSWER,
    }
)


class Verdict(StrEnum):
    """What a person (or the clock) decides about a lead."""

    TAKE = "take"
    RELEASE = "release"
    FORWARD = "forward"
    REJECT = "reject"
    AGREE = "agree"
    DISAGREE = "disagree"
    ASK_MORE = "ask_more"
    MORE_CAME = "more_came"
    DEFER = "defer"
    RESUME = "resume"
    RECEIVE = "receive"
    CONFIRM = "confirm"
    REFUTE = "refute"
    INCONCLUSIVE = "inconclusive"
    #: The police's time ran out; only the clock decides this.
    LAPSE = "lapse"
    UNDO = "undo"


class RejectReason(StrEnum):
    """Why a pair is not one person."""

    AGE = "age"
    SEX = "sex"
    FACE = "face"
    MARKS = "marks"
    HOME = "home"
    RELATIVES = "relatives"
    SIBLING_OR_TWIN = "sibling_or_twin"
    ALREADY_FOUND = "already_found"
    DUPLICATE_RECORD = "duplicate_record"
    POOR_PHOTO = "poor_photo"
    OTHER = "other"


class EvidenceClass(StrEnum):
    """By what means the police verified an identity."""

    DOCUMENT = "document"
    FINGERPRINT = "fingerprint"
    DNA = "dna"
    RELATIVE = "relative"
    VISIT = "visit"


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadTask:
    """What has to be found out before the lead can go on."""

    what: str
    #: User id of whoever does it.
    who: str
    until: datetime


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
    #: bits + calibration_bits + same_person_bits + rival_bits is the log2 odds of `probability`: what
    #: calibration changes, what further records of the same person add, and what the other records
    #: and "no record" take off.
    calibration_bits: float = 0.0
    same_person_bits: float = 0.0
    rival_bits: float = 0.0
    #: Changes when something that was compared changes (`matching.fingerprint`).
    fingerprint: str = ""
    state: LeadState = LeadState.PROPOSED
    #: When the step that is now awaited is due; None when nobody owes one.
    due: datetime | None = None
    #: User id of whoever is reviewing it.
    holder: str | None = None
    task: LeadTask | None = None
    #: Why a pair that was rejected is proposed again, one sentence each.
    whats_new: tuple[str, ...] = ()
    #: What changed in the evidence since the lead was scored before, one sentence each.
    changes: tuple[str, ...] = ()
    #: What each signal was worth when the pair was rejected or refuted: signal -> bits.
    judged: Mapping[str, float] = field(default_factory=dict)
    judged_at: datetime | None = None
    #: Two records confirmed for one resident, or two residents for one record: all stops.
    in_conflict: bool = False
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What was decided about a lead, by whom, why, and from which state. Never changed."""

    decision_id: str
    lead_id: str
    verdict: Verdict
    #: The state that it was decided in, and that undoing it restores.
    from_state: LeadState
    decided_at: datetime
    #: User id of whoever decided, or typed in what another agency decided on paper.
    decided_by: str
    reason_code: RejectReason | None = None
    reason: str | None = None
    evidence_class: EvidenceClass | None = None
    task: LeadTask | None = None
    #: Name and agency of the officer, when the answer came on paper and was typed in.
    answered_by: str | None = None
    #: Scan of the reply in the vault.
    scan_id: str | None = None
    #: The police answered after their time.
    is_late: bool = False
    #: The decision that this one undoes.
    undoes: str | None = None
