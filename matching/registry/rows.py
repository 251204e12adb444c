"""Records as rows of whole numbers; the only place that knows how a fact is written as a number."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching.model import BloodType, Candidate, Home, Relation, Sex
from matching.registry.digits import ID_LENGTH, PHONE_LENGTH, whole_numbers
from matching.registry.marks import marks_in
from matching.registry.ragged import Ragged
from matching.registry.vocabulary import NameVocabulary, Vocabulary
from matching.text.normalize import normalize
from matching.text.written_place import written_node, written_places

#: A single fact that is not known.
UNKNOWN: Final = -1
SEXES: Final = tuple(Sex)
RELATIONS: Final = tuple(Relation)
BLOOD_TYPES: Final = tuple(BloodType)

Numbers = NDArray[np.int32]


class Single(StrEnum):
    """Facts of which a record has one at most, `UNKNOWN` where nobody wrote it."""

    SEX = "sex"
    BORN_FROM = "born_from"
    BORN_TO = "born_to"
    HEIGHT = "height"
    #: Days as `date.toordinal`.
    MISSING = "missing"
    BLOOD = "blood"


class Several(StrEnum):
    """Facts of which a record may have several."""

    #: (surname, given name), own name first.
    NAMES = "names"
    #: (relation, surname, given name) of relatives whose name is known.
    RELATIVES = "relatives"
    #: (division,), the deepest that is known.
    HOMES = "homes"
    #: (mark,), see `marks.py`.
    MARKS = "marks"
    #: (division,) where the person went missing, at most one.
    MISSING_PLACES = "missing_places"
    #: The digits of whole numbers; the letter X is 10.
    ID_NUMBERS = "id_numbers"
    PHONES = "phones"
    #: (word,), see `Vocabularies`.
    LANGUAGES = "languages"
    WORK = "work"
    LANDMARKS = "landmarks"


@dataclass(frozen=True, slots=True, eq=False)
class Vocabularies:
    """The words of a registry; they grow, and what has a number keeps it."""

    names: NameVocabulary = field(default_factory=NameVocabulary)
    relatives: NameVocabulary = field(default_factory=NameVocabulary)
    languages: Vocabulary = field(default_factory=Vocabulary)
    work: Vocabulary = field(default_factory=Vocabulary)
    landmarks: Vocabulary = field(default_factory=Vocabulary)


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """N records: single facts have shape (N,)."""

    single: Mapping[Single, Numbers]
    several: Mapping[Several, Ragged]

    @classmethod
    def of(cls, candidates: Iterable[Candidate], words: Vocabularies) -> "Rows":
        """Write down every fact of every candidate."""
        people = tuple(candidates)
        return cls(
            single={
                fact: np.array([write(each) for each in people], np.int32)
                for fact, write in _SINGLE.items()
            },
            several={
                fact: Ragged.of((write(each, words) for each in people), width)
                for fact, (width, write) in _SEVERAL.items()
            },
        )

    def kept(self, rows: NDArray[np.intp]) -> "Rows":
        """These records only, in this order."""
        return Rows(
            single={fact: column[rows] for fact, column in self.single.items()},
            several={fact: column.kept(rows) for fact, column in self.several.items()},
        )

    def followed_by(self, other: "Rows") -> "Rows":
        """These records, then the other's."""
        return Rows(
            single={
                fact: np.concatenate((column, other.single[fact]))
                for fact, column in self.single.items()
            },
            several={
                fact: column.followed_by(other.several[fact])
                for fact, column in self.several.items()
            },
        )


def home_node(home: Home) -> int | None:
    """The deepest division of a home that is known, by its path or else as it was written."""
    if home.path:
        return written_places().node_of_path(home.path)
    return written_node(home.text)


def _sex(candidate: Candidate) -> int:
    return UNKNOWN if candidate.facts.sex is None else SEXES.index(candidate.facts.sex)


def _born_from(candidate: Candidate) -> int:
    return UNKNOWN if candidate.facts.birth is None else candidate.facts.birth.earliest


def _born_to(candidate: Candidate) -> int:
    return UNKNOWN if candidate.facts.birth is None else candidate.facts.birth.latest


def _height(candidate: Candidate) -> int:
    return candidate.facts.height_cm or UNKNOWN


def _missing(candidate: Candidate) -> int:
    return _day(candidate.missing_since)


def _day(day: date | None) -> int:
    return UNKNOWN if day is None else day.toordinal()


def _names(candidate: Candidate, words: Vocabularies) -> list[tuple[int, ...]]:
    return [words.names.numbers(name) for name in candidate.facts.names]


def _relatives(candidate: Candidate, words: Vocabularies) -> list[tuple[int, ...]]:
    return [
        (RELATIONS.index(each.relation), *words.relatives.numbers(each.name))
        for each in candidate.facts.relatives
        if each.name
    ]


def _homes(candidate: Candidate, _words: Vocabularies) -> list[tuple[int, ...]]:
    nodes = (home_node(home) for home in candidate.facts.homes)
    return [(node,) for node in nodes if node is not None]


def _marks(candidate: Candidate, _words: Vocabularies) -> list[tuple[int, ...]]:
    return [(mark,) for mark in sorted(marks_in(candidate.facts.marks))]


def _blood(candidate: Candidate) -> int:
    blood = candidate.facts.blood_type
    return UNKNOWN if blood is None else BLOOD_TYPES.index(blood)


def _missing_places(candidate: Candidate, _words: Vocabularies) -> list[tuple[int, ...]]:
    node = written_node(candidate.missing_place) if candidate.missing_place else None
    return [] if node is None else [(node,)]


def _id_numbers(candidate: Candidate, _words: Vocabularies) -> list[tuple[int, ...]]:
    return whole_numbers(candidate.facts.id_digits, ID_LENGTH)


def _phones(candidate: Candidate, _words: Vocabularies) -> list[tuple[int, ...]]:
    return whole_numbers(candidate.facts.phone_digits, PHONE_LENGTH)


def _languages(candidate: Candidate, words: Vocabularies) -> list[tuple[int, ...]]:
    return _in_words(candidate.facts.languages, words.languages)


def _work(candidate: Candidate, words: Vocabularies) -> list[tuple[int, ...]]:
    return _in_words(candidate.facts.work, words.work)


def _landmarks(candidate: Candidate, words: Vocabularies) -> list[tuple[int, ...]]:
    return _in_words(candidate.facts.landmarks, words.landmarks)


def _in_words(texts: Iterable[str], words: Vocabulary) -> list[tuple[int, ...]]:
    plain = dict.fromkeys(normalize(text) for text in texts)
    return [(words.number(text),) for text in plain if text]


_SINGLE: Final[Mapping[Single, Callable[[Candidate], int]]] = {
    Single.SEX: _sex,
    Single.BORN_FROM: _born_from,
    Single.BORN_TO: _born_to,
    Single.HEIGHT: _height,
    Single.MISSING: _missing,
    Single.BLOOD: _blood,
}
_SEVERAL: Final[
    Mapping[Several, tuple[int, Callable[[Candidate, Vocabularies], list[tuple[int, ...]]]]]
] = {
    Several.NAMES: (2, _names),
    Several.RELATIVES: (3, _relatives),
    Several.HOMES: (1, _homes),
    Several.MARKS: (1, _marks),
    Several.MISSING_PLACES: (1, _missing_places),
    Several.ID_NUMBERS: (ID_LENGTH, _id_numbers),
    Several.PHONES: (PHONE_LENGTH, _phones),
    Several.LANGUAGES: (1, _languages),
    Several.WORK: (1, _work),
    Several.LANDMARKS: (1, _landmarks),
}
