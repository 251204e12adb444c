"""Coming, staying, going: contact in the street, admission, placement, visits, departure, death."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from matching.model import PersonFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class StreetHelped:
    """Somebody was helped in the street and not admitted."""

    kind: Literal["street_helped"] = "street_helped"
    where: str | None = None
    facts: PersonFacts = PersonFacts()
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PoliceHandOver:
    """The form that comes with a person brought by police (三(五))."""

    agency: str
    officer: str
    #: What the police found when they queried the identity before bringing the person.
    query_result: str
    found_place: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Admitted:
    """The person came into the station's care."""

    kind: Literal["admitted"] = "admitted"
    #: Who brought the person: police, passers-by, self … in words of the form.
    brought_by: str | None = None
    hand_over: PoliceHandOver | None = None
    found_place: str | None = None
    #: What the desk wrote into the fields of the form; unknown where empty.
    facts: PersonFacts = PersonFacts()
    #: The desk's own estimate in years; kept apart from anything the resident says.
    apparent_age: int | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """The person was taken to live at an institution or hospital; daily talks become weekly visits."""

    kind: Literal["placed"] = "placed"
    institution: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacementEnded:
    """The person came back to the station or left the institution."""

    kind: Literal["placement_ended"] = "placement_ended"
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitRecorded:
    """Somebody of the station visited the person at the institution."""

    kind: Literal["visit_recorded"] = "visit_recorded"
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InstitutionReported:
    """The institution reported on the person."""

    kind: Literal["institution_reported"] = "institution_reported"
    note: str | None = None


class DepartureKind(StrEnum):
    """How somebody left the station's care."""

    HANDED_TO_FAMILY = "handed_to_family"
    ESCORTED_HOME = "escorted_home"
    OWN_WISH = "own_wish"


@dataclass(frozen=True, slots=True, kw_only=True)
class Departed:
    """The person left the station's care."""

    kind: Literal["departed"] = "departed"
    how: DepartureKind
    destination: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Transferred:
    """The person was handed to another rescue station."""

    kind: Literal["transferred"] = "transferred"
    station: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Died:
    """The person died; the identity may still be searched for the family's sake."""

    kind: Literal["died"] = "died"
    note: str | None = None


class IncidentKind(StrEnum):
    """走失、伤亡、被冒领 (二(一), 二(二)1)."""

    ABSCONDED = "absconded"
    INJURED = "injured"
    DIED = "died"
    FALSELY_CLAIMED = "falsely_claimed"


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentHappened:
    """Something that civil affairs must be told of at once."""

    kind: Literal["incident_happened"] = "incident_happened"
    incident: IncidentKind
    incident_id: str
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentNotified:
    """Civil affairs were told."""

    kind: Literal["incident_notified"] = "incident_notified"
    incident_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentReported:
    """Civil affairs reported to the government and the superior department."""

    kind: Literal["incident_reported"] = "incident_reported"
    incident_id: str


CareDetails = (
    StreetHelped
    | Admitted
    | Placed
    | PlacementEnded
    | VisitRecorded
    | InstitutionReported
    | Departed
    | Transferred
    | Died
    | IncidentHappened
    | IncidentNotified
    | IncidentReported
)
