"""Which divisions the spans of a text may name together: each place with what speaks for it.

A place is worth what its own name and the names above it explain of the words; parents of former
times count, and a city that is only near counts a little. Spans of one path never overlap.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching.text.gazetteer import CITY, COUNTY, PROVINCE, Gazetteer
from matching.text.place_phrases import level_shares, place_support
from matching.text.place_spans import SpanMatch

#: Readings of one node's own name that are tried with its parents.
_OWN: Final = 3
#: Spans that are weighed for one name above a place.
_SPANS: Final = 3


@dataclass(frozen=True, slots=True)
class Support:
    """A span that names something above a place, and the bits it adds."""

    match: SpanMatch
    worth: float
    is_former_parent: bool = False


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """A node, and the spans that name it and its parents."""

    node: int
    bits: float
    matches: tuple[SpanMatch, ...]
    former_parent: bool


@dataclass(frozen=True, eq=False)
class SpanIndex:
    """The span matches of one text by node and by core."""

    places: Gazetteer
    matches: list[SpanMatch]
    #: What support from another stretch is worth.
    elsewhere: float
    #: How many divisions of each level there are to choose from.
    level_counts: NDArray[np.intp]

    def hypotheses(self, stretch: int) -> list[Hypothesis]:
        """The nodes that one stretch may name, likeliest first."""
        best: dict[int, Hypothesis] = {}
        for node, own in self.by_node.items():
            for match in own[:_OWN]:
                if node >= 0 and match.stretch == stretch:
                    found = self._hypothesis(match)
                    if node not in best or found.bits > best[node].bits:
                        best[node] = found
        return sorted(best.values(), key=lambda each: (-each.bits, each.node))

    @cached_property
    def by_node(self) -> dict[int, list[SpanMatch]]:
        """Matches of each node, strongest first; the same span once."""
        return _strongest_first((match.node, match) for match in self.matches)

    @cached_property
    def by_core(self) -> dict[int, list[SpanMatch]]:
        """Matches of each core, strongest first."""
        return _strongest_first((match.core, match) for match in self.matches)

    @cached_property
    def cities(self) -> dict[int, list[SpanMatch]]:
        """Matches of cities by their province."""
        found: dict[int, list[SpanMatch]] = defaultdict(list)
        for match in self.matches:
            if match.node >= 0 and self.places.levels[match.node] == CITY:
                found[self.places.ancestors(match.node)[PROVINCE]].append(match)
        return found

    def _hypothesis(self, own: SpanMatch) -> Hypothesis:
        """One reading of a node's own name, with the support of what is and was above it."""
        chain = self.places.ancestors(own.node)
        chosen = most_worth(self._supports(own, chain))
        bits = own.bits + sum(each.worth for each in chosen) + self._prior(own.node)
        matches = (own, *(each.match for each in chosen))
        return Hypothesis(
            own.node,
            bits + self._slip(chain, matches),
            matches,
            any(each.is_former_parent for each in chosen),
        )

    def _supports(self, own: SpanMatch, chain: Sequence[int]) -> list[list[Support]]:
        """For each name above a place, and each it had above it before, what may speak for it."""
        former = [core for node in chain for core in self.places.former_parents.get(node, ())]
        return [
            *(self._support(self.by_node.get(node, ()), own) for node in reversed(chain[:-1])),
            [
                replace(
                    each, worth=each.worth * place_support().former_parent, is_former_parent=True
                )
                for core in former
                for each in self._support(self.by_core.get(core, ()), own)
            ],
        ]

    def _support(self, matches: Iterable[SpanMatch], own: SpanMatch) -> list[Support]:
        """The matches that leave the place's own span alone, with what they add."""
        free = (match for match in matches if not match.overlaps(own))
        return [Support(match, self._worth(match, own)) for match in islice(free, _SPANS)]

    def _worth(self, match: SpanMatch, own: SpanMatch) -> float:
        if match.stretch != own.stretch:
            return match.bits * self.elsewhere
        return match.bits + (place_support().wrong_order if match.start > own.start else 0.0)

    def _slip(self, chain: Sequence[int], chosen: Sequence[SpanMatch]) -> float:
        """A city of the same province was named that is not above this place."""
        if len(chain) <= COUNTY - 1 or len(chosen) > 1:
            return 0.0
        cities = (
            match.bits
            for match in self.cities.get(chain[PROVINCE], ())
            if match.node not in chain and not match.overlaps(chosen[0])
        )
        return min(place_support().slip_most, max(cities, default=0.0))

    def _prior(self, node: int) -> float:
        level = int(self.places.levels[node])
        return math.log2(level_shares()[level] / max(1, int(self.level_counts[level])))


def most_worth(choices: Sequence[Sequence[Support]]) -> tuple[Support, ...]:
    """At most one support from each, none overlapping another, worth most together."""
    if not choices:
        return ()
    rest = choices[1:]
    best = most_worth(rest)
    total = sum(each.worth for each in best)
    for support in choices[0]:
        clear = [[each for each in one if not each.match.overlaps(support.match)] for one in rest]
        more = (support, *most_worth(clear))
        if (worth := sum(each.worth for each in more)) > total:
            best, total = more, worth
    return best


def _strongest_first(rows: Iterable[tuple[int, SpanMatch]]) -> dict[int, list[SpanMatch]]:
    found: dict[int, dict[tuple[int, int], SpanMatch]] = defaultdict(dict)
    for key, match in rows:
        span = (match.start, match.end)
        if span not in found[key] or match.bits > found[key][span].bits:
            found[key][span] = match
    return {
        key: sorted(matches.values(), key=lambda each: (-each.bits, each.start, each.end))
        for key, matches in found.items()
    }
