"""The division that a written address names, level by level, without guessing at sounds."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from typing import Final

import numpy as np

from matching.text.gazetteer import COUNTY, Gazetteer, gazetteer
from matching.text.normalize import normalize
from matching.text.place_core import core

_LONGEST_NAME: Final = 20
_LONGEST_ADDRESS: Final = 60


@dataclass(eq=False)
class WrittenPlaces:
    """Looks divisions up by name below a division; tables are made when first asked for."""

    places: Gazetteer
    _below: dict[int, dict[str, int]] = field(default_factory=dict)

    def node_of_path(self, path: Sequence[str]) -> int | None:
        """The deepest division of a path of full names; None when even the first is unknown."""
        found: int | None = None
        for name in path:
            node = self.below(-1 if found is None else found).get(name)
            if node is None:
                break
            found = node
        return found

    def node_of_address(self, address: str) -> int | None:
        """The deepest division named by the beginning of 广东省英德市大站镇某村; None for none.

        Full and short names count; a level may be left out, and what is no division ends it.
        """
        rest, found = normalize(address)[:_LONGEST_ADDRESS], -1
        while rest:
            step = self._step(rest, found)
            if step is None:
                break
            found, length = step
            rest = rest[length:]
        return found if found >= 0 else None

    def below(self, node: int) -> dict[str, int]:
        """Name -> division directly below a node; the provinces below -1.

        A short name (英德) counts where no sister has it too.
        """
        if node not in self._below:
            self._below[node] = self._names(self._children(node))
        return self._below[node]

    @cached_property
    def upper(self) -> dict[str, int]:
        """Name -> city or county, where only one of the country bears it."""
        places = self.places
        return self._names(np.flatnonzero((places.levels > 0) & (places.levels <= COUNTY)))

    def _children(self, node: int) -> Iterable[int]:
        places = self.places
        inside = range(len(places.levels)) if node < 0 else places.inside(node)
        parents = places.parents[inside.start : inside.stop]
        found: list[int] = (np.flatnonzero(parents == node) + inside.start).tolist()
        return found

    def _names(self, nodes: Iterable[int]) -> dict[str, int]:
        names = [(self.places.name(node), int(node)) for node in nodes]
        whole = Counter(name for name, _ in names)
        short = Counter(core(name) for name, _ in names)
        return {
            **{core(name): node for name, node in names if short[core(name)] == 1},
            **{name: node for name, node in names if whole[name] == 1},
        }

    def _step(self, text: str, above: int) -> tuple[int, int] | None:
        """The longest name at the head of a text; a city's level may have been left out."""
        tables = [self.below(above)]
        if above < 0:
            tables.append(self.upper)
        elif self.places.levels[above] < COUNTY - 1:
            tables.extend(self.below(child) for child in set(self.below(above).values()))
        found = (
            (table[text[:length]], length)
            for table in tables
            for length in range(min(len(text), _LONGEST_NAME), 1, -1)
            if text[:length] in table
        )
        return next(found, None)


@cache
def written_places() -> WrittenPlaces:
    """Over the shipped gazetteer."""
    return WrittenPlaces(gazetteer())


@lru_cache(maxsize=100_000)
def written_node(address: str) -> int | None:
    """`WrittenPlaces.node_of_address`, remembered: registries repeat their places."""
    return written_places().node_of_address(address)
