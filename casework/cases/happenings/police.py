"""Between station and police: requests, receipts, answers, DNA, foreigners, suspicion of abduction."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class ClueSentToPolice:
    """A lead was forwarded to the police for verification."""

    kind: Literal["clue_sent_to_police"] = "clue_sent_to_police"
    lead_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityRequestSent:
    """Police were asked to help establish the identity (协查申请), with clues and photo."""

    kind: Literal["identity_request_sent"] = "identity_request_sent"
    request_id: str
    agency: str
    #: What was sent along.
    clues: tuple[str, ...] = ()
    photo_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityRequestReceived:
    """The police have the request; their 48 hours begin."""

    kind: Literal["identity_request_received"] = "identity_request_received"
    request_id: str
    receipt: str | None = None


class Answer(StrEnum):
    """What came back from a query."""

    FOUND = "found"
    NOT_FOUND = "not_found"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityAnswered:
    """The police answered an assistance request."""

    kind: Literal["identity_answered"] = "identity_answered"
    request_id: str
    answer: Answer
    #: Who decided at the police, when the answer came on paper.
    answered_by: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DnaRequested:
    """Police were asked to take a DNA sample."""

    kind: Literal["dna_requested"] = "dna_requested"
    request_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DnaSampled:
    """The sample was taken."""

    kind: Literal["dna_sampled"] = "dna_sampled"
    request_id: str
    #: Who said so at the police, when it came on paper.
    answered_by: str | None = None
    sample_reference: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DnaResult:
    """The comparison came back."""

    kind: Literal["dna_result"] = "dna_result"
    request_id: str
    answer: Answer
    #: Who decided at the police, when the result came on paper.
    answered_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignerSuspected:
    """The person may be a foreigner or from Hong Kong, Macao or Taiwan."""

    kind: Literal["foreigner_suspected"] = "foreigner_suspected"
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignerReported:
    """The police were told of the suspicion."""

    kind: Literal["foreigner_reported"] = "foreigner_reported"


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignerFoundLegal:
    """Police found that the person is legally in the country."""

    kind: Literal["foreigner_found_legal"] = "foreigner_found_legal"
    #: Who decided at the police, when the finding came on paper.
    answered_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignAffairsTold:
    """The foreign (or HK-Macao-Taiwan) affairs office was told."""

    kind: Literal["foreign_affairs_told"] = "foreign_affairs_told"


@dataclass(frozen=True, slots=True, kw_only=True)
class AbductionSuspected:
    """Lost, abandoned, abducted or held for labour? Everything takes the protected path from here."""

    kind: Literal["abduction_suspected"] = "abduction_suspected"
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AbductionFinding:
    """What the police found about the suspicion."""

    kind: Literal["abduction_finding"] = "abduction_finding"
    #: Whether a crime is likely; the protected path ends only when it is not.
    crime_likely: bool
    #: Who decided at the police, when the finding came on paper.
    answered_by: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PoliceReportReceived:
    """Police passed on a report of somebody missing; everyone in care is compared with it."""

    kind: Literal["police_report_received"] = "police_report_received"
    report_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PoliceReportAnswered:
    """The police were told whether somebody in care may be the missing person."""

    kind: Literal["police_report_answered"] = "police_report_answered"
    report_id: str
    answer: Answer


PoliceDetails = (
    ClueSentToPolice
    | IdentityRequestSent
    | IdentityRequestReceived
    | IdentityAnswered
    | DnaRequested
    | DnaSampled
    | DnaResult
    | ForeignerSuspected
    | ForeignerReported
    | ForeignerFoundLegal
    | ForeignAffairsTold
    | AbductionSuspected
    | AbductionFinding
    | PoliceReportReceived
    | PoliceReportAnswered
)
