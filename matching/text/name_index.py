"""Millions of names searched by sound: distinct surnames times distinct given names, then joined.

Every name is scored exactly. A name costs what its surname and its given name cost; given names
that cannot reach the best names found, even with the cheapest surname, are not joined.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching.text.heard_name import HeardName
from matching.text.name_costs import heard_as
from matching.text.name_parts import NameParts
from matching.text.name_tables import name_weights
from matching.text.names import PersonName, alternatives, split_name
from matching.text.runs import runs
from matching.text.smallest import smallest
from matching.text.sound_costs import SoundCosts
from matching.text.speakers import Speakers
from matching.text.symbols import Costs

_FIRST_LOOK: Final = 2_000
#: Names that every group of speakers scores by itself.
_SHORTLIST: Final = 300
_ROUNDING: Final = 1e-3
#: Most names have three.
_SYLLABLES: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class NameHit:
    """A distinct name of the index: its number, and -ln of the likelihood of what was heard."""

    number: int
    cost: float

    @property
    def score(self) -> float:
        """The likelihood of what was heard, by the geometric mean of three syllables; 0 to 1."""
        return math.exp(-max(0.0, self.cost) / _SYLLABLES)


@dataclass(frozen=True, slots=True, eq=False)
class NameIndex:
    """Distinct names, grouped by given name; `names[number]` is the text as it was given."""

    names: tuple[str, ...]
    surnames: NameParts
    given: NameParts
    #: Names sorted by given name: their numbers, their surnames, and where each given name starts.
    order: NDArray[np.intp]
    surname_of: NDArray[np.intp]
    starts: NDArray[np.intp]

    @classmethod
    def build(cls, names: Iterable[str]) -> "NameIndex":
        """Index every distinct name; what is no Chinese name counts as a given name."""
        distinct = tuple(dict.fromkeys(names))
        split = [split_name(each) for each in distinct]
        surnames: dict[str, int] = {"": 0}
        given: dict[str, int] = {"": 0}
        rows = np.array(
            [
                (
                    surnames.setdefault(n.surname, len(surnames)),
                    given.setdefault(n.given, len(given)),
                )
                for n in split
            ],
            np.intp,
        ).reshape(-1, 2)
        order = np.argsort(rows[:, 1], kind="stable")
        counts = np.bincount(rows[:, 1], minlength=len(given))
        return cls(
            names=distinct,
            surnames=NameParts.surnames(surnames),
            given=NameParts.given(given),
            order=order,
            surname_of=rows[order, 0],
            starts=np.concatenate(([0], np.cumsum(counts))).astype(np.intp),
        )

    def nearest(self, heard: str, sound: SoundCosts, limit: int) -> tuple[NameHit, ...]:
        """The `limit` likeliest names, likeliest first; empty when nothing can be read."""
        best: dict[int, float] = {}
        for name in map(split_name, alternatives(heard)):
            numbers, costs = self._nearest(name, sound, limit)
            for number, cost in zip(numbers.tolist(), costs.tolist(), strict=True):
                best[number] = min(cost, best.get(number, np.inf))
        order = sorted(best, key=lambda number: (best[number], number))[: max(0, limit)]
        return tuple(NameHit(number=number, cost=best[number]) for number in order)

    def _nearest(
        self, name: PersonName, sound: SoundCosts, limit: int
    ) -> tuple[NDArray[np.intp], Costs]:
        """The cheapest names for one way of reading what was heard."""
        surname, given = heard_as(name)
        if not surname and not given:
            return np.empty(0, np.intp), np.empty(0, np.float32)
        weights = name_weights()
        rows, costs = self._cheapest_pairs(
            self.surnames.costs(surname, sound, weights.surname_unsaid),
            self.given.costs(given, sound, weights.given_unsaid),
            max(limit, _SHORTLIST) if sound.speakers else limit,
        )
        if sound.speakers is not None:
            costs = self._spoken(rows, (surname, given), sound, sound.speakers)
            best = smallest(costs, limit)
            rows, costs = rows[best], costs[best]
        return self.order[rows], costs

    def _spoken(
        self,
        rows: NDArray[np.intp],
        heard: tuple[HeardName, HeardName],
        sound: SoundCosts,
        speakers: Speakers,
    ) -> Costs:
        """-ln P(heard | name), one group explaining the whole of it; `rows`: places in `order`."""
        weights = name_weights()
        given = np.searchsorted(self.starts, rows, side="right") - 1
        by_name = np.zeros((len(speakers.weights), len(rows)), np.float32)
        for parts, numbers, said, unsaid in (
            (self.surnames, self.surname_of[rows], heard[0], weights.surname_unsaid),
            (self.given, given, heard[1], weights.given_unsaid),
        ):
            kept, at = parts.part(numbers)
            by_name += kept.costs_by_speaker(said, sound, speakers, unsaid)[:, at]
        least = by_name.min(0)
        costs: Costs = least - np.log(speakers.weights @ np.exp(least - by_name))
        return costs

    def _cheapest_pairs(
        self, surnames: Costs, given: Costs, limit: int
    ) -> tuple[NDArray[np.intp], Costs]:
        """The cheapest pairs that are names, as places in `order`: of the likeliest given names, then of all in reach."""
        first = smallest(given, _FIRST_LOOK)
        numbers, costs = self._pairs(surnames, given, first, limit)
        bound = float(costs[-1]) if len(costs) == limit else np.inf
        reach = np.flatnonzero(given <= bound - float(surnames.min()) + _ROUNDING)
        if len(reach) > len(first) or np.isinf(bound):
            return self._pairs(surnames, given, reach, limit)
        return numbers, costs

    def _pairs(
        self, surnames: Costs, given: Costs, parts: NDArray[np.intp], limit: int
    ) -> tuple[NDArray[np.intp], Costs]:
        """Where the cheapest names that have one of these given names stand in `order`, cheapest first."""
        counts = self.starts[parts + 1] - self.starts[parts]
        rows = runs(self.starts[parts], counts)
        costs = surnames[self.surname_of[rows]] + np.repeat(given[parts], counts)
        best = smallest(costs, limit)
        return rows[best], costs[best]
