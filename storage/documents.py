"""JSON codecs of the frozen values that are stored as documents. Unknown shapes are refused."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Generic, TypeVar

from pydantic import Field, TypeAdapter
from typing_extensions import TypeForm

from casework.alike.pairs import AlikeDecision
from casework.cases.case import Details
from casework.leads.lead import EvidenceClass, LeadState, LeadTask, RejectReason, Verdict
from casework.rematch.runs import RematchOrder
from casework.search.gallery import SnapshotPin
from casework.search.match_basis import MatchBasis
from casework.windows.window import Window
from matching.compare.notes import Noted
from matching.evidence import Evidence
from matching.face.reading import FaceQuality
from matching.model import PersonFacts, Probe
from matching.ranking import RankedLead

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordDocument:
    """What is sealed of a missing-person record."""

    facts: PersonFacts
    missing_since: date | None
    missing_place: str | None
    id_number: str | None
    contact_phone: str | None
    photo_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionDocument:
    """What is sealed of a decision: who and why."""

    verdict: Verdict
    from_state: LeadState
    decided_by: str
    reason_code: RejectReason | None
    reason: str | None
    evidence_class: EvidenceClass | None
    task: LeadTask | None
    answered_by: str | None
    scan_id: str | None
    is_late: bool
    undoes: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadDocument:
    """What is sealed of a lead."""

    evidence: tuple[Evidence, ...]
    task: LeadTask | None
    whats_new: tuple[str, ...]
    judged: dict[str, float]
    judged_at: datetime | None
    changes: tuple[str, ...] = ()
    calibration_bits: float = 0.0
    same_person_bits: float = 0.0
    rival_bits: float = 0.0
    fingerprint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FindDocument:
    """What is sealed of a pair that re-matching found."""

    ranked: RankedLead
    versions: dict[str, str]
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AlikeDocument:
    """What is sealed of a pair of files."""

    ranked: RankedLead
    versions: dict[str, str]
    judged: dict[str, float]
    judged_at: datetime | None
    whats_new: tuple[str, ...]
    decisions: tuple[AlikeDecision, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorDocument:
    """What is sealed of a second factor."""

    #: Hex.
    key: str
    last_step: int
    recovery: frozenset[str]


class Codec(Generic[T]):
    """Bytes to value and back, by the value's own type."""

    def __init__(self, kind: TypeForm[T]) -> None:
        self._adapter: TypeAdapter[T] = TypeAdapter(kind)

    def dump(self, value: T) -> bytes:
        """Compact JSON, UTF-8."""
        return self._adapter.dump_json(value)

    def load(self, data: bytes | str) -> T:
        """The value; raises pydantic.ValidationError for anything else."""
        return self._adapter.validate_json(data)


DETAILS: Codec[Details] = Codec(Annotated[Details, Field(discriminator="kind")])
RECORD: Codec[RecordDocument] = Codec(RecordDocument)
QUALITY: Codec[FaceQuality] = Codec(FaceQuality)
PIN: Codec[SnapshotPin] = Codec(SnapshotPin)
DECISION: Codec[DecisionDocument] = Codec(DecisionDocument)
LEAD: Codec[LeadDocument] = Codec(LeadDocument)
WINDOW: Codec[Window] = Codec(Window)
FIND: Codec[FindDocument] = Codec(FindDocument)
ALIKE: Codec[AlikeDocument] = Codec(AlikeDocument)
PROBE: Codec[Probe | None] = Codec(Probe | None)
ORDER: Codec[RematchOrder] = Codec(RematchOrder)
NOTED: Codec[Noted] = Codec(Noted)
BASIS: Codec[MatchBasis] = Codec(MatchBasis)
CODES: Codec[dict[str, str]] = Codec(dict[str, str])
FACTOR: Codec[FactorDocument] = Codec(FactorDocument)
