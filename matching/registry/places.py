"""Divisions that records name, each once, with what lies above and around it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching.registry.rows import Numbers
from matching.text.gazetteer import LEVELS, Gazetteer, gazetteer

#: All places of a column.
EVERY: Final = slice(None)


@dataclass(frozen=True, eq=False)
class PlaceColumn:
    """D distinct divisions, and which of them each value names."""

    places: Gazetteer
    #: Shape (D,), ascending.
    nodes: NDArray[np.int32]
    #: Shape (V,): the place in `nodes` of each value.
    place_of: NDArray[np.intp]

    @classmethod
    def of(cls, values: Numbers, places: Gazetteer | None = None) -> "PlaceColumn":
        """`values`: a division for each value."""
        nodes, place_of = np.unique(values, return_inverse=True)
        return cls(places or gazetteer(), nodes.astype(np.int32), place_of.astype(np.intp))

    @cached_property
    def above(self) -> Numbers:
        """The division of each level that a place lies in, itself included; shape (D, 6).

        -1 below a place's own level; where a level is missing, what stands in its place above.
        """
        found = np.full((len(self.nodes), len(LEVELS)), -1, np.int32)
        own, levels, parents = self.nodes.copy(), self.places.levels, self.places.parents
        while (inside := own >= 0).any():
            rows = np.flatnonzero(inside)
            found[rows, levels[own[rows]]] = own[rows]
            own[rows] = parents[own[rows]]
        for level in range(1, len(LEVELS)):
            gap = (found[:, level] < 0) & (levels[self.nodes] > level)
            found[gap, level] = found[gap, level - 1]
        return found

    @cached_property
    def levels(self) -> NDArray[np.int32]:
        """The level of each place, 0 province to 5 hamlet."""
        return self.places.levels[self.nodes].astype(np.int32)

    def work_out(self) -> None:
        """Work out now what would be when it is first needed."""
        _ = self.above, self.levels, self._counts, self._values_before

    def inside(self, node: int) -> int:
        """How many values name a division or a place in it."""
        inside = self.places.inside(node)
        first, last = np.searchsorted(self.nodes, (inside.start, inside.stop))
        return int(self._values_before[last] - self._values_before[first])

    @cached_property
    def _values_before(self) -> NDArray[np.int64]:
        """How many values name a place before each of `nodes`, and at the end V."""
        return np.concatenate(
            ([0], np.cumsum(np.bincount(self.place_of, minlength=len(self.nodes))))
        )

    def counts(self, level: int) -> NDArray[np.int64]:
        """How many divisions of `level` lie in the country and in each place above; (D, 7)."""
        return self._counts[level]

    @cached_property
    def _counts(self) -> list[NDArray[np.int64]]:
        found = []
        for level in range(len(LEVELS)):
            before = np.concatenate(([0], np.cumsum(self.places.levels == level)))
            ends = self.places.ends
            counts = before[ends[self.above]] - before[self.above]
            counts[self.above < 0] = 0
            country = np.full((len(self.nodes), 1), before[-1])
            found.append(np.concatenate((country, counts), axis=1))
        return found

    def shared(self, node: int, places: slice = EVERY) -> NDArray[np.int32]:
        """How many levels from the province down each of these places has in common with a node."""
        chain = np.full(len(LEVELS), -2, np.int32)
        for each in self.places.ancestors(node):
            chain[self.places.levels[each]] = each
        for level in range(1, int(self.places.levels[node])):
            if chain[level] == -2:  # noqa: PLR2004 - not set
                chain[level] = chain[level - 1]
        above = self.above[places]
        found = np.zeros(len(above), np.int32)
        alike = np.ones(len(above), np.bool_)
        for level, division in enumerate(chain.tolist()):
            alike &= above[:, level] == division
            found += alike
        return found
