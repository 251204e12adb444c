"""Every division of China, province to village, from a mapped file: names, parents, older names.

Divisions ("nodes") are numbered depth first, so that everything inside a division is one range.
Names are kept as cores (隆回) and suffixes (县); cores are numbered by length, then by writing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from matching.text.packed_arrays import PackedArrays, load_packed
from matching.text.place_core import core
from matching.text.runs import runs
from matching.text.sound_columns import SoundColumns
from matching.text.symbols import Symbols

#: A hamlet is a natural village that a station added; it may lie in any division.
PROVINCE, CITY, COUNTY, TOWN, VILLAGE, HAMLET = range(6)
LEVELS: Final = ("province", "city", "county", "town", "village", "hamlet")
Path_ = tuple[str, ...]
#: "Until this year": a name that people use beside the official one.
STILL_SAID: Final = 0
Ints = NDArray[np.integer[Any]]


@dataclass(frozen=True, eq=False)
class Gazetteer:
    """`data/gazetteer.bin`. Everything derived is made when it is first needed, and kept."""

    packed: PackedArrays

    def __reduce__(self) -> tuple[Callable[[], "Gazetteer"], tuple[()]]:
        """In another process it is that one's own: the file is mapped there, too."""
        return gazetteer, ()

    @property
    def date(self) -> str:
        """The day of the source's divisions."""
        return str(self.packed.facts["date"])

    @property
    def levels(self) -> NDArray[np.uint8]:
        """The level of each node, 0 province to 4 village."""
        return self.packed.arrays["node_level"]

    @property
    def cores(self) -> NDArray[np.uint32]:
        """The core of each node."""
        return self.packed.arrays["node_core"]

    @cached_property
    def parents(self) -> NDArray[np.int32]:
        """The node above each node, -1 for a province: the nearest one before it of a higher level."""
        levels = self.levels
        at = np.arange(len(levels), dtype=np.int32)
        parents = np.full(len(levels), -1, np.int32)
        above = np.full(len(levels), -1, np.int32)
        for level in range(1, HAMLET + 1):
            last = np.maximum.accumulate(np.where(levels == level - 1, at, np.int32(-1)))
            above = np.maximum(above, last)
            parents[levels == level] = above[levels == level]
        return parents

    @cached_property
    def ends(self) -> NDArray[np.int32]:
        """Behind the last node inside each node: everything in node n is n to ends[n] - 1."""
        count = len(self.levels)
        ends = np.full(count, count, np.int32)
        for level in range(len(LEVELS)):
            at = np.flatnonzero(self.levels <= level).astype(np.int32)
            own = np.flatnonzero(self.levels == level)
            ends[own] = np.append(at, count)[np.searchsorted(at, own, side="right")]
        return ends

    def load(self) -> "Gazetteer":
        """Make everything that searches derive, so that the first one is no slower."""
        _ = (
            self.parents,
            self.ends,
            self.columns,
            self.symbol_shares,
            self._core_nodes_starts,
            self.nodes_of(0),
        )
        return self

    def inside(self, node: int) -> range:
        """The node and everything in it."""
        return range(node, int(self.ends[node]))

    def ancestors(self, node: int) -> tuple[int, ...]:
        """The node and those above it, province first."""
        found = [node]
        while (above := int(self.parents[found[-1]])) >= 0:
            found.append(above)
        return tuple(reversed(found))

    def path(self, node: int) -> Path_:
        """Full official names from the province down."""
        return tuple(self.name(each) for each in self.ancestors(node))

    def name(self, node: int) -> str:
        """The full official name."""
        suffix = self.packed.facts["suffixes"][self.packed.arrays["node_suffix"][node]]
        return self.core_text(int(self.cores[node])) + str(suffix)

    def code(self, node: int) -> str | None:
        """The six-digit code of a county or above; None below, and where the source has none."""
        if self.levels[node] > COUNTY:
            return None
        code = int(self.packed.arrays["upper_code"][np.searchsorted(self.upper, node)])
        return f"{code:06d}" if code else None

    def core_text(self, number: int) -> str:
        """The characters of a core."""
        return "".join(self.symbols.characters[each] for each in self.core_symbols(number))

    def core_symbols(self, number: int) -> list[int]:
        """The symbols of a core."""
        start = int(self._core_starts[number])
        length = int(self.packed.arrays["core_length"][number])
        symbols: list[int] = self.packed.arrays["core_symbol"][start : start + length].tolist()
        return symbols

    def find_core(self, text: str) -> int | None:
        """The number of a core written just so."""
        at = self.core_position(text)
        return at if at < len(self._core_starts) and self.core_text(at) == text else None

    def core_position(self, text: str) -> int:
        """How many cores come before a text, in the order of their numbers."""
        low, high = 0, len(self._core_starts)
        wanted = (len(text), text)
        while low < high:
            middle = (low + high) // 2
            found = self.core_text(middle)
            if (len(found), found) < wanted:
                low = middle + 1
            else:
                high = middle
        return low

    def find(self, name: str) -> tuple[int, ...]:
        """Nodes with this name, with or without its suffix; other names only if none bears it now."""
        nodes = [int(node) for number in self._cores_of(name) for node in self.nodes_of(number)]
        whole = tuple(node for node in nodes if self.name(node) == name)
        return whole or tuple(nodes) or self.formerly_named(name)

    def formerly_named(self, name: str) -> tuple[int, ...]:
        """Nodes that had this name, or are called so beside their own."""
        return tuple(int(n) for number in self._cores_of(name) for n in self.formerly(number))

    def _cores_of(self, name: str) -> list[int]:
        """The cores that a name may be, with or without its suffix."""
        numbers = (self.find_core(text) for text in dict.fromkeys((name, core(name))))
        return [number for number in numbers if number is not None]

    def nodes_of(self, number: int) -> NDArray[np.int32]:
        """The nodes that have a core now."""
        start, end = self._core_nodes_starts[number : number + 2]
        return self._core_nodes[start:end]

    def nodes_of_cores(self, numbers: NDArray[np.intp]) -> NDArray[np.int32]:
        """The nodes that have one of some cores now, core by core."""
        starts = self._core_nodes_starts
        return self._core_nodes[runs(starts[numbers], starts[numbers + 1] - starts[numbers])]

    def formerly(self, number: int) -> Ints:
        """The nodes that had a core, lay in what had it and has gone, or are called so by people."""
        rows = self.packed.arrays["former_core"] == number
        nodes: Ints = self.packed.arrays["former_node"][rows]
        return nodes

    def is_spoken(self, node: int, number: int) -> bool:
        """Whether a core is what people call a node that is not named so (粤北)."""
        arrays = self.packed.arrays
        rows = (arrays["former_core"] == number) & (arrays["former_node"] == node)
        return bool((arrays["former_until"][rows] == STILL_SAID).any())

    @cached_property
    def former_parents(self) -> dict[int, tuple[int, ...]]:
        """Node -> cores of the provinces and cities it was under before."""
        found: dict[int, tuple[int, ...]] = {}
        arrays = self.packed.arrays
        for above, node in zip(arrays["parent_core"], arrays["parent_node"], strict=True):
            found[int(node)] = (*found.get(int(node), ()), int(above))
        return found

    @cached_property
    def level_counts(self) -> NDArray[np.intp]:
        """How many divisions each level has."""
        return np.bincount(self.levels, minlength=len(LEVELS))

    def counts_inside(self, nodes: Sequence[int]) -> NDArray[np.intp]:
        """How many divisions of each level these and what lies inside them have; all for none."""
        if not nodes:
            return self.level_counts
        ranges = [self.inside(node) for node in nodes]
        levels = np.concatenate([self.levels[each.start : each.stop] for each in ranges])
        return np.bincount(levels, minlength=len(LEVELS))

    @cached_property
    def upper_names(self) -> frozenset[str]:
        """The official names of counties and above."""
        return frozenset(map(self.name, np.flatnonzero(self.levels <= COUNTY).tolist()))

    @cached_property
    def upper_cores(self) -> frozenset[str]:
        """The same without suffixes."""
        return frozenset(map(core, self.upper_names))

    @cached_property
    def symbols(self) -> Symbols:
        """The characters of all cores, with their readings."""
        arrays = self.packed.arrays
        ends = arrays["symbol_reading_end"].tolist()
        readings = arrays["symbol_reading"].tolist()
        starts = [0, *ends[:-1]]
        return Symbols.of(
            [
                (chr(char), tuple(readings[start:end]))
                for char, start, end in zip(
                    arrays["symbol_character"].tolist(), starts, ends, strict=True
                )
            ]
        )

    @cached_property
    def columns(self) -> SoundColumns:
        """All cores, ready to be scored."""
        return SoundColumns.of(self.packed.arrays["core_length"], self.packed.arrays["core_symbol"])

    def columns_of(self, numbers: NDArray[np.intp]) -> SoundColumns:
        """Some cores only, in the order given, ready to be scored."""
        return SoundColumns.of(*self.symbols_of(numbers))

    def symbols_of(self, numbers: NDArray[np.intp]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """The lengths of some cores, and their symbols one core after the other."""
        lengths = self.packed.arrays["core_length"][numbers].astype(np.intp)
        rows = runs(self._core_starts[numbers], lengths)
        return lengths, self.packed.arrays["core_symbol"][rows].astype(np.intp)

    @cached_property
    def symbol_shares(self) -> NDArray[np.float32]:
        """How often each symbol stands in the cores; sums to 1."""
        counts = np.bincount(
            self.packed.arrays["core_symbol"], minlength=len(self.symbols.characters)
        )
        shares: NDArray[np.float32] = (counts / counts.sum()).astype(np.float32)
        return shares

    @cached_property
    def _core_starts(self) -> NDArray[np.int32]:
        lengths = self.packed.arrays["core_length"].astype(np.int32)
        starts: NDArray[np.int32] = np.cumsum(lengths, dtype=np.int32) - lengths
        return starts

    @cached_property
    def _core_nodes(self) -> NDArray[np.int32]:
        return np.argsort(self.cores, kind="stable").astype(np.int32)

    @cached_property
    def _core_nodes_starts(self) -> NDArray[np.int32]:
        counts = np.bincount(self.cores, minlength=len(self._core_starts))
        return np.concatenate(([0], np.cumsum(counts))).astype(np.int32)

    @cached_property
    def upper(self) -> NDArray[np.intp]:
        """The nodes of county level and above, in order."""
        return np.flatnonzero(self.levels <= COUNTY)

    def upper_of(self, nodes: NDArray[np.integer[Any]]) -> NDArray[np.intp]:
        """For each node the place in `upper` of its county (of itself where it is none's part)."""
        return np.searchsorted(self.upper, nodes, side="right") - 1


@cache
def gazetteer() -> Gazetteer:
    """The shipped gazetteer."""
    return Gazetteer(load_packed(Path(str(files("matching.text") / "data/gazetteer.bin"))))
