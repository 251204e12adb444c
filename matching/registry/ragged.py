"""Facts of which a record has none, one or several: names, homes, relatives, marks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.text.runs import runs

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Ragged:
    """V values of N records, in the order of the records; each value is `width` whole numbers."""

    #: Where each record's values begin, and behind the last one V; shape (N + 1,).
    starts: NDArray[np.int64]
    #: Shape (V, width).
    values: NDArray[np.int32]

    @classmethod
    def of(cls, lists: Iterable[Sequence[tuple[int, ...]]], width: int) -> "Ragged":
        """One list of values for each record."""
        kept = [list(each) for each in lists]
        flat = [value for each in kept for value in each]
        return cls(
            starts=np.concatenate(([0], np.cumsum([len(each) for each in kept], dtype=np.int64))),
            values=np.array(flat, np.int32).reshape(-1, width),
        )

    @property
    def size(self) -> int:
        """How many records there are."""
        return len(self.starts) - 1

    def of_row(self, row: int) -> range:
        """The places of one record's values."""
        return range(int(self.starts[row]), int(self.starts[row + 1]))

    def owners(self) -> NDArray[np.intp]:
        """The record of each value, shape (V,)."""
        return np.repeat(np.arange(self.size), np.diff(self.starts))

    def best(self, scores: NDArray[np.floating[Any]], nothing: float) -> Floats:
        """The largest score of each record's values, shape (N,); `nothing` where it has none."""
        found = np.full(self.size, nothing)
        has = np.flatnonzero(np.diff(self.starts))
        if len(has):
            found[has] = np.maximum.reduceat(scores, self.starts[has])
        return found

    def kept(self, rows: NDArray[np.intp]) -> "Ragged":
        """These records only, in this order."""
        lengths = np.diff(self.starts)[rows]
        return Ragged(
            starts=np.concatenate(([0], np.cumsum(lengths))),
            values=self.values[runs(self.starts[rows], lengths)],
        )

    def followed_by(self, other: "Ragged") -> "Ragged":
        """These records, then the other's."""
        return Ragged(
            starts=np.concatenate((self.starts, other.starts[1:] + self.starts[-1])),
            values=np.concatenate((self.values, other.values)),
        )
