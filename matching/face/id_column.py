"""A column of ids: fixed-width bytes instead of Python strings, found again by sorted keys.

Ten million ids as Python strings take more than a gigabyte and a dictionary of them as much again;
here one id takes its own length and a look-up takes 12 bytes more.
"""

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.int64]
"""Row numbers."""

_WORD: Final = 8
#: Odd multipliers, one for each eight bytes of an id, and the last mixing step of splitmix64.
_MULTIPLIERS: Final = np.random.default_rng(0x6775_6975).integers(
    0, 2**63, size=1024, dtype=np.uint64
) * np.uint64(2) + np.uint64(1)
_MIX: Final = np.uint64(0x94D0_49BB_1331_11EB)


class IdColumn:
    """Ids by row. An id may stand in several rows."""

    def __init__(self, stored: NDArray[np.bytes_]) -> None:
        self._stored = stored

    @classmethod
    def of(cls, ids: Sequence[str]) -> "IdColumn":
        """A column of these ids, which hold no NUL characters."""
        encoded = [each.encode() for each in ids]
        longest = max(map(len, encoded), default=1)
        width = max(_WORD, -(-longest // _WORD) * _WORD)
        return cls(np.array(encoded, dtype=f"S{width}"))

    @classmethod
    def joined(cls, columns: Sequence["IdColumn"]) -> "IdColumn":
        """These columns below each other."""
        return cls(np.concatenate([each.stored for each in columns]))

    @classmethod
    def from_bytes(cls, data: bytes | bytearray, width: int) -> "IdColumn":
        """The column that `stored.tobytes()` gave, `width` bytes an id."""
        return cls(np.frombuffer(data, dtype=f"S{width}"))

    @property
    def stored(self) -> NDArray[np.bytes_]:
        """The ids as bytes, shape (rows,)."""
        return self._stored

    def __len__(self) -> int:
        return self._stored.size

    def __getitem__(self, row: int) -> str:
        return bytes(self._stored[row]).decode()

    def named(self, rows: Rows) -> list[str]:
        """The ids of these rows."""
        return [each.decode() for each in self._stored[rows].tolist()]

    def kept(self, rows: Rows | NDArray[np.bool_]) -> "IdColumn":
        """The column of these rows only."""
        return IdColumn(self._stored[rows])

    def rows_of(self, ids: Iterable[str]) -> Rows:
        """Every row that holds one of `ids`, ascending."""
        wanted = IdColumn.of(list(ids))
        return self.rows_of_column(wanted)

    def rows_of_column(self, wanted: "IdColumn") -> Rows:
        """Every row that holds an id of the other column, ascending."""
        if not len(self) or not len(wanted):
            return np.empty(0, dtype=np.int64)
        keys, order = self._sorted
        asked = np.unique(wanted.keys)
        first, end = np.searchsorted(keys, asked, "left"), np.searchsorted(keys, asked, "right")
        places = _ranges(first, end)
        rows = order[places].astype(np.int64)
        # Different ids may share a key: only equal ids count.
        equal = np.isin(self._stored[rows], wanted.stored)
        return np.sort(rows[equal])

    def repeats(self) -> Rows:
        """Rows whose id stands again in a later row, ascending."""
        if not len(self):
            return np.empty(0, dtype=np.int64)
        keys, order = self._sorted
        twins = np.flatnonzero(keys[1:] == keys[:-1])
        suspects = np.unique(order[np.concatenate([twins, twins + 1])])
        last = {bytes(self._stored[row]): row for row in suspects.tolist()}
        earlier = [r for r in suspects.tolist() if last[bytes(self._stored[r])] != r]
        return np.array(earlier, dtype=np.int64)

    @cached_property
    def keys(self) -> NDArray[np.uint64]:
        """A 64-bit key of every id; equal ids have equal keys, whatever the column's width."""
        words = np.ascontiguousarray(self._stored).view("<u8").reshape(len(self), -1)
        keys = np.zeros(len(self), dtype=np.uint64)
        for number in range(words.shape[1]):
            keys += words[:, number] * _MULTIPLIERS[number]
        keys ^= keys >> np.uint64(31)
        return keys * _MIX

    @cached_property
    def _sorted(self) -> tuple[NDArray[np.uint64], NDArray[np.uint32]]:
        """Keys in ascending order, and the row of each."""
        order = np.argsort(self.keys, kind="stable")
        return self.keys[order], order.astype(np.uint32)


def _ranges(first: Rows, end: Rows) -> Rows:
    """Every number of every half-open range, in order."""
    lengths = end - first
    starts = np.repeat(first - np.concatenate([[0], np.cumsum(lengths)[:-1]]), lengths)
    places: Rows = starts + np.arange(int(lengths.sum()))
    return places
