"""Finding out who somebody is: photos, identifiers, talks, clues, suspicions of where home is."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from matching.model import Relation
from matching.text.testimony.clues import ClueKind


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeCaptured:
    """Name, number, place, portrait and fingerprint were taken and queried for the first time."""

    kind: Literal["intake_captured"] = "intake_captured"
    query_result: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NationalSystemNumbered:
    """The person was entered into the national rescue system."""

    kind: Literal["national_system_numbered"] = "national_system_numbered"
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoTaken:
    """A photo was taken or uploaded; the bytes are in the vault under `photo_id`."""

    kind: Literal["photo_taken"] = "photo_taken"
    photo_id: str
    #: Row id of the vector in the gallery; None when no usable face was chosen.
    face_id: str | None = None


class IdentifierKind(StrEnum):
    """What kind of identifier; biometric ones are references to another agency's system."""

    ID_NUMBER = "id_number"
    FINGERPRINT_REFERENCE = "fingerprint_reference"
    IRIS_REFERENCE = "iris_reference"
    DNA_REFERENCE = "dna_reference"


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentifierRecorded:
    """A number that may identify the person. An ID number was checked for its check digit."""

    kind: Literal["identifier_recorded"] = "identifier_recorded"
    identifier: IdentifierKind
    value: str


class Speaker(StrEnum):
    """Who spoke in a talk."""

    RESIDENT = "resident"
    COMPANION = "companion"
    WORKER = "worker"


@dataclass(frozen=True, slots=True, kw_only=True)
class InterviewHeld:
    """A talk with the resident, word for word as the worker wrote it down."""

    kind: Literal["interview_held"] = "interview_held"
    transcript: str
    #: Where the recording is kept.
    audio_reference: str | None = None
    speakers: tuple[Speaker, ...] = (Speaker.RESIDENT,)
    #: User id of the worker who led the talk, when not the one who typed it.
    led_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AudioKept:
    """A recording of a talk; the bytes are in the vault under `audio_id`."""

    kind: Literal["audio_kept"] = "audio_kept"
    audio_id: str
    #: The line of the talk.
    talk_id: str
    #: By the first bytes of the file.
    media_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InterviewAttempted:
    """A talk was tried and did not come about; with its reason it counts as contact."""

    kind: Literal["interview_attempted"] = "interview_attempted"
    reason: str


class ClueState(StrEnum):
    """What is known of a clue."""

    OPEN = "open"
    VERIFIED = "verified"
    REFUTED = "refuted"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClueMarked:
    """A clue that is worth checking by the police."""

    kind: Literal["clue_marked"] = "clue_marked"
    clue_id: str
    text: str
    #: The entry (talk, photo, form) that it comes from.
    source_entry_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClueJudged:
    """A clue turned out right or wrong. Later judgements stand beside earlier ones."""

    kind: Literal["clue_judged"] = "clue_judged"
    clue_id: str
    state: ClueState
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementJudged:
    """What a stretch of a talk says was put right, verified or refuted, or found by a person.

    The line bears its own origin, so that it stands however the talk is read later.
    """

    kind: Literal["statement_judged"] = "statement_judged"
    #: The entry of the talk.
    source_entry_id: str
    #: `[start, end)` in code points of its transcript.
    start: int
    end: int
    #: What the stretch is about.
    clue: ClueKind
    state: ClueState
    #: What is meant, when it is not what was read: a name, a place, or years (1964, 1962-1966).
    value: str | None = None
    #: For relatives whom nobody had read there.
    relation: Relation | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecialistAssigned:
    """A family-search specialist is named for the case."""

    kind: Literal["specialist_assigned"] = "specialist_assigned"
    user_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePlaceSuspected:
    """A home place became likely enough to ask its rescue station."""

    kind: Literal["home_place_suspected"] = "home_place_suspected"
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeStationContacted:
    """The rescue station of the suspected home place was asked."""

    kind: Literal["home_station_contacted"] = "home_station_contacted"
    station: str
    answer: str | None = None


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


@dataclass(frozen=True, slots=True, kw_only=True)
class SamePersonFound:
    """Somebody judged that another file is this person's, too: the files stay, and count together."""

    kind: Literal["same_person_found"] = "same_person_found"
    pair_id: str
    #: The other file.
    other_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SamePersonUndone:
    """That judgement was taken back."""

    kind: Literal["same_person_undone"] = "same_person_undone"
    pair_id: str
    other_id: str


KnowledgeDetails = (
    IntakeCaptured
    | NationalSystemNumbered
    | PhotoTaken
    | IdentifierRecorded
    | InterviewHeld
    | AudioKept
    | InterviewAttempted
    | ClueMarked
    | ClueJudged
    | StatementJudged
    | SpecialistAssigned
    | HomePlaceSuspected
    | HomeStationContacted
    | IdentityConfirmed
    | IdentityUndone
    | SamePersonFound
    | SamePersonUndone
)
