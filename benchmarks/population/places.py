"""Where people are from: a village of the gazetteer, its county, and the city where somebody is found."""

from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.population.tables import Shares, Speech, speech
from matching.text.gazetteer import CITY, COUNTY, Gazetteer, gazetteer

Path = tuple[str, ...]
#: How many levels there are down to the county.
_TO_COUNTY: Final = 3


@dataclass(frozen=True, slots=True)
class Origin:
    """A place down to the village, where the gazetteer goes so far."""

    path: Path
    #: How many of the path's names lie above and at the county: 3, or 2 where no city lies between.
    county: int
    #: The county's number in the gazetteer.
    county_node: int

    def to_depth(self, depth: int) -> Path:
        """Down to the province (1), city (2), county (3), town (4) or village (5)."""
        if depth < _TO_COUNTY:
            return self.path[: min(depth, self.county - 1)]
        return self.path[: self.county + depth - _TO_COUNTY]

    @property
    def speech(self) -> Speech:
        """How people of the county speak."""
        return speech()[self.path[0], self.path[1], self.path[self.county - 1]]


@dataclass(frozen=True, slots=True, eq=False)
class _Tree:
    """The gazetteer from above: what lies in each division."""

    places: Gazetteer
    order: NDArray[np.intp]
    starts: NDArray[np.intp]

    @classmethod
    def build(cls, places: Gazetteer) -> "_Tree":
        above = places.parents.astype(np.intp) + 1
        counts = np.bincount(above, minlength=len(above) + 1)
        return cls(
            places,
            np.argsort(above, kind="stable"),
            np.concatenate(([0], np.cumsum(counts))).astype(np.intp),
        )

    def below(self, node: int) -> NDArray[np.intp]:
        return self.order[self.starts[node + 1] : self.starts[node + 2]]


@cache
def _tree() -> _Tree:
    return _Tree.build(gazetteer())


@cache
def _counties() -> dict[str, tuple[int, ...]]:
    places = gazetteer()
    found: dict[str, list[int]] = {}
    for node in np.flatnonzero(places.levels == COUNTY).tolist():
        found.setdefault(path_of(node)[0], []).append(node)
    return {province: tuple(nodes) for province, nodes in found.items()}


@cache
def cities(province: str) -> tuple[Path, ...]:
    """The cities of a province."""
    places = gazetteer()
    nodes = np.flatnonzero(places.levels == CITY).tolist()
    return tuple(path for node in nodes if (path := path_of(node))[0] == province)


def written(path: Path) -> str:
    """A path as it stands on a form: a municipality is not named twice."""
    return "".join(dict.fromkeys(path))


@cache
def path_of(node: int) -> Path:
    """The names of a county or of what lies above it."""
    return gazetteer().path(node)


def draw_origin(provinces: Shares, rng: Random) -> Origin:
    """A village of a county of a province, the province by its weight, the rest each as likely."""
    return origin_in(rng.choice(_counties()[provinces.draw(rng)]), rng)


def neighbour(origin: Origin, rng: Random) -> Origin:
    """A place in any county of the same province."""
    return origin_in(rng.choice(_counties()[origin.path[0]]), rng)


def origin_in(county: int, rng: Random) -> Origin:
    """A village of a county."""
    tree, path, node = _tree(), path_of(county), county
    while len(inside := tree.below(node)):
        node = int(inside[rng.randrange(len(inside))])
        path = (*path, tree.places.name(node))
    return Origin(path, len(path_of(county)), county)


def draw_city(province: str, rng: Random) -> Path:
    """A city of the province."""
    return rng.choice(cities(province))
