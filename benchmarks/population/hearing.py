"""From what a resident says to what a clerk who knows only Mandarin writes down.

Speakers of a strong dialect sound like a dialect point that no shipped matrix learns from
(`tables.hearings`); nothing here looks at the matrices.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from random import Random

from benchmarks.population.parameters import Parameters, stepped
from benchmarks.population.persons import Person
from benchmarks.population.places import Origin
from benchmarks.population.tables import (
    hearings,
    name_homophone,
    place_homophone,
    surname_homophone,
)
from matching.text.place_core import core

_SHORTEST_CORE = 2


@dataclass(frozen=True, slots=True)
class Clerk:
    """What comes through from one resident."""

    world: Parameters
    #: Meant character -> heard one; empty when the resident speaks clearly.
    mishears: Mapping[str, str]
    rng: Random

    @classmethod
    def listening_to(cls, person: Person, world: Parameters, rng: Random) -> "Clerk":
        strong = stepped(world.people.strong_dialect, person.age_when_found)
        point = person.origin.speech.point
        is_strong = bool(point) and rng.random() < strong
        return cls(world, hearings()[point] if is_strong else {}, rng)

    def name(self, surname: str, given: str) -> str:
        """A name as it is written down."""
        hearing = self.world.hearing
        first = "".join(
            self._name_char(char, hearing.homophone_surname, surname_homophone) for char in surname
        )
        return first + "".join(
            self._name_char(char, hearing.homophone_given, name_homophone) for char in given
        )

    def place(self, origin: Origin, depth: int) -> str:
        """A place down to a depth, in one phrase, without this and that."""
        return "".join(self._levels(origin, depth))

    def _levels(self, origin: Origin, depth: int) -> Iterator[str]:
        hearing, path = self.world.hearing, origin.to_depth(depth)
        for level, name in enumerate(path):
            is_last = level == len(path) - 1
            is_above = level < origin.county - 1
            drops = hearing.drops_city if level else hearing.drops_province
            if is_above and not is_last and self.rng.random() < drops:
                continue
            is_county = level == origin.county - 1
            yield self._short(name) if is_above else self._heard_place(name, is_county=is_county)

    def _short(self, name: str) -> str:
        """Mostly without what kind of place it is."""
        bare = core(name)
        is_short = (
            len(bare) >= _SHORTEST_CORE and self.rng.random() < self.world.hearing.drops_suffix
        )
        return bare if is_short else name

    def _heard_place(self, name: str, *, is_county: bool) -> str:
        """Clerks know provinces, cities, and the words 县, 镇, 村."""
        hearing = self.world.hearing
        homophone = hearing.homophone_county if is_county else hearing.homophone_place
        bare, said = core(name), self._short(name)
        if not said.startswith(bare):
            return said
        return "".join(self._place_char(char, homophone) for char in bare) + said[len(bare) :]

    def _name_char(self, char: str, homophone: float, written: Callable[[str, Random], str]) -> str:
        heard = self._misheard(char)
        if heard is not None:
            return written(heard, self.rng)
        return written(char, self.rng) if self.rng.random() < homophone else char

    def _place_char(self, char: str, homophone: float) -> str:
        heard = self._misheard(char)
        if heard is not None:
            return heard
        return place_homophone(char, self.rng) if self.rng.random() < homophone else char

    def _misheard(self, char: str) -> str | None:
        heard = self.mishears.get(char)
        is_misheard = heard is not None and self.rng.random() < self.world.hearing.by_dialect
        return heard if is_misheard else None
