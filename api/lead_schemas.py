"""A lead and its evidence as the JSON API shows them."""

from datetime import datetime
from typing import Self

from pydantic import BaseModel

from casework.clock.station_time import in_station_time
from casework.leads.lead import Lead, LeadState
from matching.evidence import Evidence, Signal, Stance
from matching.fusion import Band


class EvidenceOut(BaseModel):
    """One comparison in bits."""

    signal: Signal
    bits: float
    stance: Stance
    detail: str
    probe: str | None
    candidate: str | None

    @classmethod
    def of(cls, evidence: Evidence) -> Self:
        """The public form of one piece of evidence."""
        return cls(
            signal=evidence.signal,
            bits=evidence.bits,
            stance=evidence.stance,
            detail=evidence.detail,
            probe=evidence.probe_value,
            candidate=evidence.candidate_value,
        )


class LeadOut(BaseModel):
    """One lead."""

    lead_id: str
    case_id: str
    record_id: str
    rank: int
    probability: float
    bits: float
    prior_bits: float
    #: bits + calibration_bits + same_person_bits + rival_bits is the log2 odds of `probability`.
    calibration_bits: float
    same_person_bits: float
    rival_bits: float
    band: Band
    state: LeadState
    found_at: datetime
    due: datetime | None
    #: User id of whoever is reviewing it.
    holder: str | None
    whats_new: list[str]
    changes: list[str]
    in_conflict: bool
    version: int
    evidence: list[EvidenceOut]
    versions: dict[str, str]

    @classmethod
    def of(cls, lead: Lead) -> Self:
        """The public form of a lead."""
        return cls(
            lead_id=lead.lead_id,
            case_id=lead.case_id,
            record_id=lead.record_id,
            rank=lead.rank,
            probability=lead.probability,
            bits=lead.bits,
            prior_bits=lead.prior_bits,
            calibration_bits=lead.calibration_bits,
            same_person_bits=lead.same_person_bits,
            rival_bits=lead.rival_bits,
            band=lead.band,
            state=lead.state,
            found_at=in_station_time(lead.found_at),
            due=None if lead.due is None else in_station_time(lead.due),
            holder=lead.holder,
            whats_new=list(lead.whats_new),
            changes=list(lead.changes),
            in_conflict=lead.in_conflict,
            version=lead.version,
            evidence=[EvidenceOut.of(each) for each in lead.evidence],
            versions=dict(lead.versions),
        )
