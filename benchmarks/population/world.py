"""One simulated world: a registry of any size, the residents of stations, and who is who."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from random import Random

from benchmarks.population.faces import Exact, FaceModel, Vectors
from benchmarks.population.filing import FiledRecord, file_record, record_id
from benchmarks.population.parameters import Lookalikes, Parameters
from benchmarks.population.persons import (
    Person,
    draw_person,
    namesake_of,
    sibling_of,
    twin_of,
)
from benchmarks.population.station import Resident, meet

#: Numbers of people without a record begin here.
UNREPORTED = 1_000_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookalike:
    """A record of somebody else who is like a resident."""

    #: sibling, twin or namesake.
    kind: str
    resident: Resident
    person: Person
    #: How much the two faces have in common.
    correlation: float


@dataclass(frozen=True)
class World:
    """`size` records and `count` residents, drawn from `seed`; the same at every call."""

    parameters: Parameters
    seed: int
    size: int
    count: int

    @cached_property
    def residents(self) -> tuple[Resident, ...]:
        """In no particular order; the share of `with_record` has one."""
        rng = Random(f"{self.seed} residents")
        known = round(self.count * self.parameters.people.with_record)
        numbers = rng.sample(range(self.size - self._kept_for_lookalikes), known)
        numbers += [UNREPORTED + number for number in range(self.count - known)]
        rng.shuffle(numbers)
        return tuple(self._resident(number) for number in numbers)

    @cached_property
    def lookalikes(self) -> tuple[Lookalike, ...]:
        """The last records of the registry."""
        found: list[Lookalike] = []
        for resident in self.residents:
            rng = Random(f"{self.seed} lookalike {resident.person.number}")
            kind = _drawn_kind(self.parameters.lookalikes, rng)
            if kind and len(found) < self._kept_for_lookalikes:
                number = self.size - 1 - len(found)
                found.append(self._lookalike(kind, resident, number, rng))
        return tuple(found)

    def registry(self) -> Iterator[FiledRecord]:
        """Every record, once."""
        for number in range(self.size - len(self.lookalikes)):
            yield file_record(self._person(number), self.parameters, self.seed)
        for lookalike in reversed(self.lookalikes):
            yield file_record(lookalike.person, self.parameters, self.seed)

    def record_face(self, record: FiledRecord) -> Vectors | None:
        """The vector of the record's photo, float32 of shape (128,); None without a photo."""
        if record.photo is None:
            return None
        identity = self._identity(record.person.number)
        return self._faces.vector(identity, record.person.sex, record.photo)

    def resident_face(self, resident: Resident) -> Vectors | None:
        """The vector of the intake photo; None when it shows no usable face."""
        if resident.photo is None:
            return None
        number = resident.person.number
        known = None
        if resident.true_record is not None:
            known = file_record(resident.person, self.parameters, self.seed).photo
        identity = self._faces.another_photo(self._identity(number), known, resident.photo, number)
        return self._faces.vector(identity, resident.person.sex, resident.photo)

    @property
    def _kept_for_lookalikes(self) -> int:
        """How many numbers no resident has."""
        return self.size // 20

    @cached_property
    def _faces(self) -> FaceModel:
        return FaceModel(self.parameters.faces, self.seed)

    @cached_property
    def _lookalike_of(self) -> dict[int, Lookalike]:
        return {each.person.number: each for each in self.lookalikes}

    def _person(self, number: int) -> Person:
        return draw_person(self.parameters, self.seed, number)

    def _resident(self, number: int) -> Resident:
        true = record_id(number) if number < UNREPORTED else None
        return meet(self._person(number), true, self.parameters, self.seed)

    def _lookalike(self, kind: str, resident: Resident, number: int, rng: Random) -> Lookalike:
        draw: dict[str, Callable[..., Person]] = {
            "sibling": sibling_of,
            "twin": twin_of,
            "namesake": namesake_of,
        }
        faces = self.parameters.faces
        identical = kind == "twin" and rng.random() < faces.identical
        correlation = faces.twins if identical else faces.siblings
        return Lookalike(
            kind=kind,
            resident=resident,
            person=draw[kind](resident.person, self.parameters, self.seed, number),
            correlation=0.0 if kind == "namesake" else correlation,
        )

    def _identity(self, number: int) -> Exact:
        lookalike = self._lookalike_of.get(number)
        if lookalike is None:
            return self._faces.identity(number)
        theirs = self._faces.identity(lookalike.resident.person.number)
        return self._faces.relative(theirs, lookalike.correlation, number)


def _drawn_kind(shares: Lookalikes, rng: Random) -> str | None:
    drawn = rng.random()
    for kind in ("sibling", "twin", "namesake"):
        drawn -= getattr(shares, kind)
        if drawn < 0:
            return kind
    return None
