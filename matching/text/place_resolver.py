"""From a phrase (湖南邵阳龙回荷田) to ranked full paths, every level's name heard through errors.

A path is worth what its names explain of the words, in bits over any name, less the price of
choosing it among all divisions of its level; parents of former times count, and a city that is
only near counts a little. Spans of one path never overlap.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching.text.alignment import rules_between
from matching.text.gazetteer import CITY, COUNTY, LEVELS, PROVINCE, Gazetteer, Path_
from matching.text.place_phrases import Stretch, level_shares, place_support, stretches
from matching.text.place_search import FORMER_NAME, PlaceSearch
from matching.text.place_spans import RootCores, SpanMatch, SpanMatcher
from matching.text.sound_costs import SoundCosts, built_in_costs

#: Text beyond this is no phrase about one place.
LONGEST_TEXT: Final = 20_000
#: Counties, cities and provinces inside which every span is looked up again.
_ROOTS: Final = 8
#: Readings of one node's own name that are tried with its parents.
_OWN: Final = 3
FORMER_PARENT: Final = "旧隶属"


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolvedPlace:
    """A division that a mention may mean."""

    node: int
    path: Path_
    code: str | None
    level: str
    #: Log2 odds that this place was meant rather than none, by the words alone.
    bits: float
    #: Its share among all that the mention may mean, "none" included; 0 to 1.
    score: float
    rules: tuple[str, ...]
    #: Code points of the text that the path's names explain, half open.
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A stretch of a text that speaks about a place."""

    text: str
    span: tuple[int, int]
    candidates: tuple[ResolvedPlace, ...]


@dataclass(frozen=True, slots=True)
class _Hypothesis:
    """A node, and the spans that name it and its parents."""

    node: int
    bits: float
    matches: tuple[SpanMatch, ...]
    former_parent: bool


@dataclass(frozen=True, eq=False)
class PlaceResolver:
    """Resolves phrases over a gazetteer with one sound matrix."""

    search: PlaceSearch = field(default_factory=PlaceSearch)
    sound: SoundCosts = field(default_factory=built_in_costs)

    def resolve(
        self, phrase: str, *, within: Sequence[int] = (), limit: int = 10
    ) -> tuple[ResolvedPlace, ...]:
        """What a phrase about one place may mean, likeliest first; empty when it names none.

        `within`: nodes; only what lies inside one of them is answered.
        """
        best: dict[int, ResolvedPlace] = {}
        for mention in self._mentions(phrase, within, limit, elsewhere=1.0):
            for place in mention.candidates:
                if place.node not in best or place.bits > best[place.node].bits:
                    best[place.node] = place
        return tuple(
            sorted(best.values(), key=lambda each: (-each.bits, each.path))[: max(0, limit)]
        )

    def mentions(
        self, text: str, *, within: Sequence[int] = (), limit: int = 10
    ) -> tuple[Mention, ...]:
        """Every stretch of a text that names a place, in order, with what it may mean."""
        return self._mentions(text, within, limit, elsewhere=place_support().elsewhere)

    def _mentions(
        self, text: str, within: Sequence[int], limit: int, *, elsewhere: float
    ) -> tuple[Mention, ...]:
        text = text[:LONGEST_TEXT]
        places = self.search.places
        names = _named(text, places.upper_names)
        found = tuple(stretches(text, [*names, *_named(text, places.upper_cores)]))
        index = _Index(
            places, self._matches(found, names, within), elsewhere, places.counts_inside(within)
        )
        return tuple(
            mention
            for number, stretch in enumerate(found)
            if (mention := self._mention(stretch, number, index, (within, limit))) is not None
        )

    @cached_property
    def _matcher(self) -> SpanMatcher:
        return SpanMatcher(self.search, self.sound)

    def _matches(
        self, found: Sequence[Stretch], names: Sequence[tuple[int, int]], within: Sequence[int]
    ) -> list[SpanMatch]:
        matcher = self._matcher
        spans = matcher.spans(found, names)
        upper = [match for span in spans for match in matcher.upper_matches(span)]
        places = self.search.places
        roots = RootCores(places, [places.inside(node) for node in (within or _roots(upper))])
        country = (match for span in spans for match in matcher.country_matches(span))
        inside = (match for span in spans for match in matcher.inside_matches(span, roots))
        return [*upper, *country, *inside]

    def _mention(
        self,
        stretch: Stretch,
        number: int,
        index: "_Index",
        asked: tuple[Sequence[int], int],
    ) -> Mention | None:
        within, limit = asked
        allowed = [self.search.places.inside(node) for node in within]
        ranked = [
            each
            for each in index.hypotheses(number)
            if each.bits > place_support().least_mention
            and (not within or any(each.node in root for root in allowed))
        ]
        if not ranked:
            return None
        # The share of "none" is the 1: bits are odds against it.
        total = 1 + sum(2.0 ** min(each.bits, _MOST_BITS) for each in ranked)
        return Mention(
            text=stretch.text,
            span=(stretch.start, stretch.start + len(stretch.text)),
            candidates=tuple(self._place(each, total) for each in ranked[: max(0, limit)]),
        )

    def _place(self, found: _Hypothesis, total: float) -> ResolvedPlace:
        places = self.search.places
        rules = dict.fromkeys(rule for match in found.matches for rule in self._rules(match))
        if found.former_parent:
            rules[FORMER_PARENT] = None
        return ResolvedPlace(
            node=found.node,
            path=places.path(found.node),
            code=places.code(found.node),
            level=LEVELS[places.levels[found.node]],
            bits=found.bits,
            score=2.0 ** min(found.bits, _MOST_BITS) / total,
            rules=tuple(rules),
            spans=tuple((match.start, match.end) for match in found.matches),
        )

    def _rules(self, match: SpanMatch) -> tuple[str, ...]:
        scored, places = match.scored, self.search.places
        symbols = places.core_symbols(match.core)
        rules = rules_between(
            symbols, scored.heard, scored.costs.positions, places.symbols, scored.sound
        )
        return (*rules, FORMER_NAME) if match.is_former and match.node >= 0 else rules


_MOST_BITS: Final = 200.0
_LONGEST_UPPER: Final = 16


@dataclass(frozen=True, eq=False)
class _Index:
    """The span matches of one text by node and by core."""

    places: Gazetteer
    matches: list[SpanMatch]
    #: What support from another stretch is worth.
    elsewhere: float
    #: How many divisions of each level there are to choose from.
    level_counts: NDArray[np.intp]

    def hypotheses(self, stretch: int) -> list[_Hypothesis]:
        """The nodes that one stretch may name, likeliest first."""
        best: dict[int, _Hypothesis] = {}
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

    def _hypothesis(self, own: SpanMatch) -> _Hypothesis:
        chosen, bits, former = [own], own.bits, False
        chain = self.places.ancestors(own.node)
        for node in reversed(chain):
            above = None if node == own.node else self._support(self.by_node.get(node, ()), chosen)
            if above is not None:
                chosen.append(above[0])
                bits += above[1]
            before = self._former_support(node, chosen)
            if before is not None:
                chosen.append(before[0])
                bits += before[1] * place_support().former_parent
                former = True
        bits += self._slip(chain, chosen) + self._prior(own.node)
        return _Hypothesis(own.node, bits, tuple(chosen), former)

    def _support(
        self, matches: Iterable[SpanMatch], chosen: Sequence[SpanMatch]
    ) -> tuple[SpanMatch, float] | None:
        """The strongest match that overlaps none of the chosen, with what it adds."""
        for match in matches:
            if not any(match.overlaps(other) for other in chosen):
                return match, self._worth(match, chosen[0])
        return None

    def _former_support(
        self, node: int, chosen: Sequence[SpanMatch]
    ) -> tuple[SpanMatch, float] | None:
        found = [
            support
            for core in self.places.former_parents.get(node, ())
            if (support := self._support(self.by_core.get(core, ()), chosen))
        ]
        return max(found, key=lambda each: each[1], default=None)

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


def _roots(upper: Iterable[SpanMatch]) -> list[int]:
    """The divisions best supported by upper names, each once."""
    best: dict[int, float] = {}
    for match in upper:
        if match.node >= 0:
            best[match.node] = max(match.bits, best.get(match.node, 0.0))
    return sorted(best, key=lambda node: (-best[node], node))[:_ROOTS]


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


def _named(text: str, names: frozenset[str]) -> list[tuple[int, int]]:
    """Where names stand in a text, the longest first; none inside another."""
    found: list[tuple[int, int]] = []
    taken: set[int] = set()
    for length in range(_LONGEST_UPPER, 1, -1):
        for start in range(len(text) - length + 1):
            span = range(start, start + length)
            if text[start : start + length] in names and taken.isdisjoint(span):
                found.append((start, start + length))
                taken.update(span)
    return found
