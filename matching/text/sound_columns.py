"""Every name of a list scored against a heard one, exactly: no blocking that could lose one.

Names of one length stand together, one array of symbol numbers for each position. A name with as
many syllables as were heard costs the sum of its positions; one syllable more or fewer is allowed
at a price. Names that differ by more are not compared (`inf`): a longer phrase is taken apart first.
"""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching.text.smallest import smallest
from matching.text.symbols import Costs

Column = NDArray[np.intp]

#: A first look takes names whose first position is within so many nats of the best.
_FIRST_LOOK: Final = 3.0
#: Sums of the same float32 terms in another order differ by less.
_ROUNDING: Final = 1e-3


@dataclass(frozen=True, slots=True, eq=False)
class HeardCosts:
    """What was heard, as costs in nats."""

    #: By heard position, the cost of every symbol.
    positions: tuple[Costs, ...]
    #: A syllable of the name was not heard.
    dropped: float
    #: By position: this syllable was heard though the name does not have it.
    inserted: tuple[float, ...]
    #: By position, the cheapest symbol.
    least: tuple[float, ...]
    #: -ln P(just this was heard), whatever was meant.
    chance: float

    @classmethod
    def of(
        cls,
        positions: Sequence[Costs],
        shares: NDArray[np.float32],
        dropped: float,
        inserted: float,
    ) -> "HeardCosts":
        """`shares`: how often each symbol stands in the names at hand, summing to 1.

        A syllable that belongs to no part of the name could have been any: its price is that of
        an insertion and of hearing just this by chance.
        """
        chances = tuple(-math.log(float(shares @ np.exp(-each))) for each in positions)
        return cls(
            positions=tuple(positions),
            dropped=dropped,
            inserted=tuple(inserted + chance for chance in chances),
            chance=sum(chances),
            least=tuple(float(each.min()) for each in positions),
        )


Score = Callable[[HeardCosts, Sequence[Column]], Costs]


@dataclass(frozen=True, slots=True)
class _Way:
    """How names of one length are compared: the cost, and a bound below it that is soon known."""

    length: int
    score: Score
    floor: Score


@dataclass(frozen=True, slots=True, eq=False)
class SoundColumns:
    """N names. `columns[length]` holds that length's positions; `rows[length]` their numbers."""

    size: int
    columns: Mapping[int, tuple[Column, ...]]
    rows: Mapping[int, Column]

    @classmethod
    def of(cls, lengths: NDArray[np.integer], flat: NDArray[np.integer]) -> "SoundColumns":
        """`flat` has the symbols of all names one after the other; `lengths` has shape (N,)."""
        ends = np.cumsum(lengths, dtype=np.intp)
        starts = ends - lengths.astype(np.intp)
        rows = {int(each): np.flatnonzero(lengths == each) for each in np.unique(lengths)}
        columns = {
            length: tuple(flat[starts[at] + place].astype(np.intp) for place in range(length))
            for length, at in rows.items()
        }
        return cls(size=len(lengths), columns=columns, rows=rows)

    def kept(self, names: Column) -> "SoundColumns":
        """These names only, given by ascending numbers that do not repeat."""
        rows: dict[int, Column] = {}
        columns: dict[int, tuple[Column, ...]] = {}
        for length, numbers in self.rows.items():
            at = np.flatnonzero(np.isin(numbers, names, assume_unique=True))
            if len(at):
                rows[length] = np.searchsorted(names, numbers[at])
                columns[length] = tuple(each[at] for each in self.columns[length])
        return SoundColumns(size=len(names), columns=columns, rows=rows)

    def costs(self, heard: HeardCosts) -> Costs:
        """The cost of every name, shape (N,), float32 nats."""
        costs = np.full(self.size, np.inf, np.float32)
        for way in self._ways(heard):
            costs[self.rows[way.length]] = way.score(heard, self.columns[way.length])
        return costs

    def nearest(self, heard: HeardCosts, count: int) -> tuple[Column, Costs]:
        """The `count` cheapest names and their costs, cheapest first: `costs`, sorted, but sooner.

        A name is passed over only when its first position, with the best that the others could
        be, already costs more than the `count`-th best name.
        """
        rows, costs = np.empty(0, np.intp), np.empty(0, np.float32)
        for way in self._ways(heard):
            bound = float(costs[-1]) if len(costs) == count > 0 else np.inf
            at, found = _cheap(way, heard, self.columns[way.length], count, bound)
            rows = np.concatenate((rows, self.rows[way.length][at]))
            costs = np.concatenate((costs, found))
            order = np.lexsort((rows, costs))[: max(0, count)]
            rows, costs = rows[order], costs[order]
        return rows, costs

    def _ways(self, heard: HeardCosts) -> Iterator[_Way]:
        count = len(heard.positions)
        ways = (
            _Way(count, _equal, _equal_floor),
            _Way(count + 1, _one_dropped, _one_dropped_floor),
            _Way(count - 1, _one_inserted, _one_inserted_floor),
        )
        return (way for way in ways if count and way.length > 0 and way.length in self.columns)


def _cheap(
    way: _Way, heard: HeardCosts, columns: Sequence[Column], count: int, bound: float
) -> tuple[Column, Costs]:
    """The `count` cheapest names of one length, unless they cost more than `bound`."""

    def scored(rows: Column) -> Costs:
        return way.score(heard, [column[rows] for column in columns])

    floor = way.floor(heard, columns)
    first = np.flatnonzero(floor <= min(bound, float(floor.min()) + _FIRST_LOOK))
    best = smallest(scored(first), count) if len(first) else first
    if len(best) == count > 0:
        bound = min(bound, float(scored(first[best[-1:]])[0]))
    rows = np.flatnonzero(floor <= bound + _ROUNDING)
    costs = scored(rows)
    best = smallest(costs, count)
    return rows[best], costs[best]


def _equal(heard: HeardCosts, columns: Sequence[Column]) -> Costs:
    total = _take(heard.positions[0], columns[0])
    for costs, column in zip(heard.positions[1:], columns[1:], strict=True):
        total += _take(costs, column)
    return total


def _equal_floor(heard: HeardCosts, columns: Sequence[Column]) -> Costs:
    return _take(heard.positions[0] + np.float32(sum(heard.least[1:])), columns[0])


def _one_dropped(heard: HeardCosts, columns: Sequence[Column]) -> Costs:
    """The cheapest way to leave out one position of the name.

    Runs along the positions with two sums: nothing left out yet, and one left out.
    """
    whole = _take(heard.positions[0], columns[0])
    gapped = _take(heard.positions[0], columns[1])
    for at in range(1, len(heard.positions)):
        np.minimum(gapped, whole, out=gapped)
        gapped += _take(heard.positions[at], columns[at + 1])
        whole += _take(heard.positions[at], columns[at])
    return np.minimum(gapped, whole) + np.float32(heard.dropped)


def _one_dropped_floor(heard: HeardCosts, columns: Sequence[Column]) -> Costs:
    first = heard.positions[0] + np.float32(sum(heard.least[1:]) + heard.dropped)
    return np.minimum(_take(first, columns[0]), _take(first, columns[1]))


def _one_inserted(heard: HeardCosts, columns: Sequence[Column]) -> Costs:
    """The cheapest way to leave out one position of what was heard."""
    prices = [np.float32(each) for each in heard.inserted]
    whole = _take(heard.positions[0], columns[0])
    gapped = _take(heard.positions[1], columns[0]) + prices[0]
    for at, column in enumerate(columns[1:], 1):
        np.minimum(gapped, whole + prices[at], out=gapped)
        gapped += _take(heard.positions[at + 1], column)
        whole += _take(heard.positions[at], column)
    costs: Costs = np.minimum(gapped, whole + prices[-1])
    return costs


def _one_inserted_floor(heard: HeardCosts, columns: Sequence[Column]) -> Costs:
    least = heard.least[1:]
    rest = min(
        sum(least) - each + price for each, price in zip(least, heard.inserted[1:], strict=True)
    )
    first_heard = heard.positions[0] + np.float32(rest)
    first_left_out = heard.positions[1] + np.float32(sum(least[1:]) + heard.inserted[0])
    first: Costs = np.minimum(first_heard, first_left_out)
    return _take(first, columns[0])


def _take(costs: Costs, column: Column) -> Costs:
    # `clip` never clips here; it spares the buffer that `raise` needs.
    taken: Costs = costs.take(column, mode="clip")
    return taken
