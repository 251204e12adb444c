"""What every way of matching is given, and what it answers."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol

from benchmarks.population.faces import Vectors
from benchmarks.population.filing import FiledRecord
from benchmarks.population.station import Resident
from benchmarks.population.world import World
from matching.model import PersonFacts

#: A record, and the vector of its photo.
Record = tuple[FiledRecord, Vectors | None]

#: How many records an answer holds at most: NIST's investigation mode looks at 50.
MOST = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A resident and the vector of the intake photo, or what is left of them in an ablation."""

    resident: Resident
    face: Vectors | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One record of an answer."""

    record_id: str
    #: On the contender's own scale; more is better.
    score: float
    #: Of being the resident's; None where the way of matching gives none.
    probability: float | None = None
    #: Among those that would be sent to the police: 高度疑似.
    is_strong: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What one way of matching found for one resident, best first."""

    resident: Resident
    found: tuple[Found, ...]
    #: Whether the resident's record was compared at all; None for residents without one.
    is_scored: bool | None = None

    @property
    def place(self) -> int | None:
        """The place of the resident's record, from 1; None when it is not among the found."""
        ids = [each.record_id for each in self.found]
        true = self.resident.true_record
        return ids.index(true) + 1 if true in ids else None


class Contender(Protocol):
    """A way of matching, with the registry already taken in."""

    def answer(self, question: Question) -> Answer:
        """The best records for one resident."""


class Without(StrEnum):
    """What a question leaves out."""

    NOTHING = "nothing"
    FACE = "face"
    #: Names, relatives and home.
    TEXT = "text"
    #: Everything but the face.
    FACTS = "facts"
    #: Everything but what is said: names, relatives, home, speech, work, landmarks.
    REST = "rest"
    #: What the worker says of the resident's speech.
    DIALECT = "dialect"


def questions(world: World) -> Iterator[Question]:
    """Every resident of a world."""
    for resident in world.residents:
        yield Question(resident=resident, face=world.resident_face(resident))


def without(what: Without, asked: Iterable[Question]) -> Iterator[Question]:
    """The questions with something left out."""
    for question in asked:
        yield _LEFT_OUT[what](question)


def _without_face(question: Question) -> Question:
    return replace(question, face=None)


def _without_text(question: Question) -> Question:
    facts = question.resident.probe.facts
    return _with_facts(question, replace(facts, names=(), homes=(), relatives=()))


def _text_alone(question: Question) -> Question:
    resident = question.resident
    told = resident.probe.facts
    said = PersonFacts(
        names=told.names,
        homes=told.homes,
        relatives=told.relatives,
        languages=told.languages,
        work=told.work,
        landmarks=told.landmarks,
    )
    probe = replace(resident.probe, facts=said, found_on=None, found_place=None)
    return replace(question, face=None, resident=replace(resident, probe=probe))


def _face_alone(question: Question) -> Question:
    return _with_facts(question, PersonFacts())


def _without_dialect(question: Question) -> Question:
    resident = question.resident
    probe = replace(resident.probe, dialect=())
    return replace(question, resident=replace(resident, probe=probe, dialect=None))


def _with_facts(question: Question, facts: PersonFacts) -> Question:
    resident = question.resident
    return replace(question, resident=replace(resident, probe=replace(resident.probe, facts=facts)))


_LEFT_OUT = {
    Without.NOTHING: lambda question: question,
    Without.FACE: _without_face,
    Without.TEXT: _without_text,
    Without.FACTS: _face_alone,
    Without.REST: _text_alone,
    Without.DIALECT: _without_dialect,
}
