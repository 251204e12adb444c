"""The exact index: compares with every face, in numpy. The oracle of the compressed one.

A first pass over all faces adds squares in single precision; the faces that can be among the
nearest by more than its rounding are then measured again in double precision.
"""

from collections.abc import Collection, Iterable
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from matching.face.columns import FaceColumns
from matching.face.embedding import Vector
from matching.face.id_column import Rows
from matching.face.index import FaceHit, FaceRow, folded

#: Single precision loses at most this share of |x|^2 + |q|^2 over some thousand components.
_ROUNDING: Final = 1e-4


class ExactIndex:
    """Implements `matching.face.index.FaceIndex` without shortcuts that could lose anybody."""

    def __init__(self, columns: FaceColumns) -> None:
        self._columns = columns
        self._squares = _squares(columns.vectors)
        self._largest = float(self._squares.max(initial=0.0))

    @classmethod
    def build(cls, rows: Iterable[FaceRow]) -> Self:
        """As `FaceIndex.build`."""
        return cls(FaceColumns.of(rows))

    @property
    def size(self) -> int:
        """How many faces there are."""
        return self._columns.size

    @property
    def columns(self) -> FaceColumns:
        """The faces themselves."""
        return self._columns

    def search(self, vector: Vector, k: int) -> tuple[FaceHit, ...]:
        """As `FaceIndex.search`."""
        query = self._columns.query(vector)
        if not self.size or k < 1:
            return ()
        rough = self._rough_squares(query)
        slack = _ROUNDING * (self._largest + float(query @ query))
        fetch = 2 * k + 16 if np.isfinite(slack) else self.size
        while True:
            rows, reach = _smallest(rough, fetch)
            people = folded(self._columns.hits(query, rows), k)
            is_settled = len(people) == k and people[-1].distance ** 2 < reach - slack
            if rows.size == self.size or is_settled:
                return people
            # Many photos of few people, or ties at the end: look further.
            fetch *= 4

    def nearest_of(self, vector: Vector, owner_ids: Iterable[str]) -> dict[str, FaceHit]:
        """As `FaceIndex.nearest_of`."""
        query = self._columns.query(vector)
        rows = self._columns.owner_ids.rows_of(owner_ids)
        return {hit.owner_id: hit for hit in folded(self._columns.hits(query, rows), rows.size)}

    def vectors_of(self, owner_id: str) -> NDArray[np.floating]:
        """As `FaceIndex.vectors_of`."""
        return self._columns.vectors[self._columns.owner_ids.rows_of([owner_id])]

    def updated(self, added: Iterable[FaceRow], removed_owners: Collection[str]) -> Self:
        """As `FaceIndex.updated`."""
        new = FaceColumns.of(added)
        kept = self._columns.without(removed_owners, new.face_ids)
        return type(self)(FaceColumns.joined([kept, new]))

    def _rough_squares(self, query: Vector) -> NDArray[np.float32]:
        """Squared distance to every face, single precision."""
        with np.errstate(over="ignore", invalid="ignore"):
            dots = self._columns.vectors @ query
            rough: NDArray[np.float32] = self._squares - 2.0 * dots + query @ query
        return rough


def _squares(vectors: NDArray[np.floating]) -> NDArray[np.float32]:
    with np.errstate(over="ignore"):
        squares: NDArray[np.float32] = np.einsum("ij,ij->i", vectors, vectors)
    return squares


def _smallest(values: NDArray[np.float32], count: int) -> tuple[Rows, float]:
    """Rows of the smallest values, and what every other value is not below."""
    if count >= values.size:
        return np.arange(values.size), np.inf
    rows = np.argpartition(values, count - 1)[:count]
    return rows, float(values[rows].max())
