"""Every name of a list scored against a heard one, exactly: no blocking, no short list.

Names of one length stand together, one array of symbol numbers for each position. A name with as
many syllables as were heard costs the sum of its positions; one syllable more or fewer is allowed
at a price. Names that differ by more are not compared (`inf`): a longer phrase is taken apart first.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.text.symbols import Costs

Column = NDArray[np.intp]


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

    def costs(self, heard: Sequence[Costs], *, dropped: float, inserted: float) -> Costs:
        """The cost of every name, shape (N,), float32 nats.

        `heard[i]` is the cost of every symbol at the i-th heard position. `dropped`: a syllable
        of the name was not heard; `inserted`: a syllable was heard that the name does not have.
        """
        costs = np.full(self.size, np.inf, np.float32)
        count = len(heard)
        if not count:
            return costs
        for length, score, price in (
            (count, _equal, 0.0),
            (count + 1, _one_dropped, dropped),
            (count - 1, _one_inserted, inserted),
        ):
            if length in self.columns:
                costs[self.rows[length]] = score(heard, self.columns[length]) + np.float32(price)
        return costs


def _equal(heard: Sequence[Costs], columns: Sequence[Column]) -> Costs:
    total = _take(heard[0], columns[0])
    for costs, column in zip(heard[1:], columns[1:], strict=True):
        total += _take(costs, column)
    return total


def _one_dropped(heard: Sequence[Costs], columns: Sequence[Column]) -> Costs:
    """The cheapest way to leave out one position of the name.

    Runs along the positions with two sums: nothing left out yet, and one left out.
    """
    whole = _take(heard[0], columns[0])
    gapped = _take(heard[0], columns[1])
    for at in range(1, len(heard)):
        np.minimum(gapped, whole, out=gapped)
        gapped += _take(heard[at], columns[at + 1])
        whole += _take(heard[at], columns[at])
    return np.minimum(gapped, whole)


def _one_inserted(heard: Sequence[Costs], columns: Sequence[Column]) -> Costs:
    """The cheapest way to leave out one position of what was heard."""
    whole = np.zeros(len(columns[0]), np.float32)
    gapped: Costs | None = None
    for at, column in enumerate(columns):
        after = _take(heard[at + 1], column)
        best = whole if gapped is None else np.minimum(gapped, whole)
        gapped = best + after
        whole = whole + _take(heard[at], column)
    assert gapped is not None
    return np.minimum(gapped, whole)


def _take(costs: Costs, column: Column) -> Costs:
    # `clip` never clips here; it spares the buffer that `raise` needs.
    return costs.take(column, mode="clip")
