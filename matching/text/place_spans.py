"""Spans of what was said, each with the divisions whose names it may be."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching.text.gazetteer import COUNTY, Gazetteer
from matching.text.normalize import normalize
from matching.text.place_core import core, is_kind
from matching.text.place_phrases import Stretch, place_support
from matching.text.place_search import LONGEST_NAME, PlaceSearch, ScoredName
from matching.text.smallest import smallest
from matching.text.sound_columns import SoundColumns
from matching.text.sound_costs import SoundCosts

_SHORTEST: Final = 2
#: Longer cores exist, but are written exactly or not at all.
_LONGEST: Final = 6
#: Spans scored in one text; a longer text is a transcript, and is cut into answers first.
MOST_SPANS: Final = 240
#: Upper divisions kept for a span, cores of the whole country, and divisions inside one root.
_UPPER: Final = 12
_CORES: Final = 24
_INSIDE: Final = 6
#: Namesakes beyond this are only found inside a root.
_NAMESAKES: Final = 40
_LN2: Final = math.log(2)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanMatch:
    """A stretch of the text that may be the name of a node."""

    #: Number of the stretch, and code points of the text, half open.
    stretch: int
    start: int
    end: int
    #: -1 for a name that no division bears now: it can only support those that were inside it.
    node: int
    core: int
    #: log2(P(written | this name) / P(written | any name)).
    bits: float
    is_former: bool
    scored: ScoredName

    def overlaps(self, other: "SpanMatch") -> bool:
        """Whether the two share a character of the text."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Span:
    """One span: where it stands, and its name scored against every symbol."""

    stretch: int
    start: int
    end: int
    scored: ScoredName


@dataclass(frozen=True, eq=False)
class SpanMatcher:
    """Finds what spans may name, first among counties and above, then inside the likely ones."""

    search: PlaceSearch
    sound: SoundCosts

    @cached_property
    def upper(self) -> "UpperCores":
        """Counties and above, made ready once."""
        return UpperCores(self.search.places)

    def spans(self, found: Sequence[Stretch], whole: Sequence[tuple[int, int]]) -> list[Span]:
        """Every span that can be a name, at most `MOST_SPANS`.

        `whole`: spans that are official names; nothing else begins or ends inside one.
        """
        spans: list[Span] = []
        for number, stretch in enumerate(found):
            for start, end in _windows(stretch, [*whole, *self._long_names(stretch)]):
                if len(spans) == MOST_SPANS:
                    return spans
                span = self._span(number, stretch, start, end)
                if span is not None:
                    spans.append(span)
        return spans

    def _long_names(self, stretch: Stretch) -> Iterator[tuple[int, int]]:
        """Where names too long to be looked for by sound stand just so."""
        start, last = 0, len(stretch.text)
        while start < last - _LONGEST:
            ends = range(min(start + LONGEST_NAME, last), start + _LONGEST, -1)
            end = next((end for end in ends if self._is_name(stretch.text[start:end])), None)
            if end is not None:
                yield stretch.start + start, stretch.start + end
            start = end or start + 1

    def _is_name(self, text: str) -> bool:
        return self.search.places.find_core(core(text)) is not None

    def _span(self, number: int, stretch: Stretch, start: int, end: int) -> Span | None:
        text = normalize(stretch.text[start - stretch.start : end - stretch.start])
        bare = core(text)
        scored = self.search.score(bare, self.sound, text.removeprefix(bare))
        return None if scored is None else Span(number, start, end, scored)

    def upper_matches(self, span: Span) -> Iterator[SpanMatch]:
        """Counties and above, by their present and former names."""
        rows, costs = self.upper.columns.nearest(span.scored.costs, _UPPER)
        for row, cost in zip(rows.tolist(), costs.tolist(), strict=True):
            number = int(self.upper.numbers[row])
            for node, is_former in self.upper.nodes(number):
                yield from self._match(span, node, number, cost, is_former=is_former)

    def country_matches(self, span: Span) -> Iterator[SpanMatch]:
        """Divisions of every level whose names are rare enough to be found without a parent."""
        places = self.search.places
        for number, cost in self.search.nearest_cores(span.scored, _CORES).items():
            nodes = places.nodes_of(number)
            if len(nodes) <= _NAMESAKES:
                for node in nodes.tolist():
                    yield from self._match(span, node, number, cost)
            for node in places.formerly(number).tolist():
                yield from self._match(span, node, number, cost, is_former=True)

    def inside_matches(self, span: Span, roots: "RootCores") -> Iterator[SpanMatch]:
        """The best divisions inside each root."""
        costs = roots.columns.costs(span.scored.costs)
        for root, rows in zip(roots.roots, roots.rows, strict=True):
            own = costs[rows]
            for at in smallest(own, _INSIDE).tolist():
                node = root.start + at
                yield from self._match(
                    span, node, int(self.search.places.cores[node]), float(own[at])
                )

    def _match(
        self, span: Span, node: int, number: int, cost: float, *, is_former: bool = False
    ) -> Iterator[SpanMatch]:
        bits = (span.scored.costs.chance - cost) / _LN2 + self._kind_bits(span.scored.suffix, node)
        bits += place_support().former_name if is_former else 0.0
        if bits >= place_support().least_span:
            yield SpanMatch(
                stretch=span.stretch,
                start=span.start,
                end=span.end,
                node=node,
                core=number,
                bits=bits,
                is_former=is_former,
                scored=span.scored,
            )

    def _kind_bits(self, suffix: str, node: int) -> float:
        if not suffix or node < 0:
            return 0.0
        fits = is_kind(self.search.places.name(node), suffix)
        return place_support().kind_fits if fits else place_support().kind_differs


@dataclass(frozen=True, eq=False)
class UpperCores:
    """The cores of counties and above, of today and of former times."""

    places: Gazetteer

    @cached_property
    def numbers(self) -> NDArray[np.intp]:
        """Core numbers, sorted."""
        places = self.places
        former = places.packed.arrays["former_core"][
            places.levels[places.packed.arrays["former_node"]] <= COUNTY
        ]
        own = places.cores[np.flatnonzero(places.levels <= COUNTY)]
        above = places.packed.arrays["parent_core"]
        return np.unique(np.concatenate((own, former, above))).astype(np.intp)

    @cached_property
    def columns(self) -> SoundColumns:
        """These cores only, ready to be scored."""
        return self.places.columns_of(self.numbers)

    def nodes(self, number: int) -> tuple[tuple[int, bool], ...]:
        """Nodes of county level or above, each with whether the name is a former one."""
        places = self.places
        now = [(node, False) for node in places.nodes_of(number).tolist()]
        former = [(node, True) for node in places.formerly(number).tolist()]
        known = tuple(each for each in (*now, *former) if places.levels[each[0]] <= COUNTY)
        return known or ((-1, True),)


@dataclass(frozen=True, eq=False)
class RootCores:
    """The cores inside a few divisions."""

    places: Gazetteer
    roots: Sequence[range]

    @cached_property
    def numbers(self) -> NDArray[np.intp]:
        """Core numbers, sorted."""
        inside = [self.places.cores[root.start : root.stop] for root in self.roots]
        return np.unique(np.concatenate(inside)).astype(np.intp) if inside else _NONE

    @cached_property
    def columns(self) -> SoundColumns:
        """These cores only, ready to be scored."""
        return self.places.columns_of(self.numbers)

    @cached_property
    def rows(self) -> tuple[NDArray[np.intp], ...]:
        """By root, the place in `numbers` of each node's core."""
        cores = self.places.cores
        return tuple(
            np.searchsorted(self.numbers, cores[root.start : root.stop]) for root in self.roots
        )


_NONE: Final = np.empty(0, np.intp)


def _windows(stretch: Stretch, whole: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Spans of the text: every one of names' usual lengths, the whole names, the whole stretch."""
    first, last = stretch.start, stretch.start + len(stretch.text)
    inside = [each for each in whole if first <= each[0] and each[1] <= last]
    usual = (
        (start, end)
        for start in range(first, last)
        for end in range(start + _SHORTEST, min(start + _LONGEST, last) + 1)
    )
    allowed = (each for each in usual if not any(_cuts(each, name) for name in inside))
    yield from dict.fromkeys((*inside, *allowed))


def _cuts(span: tuple[int, int], name: tuple[int, int]) -> bool:
    """Whether a span begins or ends inside a name, or contains it with something else."""
    return span != name and span[0] < name[1] and name[0] < span[1]
