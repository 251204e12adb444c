"""One person, one file: a case and the append-only entries that make up its history.

What is known about a resident is never overwritten: every fact arrives as an `Entry` that says
when it happened, when it was recorded and by whom. The current view is a fold over the entries
(`casework.case_view`), so what was known when can always be read back.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal

from matching.model import PersonFacts, Sex


class CaseState(StrEnum):
    """Whether the station still works on the case."""

    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """The cover of a file. Everything about the person is in its entries."""

    case_id: str
    #: Human number, year and running number of the station: 2026-0311.
    number: str
    station: str
    opened_at: datetime
    state: CaseState = CaseState.OPEN
    #: Grows by one with every entry; a writer must name the version it read.
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Admitted:
    """The person came into the station's care."""

    kind: Literal["admitted"] = "admitted"
    #: Who brought the person: police, passers-by, self … in words of the form.
    brought_by: str | None = None
    found_place: str | None = None
    #: What the desk wrote into the fields of the form; unknown where empty.
    facts: PersonFacts = PersonFacts()
    #: The desk's own estimate in years; kept apart from anything the resident says.
    apparent_age: int | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoTaken:
    """A photo was taken or uploaded; the bytes are in the vault under `photo_id`."""

    kind: Literal["photo_taken"] = "photo_taken"
    photo_id: str
    #: Row id of the vector in the gallery; None when no usable face was chosen.
    face_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InterviewHeld:
    """A talk with the resident, word for word as the worker wrote it down."""

    kind: Literal["interview_held"] = "interview_held"
    transcript: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClueSentToPolice:
    """A lead was forwarded to the police for verification."""

    kind: Literal["clue_sent_to_police"] = "clue_sent_to_police"
    lead_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityConfirmed:
    """The police confirmed who the person is."""

    kind: Literal["identity_confirmed"] = "identity_confirmed"
    lead_id: str
    record_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityUndone:
    """A confirmation was taken back or contradicted; the identity is open again."""

    kind: Literal["identity_undone"] = "identity_undone"
    lead_id: str
    #: `undone` or `conflict`.
    reason: str


Details = (
    Admitted | PhotoTaken | InterviewHeld | ClueSentToPolice | IdentityConfirmed | IdentityUndone
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the file: what happened, when, and who wrote it down."""

    entry_id: str
    case_id: str
    #: When it happened in the world (timezone-aware).
    happened_at: datetime
    #: When it was written down (timezone-aware).
    recorded_at: datetime
    recorded_by: str
    details: Details


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeForm:
    """What the desk filled in. `None` or empty means not known."""

    name: str | None = None
    sex: Sex | None = None
    birth_year: int | None = None
    apparent_age: int | None = None
    height_cm: int | None = None
    household_place: str | None = None
    admitted_at: datetime | None = None
    brought_by: str | None = None
    marks: str | None = None
    note: str | None = None
