"""One person, one file: a case and the append-only entries that make up its history.

What is known about a resident is never overwritten: every fact arrives as an `Entry` that says
when it happened, when it was recorded and by whom. The current view is a fold over the entries
(`casework.cases.view`), so what was known when can always be read back.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from casework.cases.happenings.care import CareDetails
from casework.cases.happenings.knowledge import KnowledgeDetails
from casework.cases.happenings.police import PoliceDetails
from casework.cases.happenings.public import PublicDetails
from casework.cases.happenings.registration import RegistrationDetails
from casework.cases.happenings.sight import SightDetails
from casework.cases.happenings.station import StationDetails
from matching.model import BloodType, Sex


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
    #: User id of the specialist whose case it is; None until somebody is named.
    assignee: str | None = None


Details = (
    CareDetails
    | KnowledgeDetails
    | PoliceDetails
    | PublicDetails
    | RegistrationDetails
    | SightDetails
    | StationDetails
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
    blood_type: BloodType | None = None
    work: str | None = None
    #: As many digits of the ID number, or of a relative's phone, as the person remembers.
    id_digits: str | None = None
    phone_digits: str | None = None
