"""Request and response models of the JSON API. They live only here."""

from datetime import datetime
from typing import Annotated, Generic, Self, TypeVar

from pydantic import AwareDatetime, Base64Bytes, BaseModel, ConfigDict, Field

from api.lead_schemas import LeadOut
from casework.cases.case import Case, CaseState, Entry
from casework.cases.view import CaseFile
from casework.clock.station_time import in_station_time
from casework.leads.lead import (
    Decision,
    EvidenceClass,
    LeadState,
    LeadTask,
    RejectReason,
    Verdict,
)
from casework.leads.review import LONGEST_REASON
from casework.leads.view import LeadFile
from casework.records.record import MissingRecord
from casework.windows.ports import DueWindow
from casework.windows.window import Window, WindowOwner, WindowState
from matching.model import PersonFacts, Relation, Sex

T = TypeVar("T")


class ProblemOut(BaseModel):
    """RFC 9457 problem document."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[dict[str, str]] = Field(default_factory=list)
    boxes: list[tuple[int, int, int, int]] = Field(default_factory=list)


class PageOut(BaseModel, Generic[T]):
    """One page of a list; hand `next_cursor` back as `cursor` for the next."""

    items: list[T]
    next_cursor: str | None


class WindowOut(BaseModel):
    """One legal window."""

    kind: str
    owner: WindowOwner
    starts: datetime | None
    due: datetime | None
    provisional: bool
    state: WindowState
    source: str
    sequence: int
    reason: str | None

    @classmethod
    def of(cls, window: Window) -> Self:
        """The public form of a window."""
        return cls(
            kind=window.kind,
            owner=window.owner,
            starts=_at_station(window.starts),
            due=_at_station(window.due),
            provisional=window.provisional,
            state=window.state,
            source=window.source,
            sequence=window.sequence,
            reason=window.reason,
        )


class HomeOut(BaseModel):
    """A home place as written, and its division path where known."""

    text: str
    path: list[str]


class RelativeOut(BaseModel):
    """One relative."""

    relation: Relation
    name: str | None


class FactsOut(BaseModel):
    """What is known about a person; null or empty means not known."""

    names: list[str]
    sex: Sex | None
    birth_earliest: int | None
    birth_latest: int | None
    height_cm: int | None
    homes: list[HomeOut]
    relatives: list[RelativeOut]
    marks: list[str]

    @classmethod
    def of(cls, facts: PersonFacts) -> Self:
        """The public form of a person's facts."""
        return cls(
            names=list(facts.names),
            sex=facts.sex,
            birth_earliest=facts.birth.earliest if facts.birth else None,
            birth_latest=facts.birth.latest if facts.birth else None,
            height_cm=facts.height_cm,
            homes=[HomeOut(text=home.text, path=list(home.path)) for home in facts.homes],
            relatives=[RelativeOut(relation=r.relation, name=r.name) for r in facts.relatives],
            marks=list(facts.marks),
        )


class RecordOut(BaseModel):
    """A missing-person record, without the ID number and phone of whoever reported it."""

    record_id: str
    source: str
    source_number: str
    facts: FactsOut
    missing_since: str | None
    missing_place: str | None
    photo_ids: list[str]

    @classmethod
    def of(cls, record: MissingRecord) -> Self:
        """The public form of a record."""
        return cls(
            record_id=record.record_id,
            source=record.source,
            source_number=record.source_number,
            facts=FactsOut.of(record.facts),
            missing_since=record.missing_since.isoformat() if record.missing_since else None,
            missing_place=record.missing_place,
            photo_ids=list(record.photo_ids),
        )


class DecisionOut(BaseModel):
    """One decision about a lead."""

    verdict: Verdict
    decided_at: datetime
    decided_by: str
    from_state: LeadState
    reason_code: RejectReason | None
    reason: str | None
    evidence_class: EvidenceClass | None
    answered_by: str | None
    is_late: bool

    @classmethod
    def of(cls, decision: Decision, decider: str) -> Self:
        """The public form of a decision; `decider` is the colleague's display name."""
        return cls(
            verdict=decision.verdict,
            decided_at=in_station_time(decision.decided_at),
            decided_by=decider,
            from_state=decision.from_state,
            reason_code=decision.reason_code,
            reason=decision.reason,
            evidence_class=decision.evidence_class,
            answered_by=decision.answered_by,
            is_late=decision.is_late,
        )


class LeadFileOut(LeadOut):
    """One lead with the record it points to and everything decided about it."""

    record: RecordOut
    decisions: list[DecisionOut]

    @classmethod
    def of_file(cls, file: LeadFile) -> Self:
        """The public form of a lead's file."""
        return cls(
            **LeadOut.of(file.lead).model_dump(),
            record=RecordOut.of(file.record),
            decisions=[
                DecisionOut.of(each, file.deciders[each.decided_by]) for each in file.decisions
            ],
        )


class CaseOut(BaseModel):
    """The cover of a case."""

    case_id: str
    number: str
    station: str
    opened_at: datetime
    state: CaseState
    version: int

    @classmethod
    def of(cls, case: Case) -> Self:
        """The public form of a case."""
        return cls(
            case_id=case.case_id,
            number=case.number,
            station=case.station,
            opened_at=in_station_time(case.opened_at),
            state=case.state,
            version=case.version,
        )


class CaseFileOut(CaseOut):
    """A whole case."""

    facts: FactsOut
    transcripts: list[str]
    photo_ids: list[str]
    windows: list[WindowOut]
    leads: list[LeadOut]

    @classmethod
    def of_file(cls, file: CaseFile) -> Self:
        """The public form of a case's file."""
        return cls(
            **CaseOut.of(file.case).model_dump(),
            facts=FactsOut.of(file.probe.facts),
            transcripts=[each.transcript for each in file.interviews],
            photo_ids=list(file.photo_ids),
            windows=[WindowOut.of(each) for each in file.windows],
            leads=[LeadOut.of(each) for each in file.leads],
        )


class OpenedCaseOut(BaseModel):
    """A new case with what its first search found."""

    case_id: str
    number: str
    leads: list[LeadOut]
    windows: list[WindowOut]
    notes: list[str]


class LineIn(BaseModel):
    """One line for a case's file: its kind and the fields of that kind (docs/case-lines.md)."""

    model_config = ConfigDict(extra="forbid")

    kind: Annotated[str, Field(max_length=40)]
    happened_at: AwareDatetime | None = None
    fields: dict[str, object] = Field(default_factory=dict)


class EntryOut(BaseModel):
    """One line as written; its content is read with the case."""

    entry_id: str
    kind: str
    happened_at: datetime
    recorded_at: datetime
    flags: list[str]

    @classmethod
    def of(cls, entry: Entry, flags: tuple[str, ...]) -> Self:
        """The public form of a line."""
        return cls(
            entry_id=entry.entry_id,
            kind=entry.details.kind,
            happened_at=in_station_time(entry.happened_at),
            recorded_at=in_station_time(entry.recorded_at),
            flags=list(flags),
        )


class PhotoOut(BaseModel):
    """A photo that was kept."""

    photo_id: str
    notes: list[str]


class DueOut(BaseModel):
    """One running window and its case."""

    case_id: str
    number: str
    window: WindowOut

    @classmethod
    def of(cls, due: DueWindow) -> Self:
        """The public form of a running window."""
        return cls(case_id=due.case_id, number=due.case_number, window=WindowOut.of(due.window))


class TaskIn(BaseModel):
    """What has to be found out, by whom, until when."""

    model_config = ConfigDict(extra="forbid")

    what: Annotated[str, Field(min_length=1, max_length=LONGEST_REASON)]
    until: AwareDatetime
    #: User id; the sender when left out.
    who: str | None = None

    def task(self, sender: str) -> LeadTask:
        """The task as casework keeps it."""
        return LeadTask(what=self.what, until=self.until, who=self.who or sender)


class DecisionIn(BaseModel):
    """One decision about a lead."""

    model_config = ConfigDict(extra="forbid")

    verdict: Verdict
    reason_code: RejectReason | None = None
    reason: Annotated[str, Field(max_length=LONGEST_REASON)] | None = None
    evidence_class: EvidenceClass | None = None
    task: TaskIn | None = None
    #: Officer and agency of an answer on paper, with the scan of it.
    answered_by: Annotated[str, Field(max_length=LONGEST_REASON)] | None = None
    scan: Base64Bytes | None = None


def _at_station(moment: datetime | None) -> datetime | None:
    return None if moment is None else in_station_time(moment)
