"""What is known about a person, from either side of a search.

Both sides use `PersonFacts`: a resident's facts come from what was seen and heard at the
station, a missing-person record's from what the family or police wrote. An empty tuple or
None always means *not known*, never *none*: matching stays silent about it.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from matching.errors import BadFactError


class Sex(StrEnum):
    """Administrative sex as written on the form."""

    MALE = "male"
    FEMALE = "female"


class BloodType(StrEnum):
    """ABO group."""

    A = "A"
    B = "B"
    O = "O"  # noqa: E741 - its name
    AB = "AB"


class Relation(StrEnum):
    """What the relative is to the person (`docs/glossary.md` has the Chinese words)."""

    FATHER = "father"
    MOTHER = "mother"
    HUSBAND = "husband"
    WIFE = "wife"
    SON = "son"
    DAUGHTER = "daughter"
    ELDER_BROTHER = "elder_brother"
    YOUNGER_BROTHER = "younger_brother"
    ELDER_SISTER = "elder_sister"
    YOUNGER_SISTER = "younger_sister"
    GRANDFATHER = "grandfather"
    GRANDMOTHER = "grandmother"
    UNCLE = "uncle"
    AUNT = "aunt"
    CHILD = "child"
    SIBLING = "sibling"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class YearRange:
    """Calendar years, both ends included."""

    earliest: int
    latest: int

    def __post_init__(self) -> None:
        if self.earliest > self.latest:
            message = "a year range ends before it starts"
            raise BadFactError(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """A home place: as it was written or heard, and its division path where it is known."""

    #: As written on the form or heard in the interview, for example 湖南邵阳龙回.
    text: str
    #: Full official names from the province down; empty when the place is not resolved.
    path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Relative:
    """One relative: the relation, and a name where one was said (perhaps only a surname)."""

    relation: Relation
    name: str | None = None
    #: What the name may be instead: doubts of a talk, other talks, the surname of the family.
    other_readings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFacts:
    """Facts about one person; every field may be unknown."""

    #: Own name first, then former names, nicknames and alternatives heard.
    names: tuple[str, ...] = ()
    sex: Sex | None = None
    birth: YearRange | None = None
    height_cm: int | None = None
    homes: tuple[Home, ...] = ()
    relatives: tuple[Relative, ...] = ()
    #: Scars, moles, disabilities, in words.
    marks: tuple[str, ...] = ()
    #: What a stranger's guess of the age leaves open, beside a stated birth.
    apparent_birth: YearRange | None = None
    blood_type: BloodType | None = None
    #: Digits of the own ID number and of a relative's phone, whole or as far as remembered.
    id_digits: tuple[str, ...] = ()
    phone_digits: tuple[str, ...] = ()
    #: Ways of speaking, kinds of work and landmarks near home, in words.
    languages: tuple[str, ...] = ()
    work: tuple[str, ...] = ()
    landmarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """The resident a search is about."""

    case_id: str
    facts: PersonFacts = field(default_factory=PersonFacts)
    #: The day the person was found or admitted.
    found_on: date | None = None
    found_place: str | None = None
    #: Dialect groups with their chances, as far as the speech was judged; sums to 1, or is empty.
    dialect: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A missing-person record as matching sees it."""

    record_id: str
    facts: PersonFacts = field(default_factory=PersonFacts)
    missing_since: date | None = None
    missing_place: str | None = None
