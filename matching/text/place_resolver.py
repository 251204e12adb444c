"""From a phrase (湖南邵阳龙回荷田) to ranked full paths, every level's name heard through errors.

A path is worth what its names explain of the words, in bits over any name, less the price of
choosing it among all divisions of its level; parents of former times count, and a city that is
only near counts a little. Spans of one path never overlap.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

from matching.text.alignment import pairs_between, rules_between
from matching.text.gazetteer import LEVELS, Path_
from matching.text.place_hypotheses import Hypothesis, SpanIndex
from matching.text.place_phrases import Stretch, place_support, stretches
from matching.text.place_search import PlaceSearch, ScoredName, other_name_rule
from matching.text.place_spans import RootCores, SpanMatch, SpanMatcher
from matching.text.sound_costs import SoundCosts, built_in_costs
from matching.text.sound_rules import in_dialect, names_a_merger
from matching.text.spoken_costs import dialect_of_pairs

#: Text beyond this is no phrase about one place.
LONGEST_TEXT: Final = 20_000
#: Counties, cities and provinces inside which every span is looked up again.
_ROOTS: Final = 8
#: Odds beyond this (bits) are all the same.
_MOST_BITS: Final = 200.0
_LONGEST_UPPER: Final = 16
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What a caller wants of a text."""

    #: Nodes inside which an answer must lie; none means the whole country.
    within: Sequence[int]
    limit: int
    #: What support from another stretch of the text is worth.
    elsewhere: float
    #: Bits below which a stretch is no mention.
    least: float


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
        asked = _Asked(within=within, limit=limit, elsewhere=1.0, least=-math.inf)
        for mention in self._mentions(phrase, asked):
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
        support = place_support()
        asked = _Asked(
            within=within,
            limit=limit,
            elsewhere=support.elsewhere,
            least=support.least_mention,
        )
        return self._mentions(text, asked)

    def _mentions(self, text: str, asked: _Asked) -> tuple[Mention, ...]:
        text = text[:LONGEST_TEXT]
        places = self.search.places
        names = _named(text, places.upper_names)
        found = tuple(stretches(text, [*names, *_named(text, places.upper_cores)]))
        index = SpanIndex(
            places,
            self._matches(found, names, asked.within),
            asked.elsewhere,
            places.counts_inside(asked.within),
        )
        if len(found) == 1:
            asked = replace(asked, least=min(asked.least, place_support().least_alone))
        return tuple(
            mention
            for number, stretch in enumerate(found)
            if (mention := self._mention(stretch, number, index, asked)) is not None
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
        index: SpanIndex,
        asked: _Asked,
    ) -> Mention | None:
        allowed = [self.search.places.inside(node) for node in asked.within]
        ranked = [
            each
            for each in index.hypotheses(number)
            if each.bits > asked.least
            and (not allowed or any(each.node in root for root in allowed))
        ]
        if not ranked:
            return None
        # The share of "none" is the 1: bits are odds against it.
        total = 1 + sum(2.0 ** min(each.bits, _MOST_BITS) for each in ranked)
        return Mention(
            text=stretch.text,
            span=(stretch.start, stretch.start + len(stretch.text)),
            candidates=tuple(self._place(each, total) for each in ranked[: max(0, asked.limit)]),
        )

    def _place(self, found: Hypothesis, total: float) -> ResolvedPlace:
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
        if names_a_merger(rules):
            rules = in_dialect(rules, self._dialect(scored, symbols))
        if not match.is_former or match.node < 0:
            return rules
        return (*rules, other_name_rule(places, match.node, match.core))

    def _dialect(self, scored: ScoredName, symbols: Sequence[int]) -> str:
        """The group that explains best what was heard for a name, wherever the name is."""
        pairs = pairs_between(symbols, scored.heard, scored.costs.positions)
        return dialect_of_pairs(pairs, self.search.places.symbols, scored.sound.speakers)


def _roots(upper: Iterable[SpanMatch]) -> list[int]:
    """The divisions best supported by upper names, each once."""
    best: dict[int, float] = {}
    for match in upper:
        if match.node >= 0:
            best[match.node] = max(match.bits, best.get(match.node, 0.0))
    return sorted(best, key=lambda node: (-best[node], node))[:_ROOTS]


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
