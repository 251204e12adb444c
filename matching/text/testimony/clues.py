"""A clue: one stretch of a talk, what it seems to say, and who said it."""

from dataclasses import dataclass
from enum import StrEnum

from matching.model import Relation, YearRange


class ClueKind(StrEnum):
    """What a clue is about."""

    HOME_PLACE = "home_place"
    OTHER_PLACE = "other_place"
    SELF_NAME = "self_name"
    RELATIVE = "relative"
    AGE_OR_BIRTH = "age_or_birth"
    DIALECT_MARKER = "dialect_marker"
    LANDMARK = "landmark"
    BODY_MARK = "body_mark"
    EVENT = "event"
    POSSIBLE_ABDUCTION = "possible_abduction"
    WORK = "work"
    ID_DIGITS = "id_digits"
    PHONE_DIGITS = "phone_digits"


class Speaker(StrEnum):
    """Who is behind a stretch: the resident, the worker (questions, guesses), or a note."""

    RESIDENT = "resident"
    WORKER = "worker"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clue:
    """A clue and its place: `[start, end)` in code points of the text as given."""

    kind: ClueKind
    start: int
    end: int
    #: The stretch itself.
    text: str
    speaker: Speaker
    #: The reading that is most likely meant: a name, a place as heard, a word of the table.
    value: str
    #: Other readings, likelier ones first, without `value`.
    alternatives: tuple[str, ...] = ()
    #: How sure it is that the stretch says this at all, 0 to 1 (house figures, not probabilities).
    confidence: float = 0.5
    #: For relatives.
    relation: Relation | None = None
    #: For ages, births and dated events.
    years: YearRange | None = None
    #: For places: where the family lives that a woman was born into (娘家).
    is_mothers_home: bool = False

    @property
    def readings(self) -> tuple[str, ...]:
        """Every reading, the likeliest first."""
        return (self.value, *self.alternatives)


def in_order(clue: Clue) -> tuple[int, int, str]:
    """Sort key: as the text goes."""
    return clue.start, clue.end, clue.kind.value
