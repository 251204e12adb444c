"""Nearest faces with FAISS: exact search over a flat index. The only module that imports faiss.

FAISS finds the near rows; distances, folding and ties are then worked out as in `ExactIndex`, on
FAISS's own copy of the vectors, so that both give the same answer and no vector is held twice.
"""

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any, Final, Self

import faiss
import numpy as np
from numpy.typing import NDArray

from matching.face.embedding import Vector
from matching.face.index import FaceHit, FaceRow, Gallery

#: FAISS adds squares in single precision: rows this close to the last one may have been ordered
#: the other way round. Face vectors have length 1.4 or so; rounding is below 1e-5.
_ROUNDING: Final = 1e-3


class FaissIndex:
    """`matching.face.index.FaceIndex` over IndexFlatL2."""

    def __init__(self, gallery: Gallery) -> None:
        self._flat = faiss.IndexFlatL2(gallery.matrix.shape[1])
        if gallery.face_ids:
            self._flat.add(gallery.matrix)
            gallery = replace(gallery, matrix=_rows_inside(self._flat))
        self._gallery = gallery

    @classmethod
    def build(cls, rows: Iterable[FaceRow]) -> Self:
        """As `FaceIndex.build`."""
        return cls(Gallery.of(rows))

    @property
    def size(self) -> int:
        """How many faces there are."""
        return len(self._gallery.face_ids)

    def search(self, vector: Vector, k: int) -> tuple[FaceHit, ...]:
        """As `FaceIndex.search`."""
        if not self.size or k < 1:
            return ()
        query = self._gallery.query(vector)
        fetch = min(self.size, 2 * k + 16)
        while True:
            squares, rows = self._flat.search(query[np.newaxis], fetch)
            people = self._gallery.people(query, rows[0])
            if fetch == self.size or _settled(people, k, float(squares[0, -1])):
                return tuple(people[:k])
            # Many photos of few people, or ties at the end: look further.
            fetch = min(self.size, 4 * fetch)

    def distances(self, vector: Vector, owner_ids: Iterable[str]) -> dict[str, float]:
        """As `FaceIndex.distances`."""
        return self._gallery.nearest_of(vector, owner_ids)

    def updated(self, added: Iterable[FaceRow], removed_owners: Collection[str]) -> Self:
        """As `FaceIndex.updated`."""
        return type(self)(self._gallery.updated(added, removed_owners))


def _settled(people: list[FaceHit], k: int, last_square: float) -> bool:
    """Whether no row beyond the fetched ones can belong to the first `k` people."""
    reach = max(last_square, 0.0) ** 0.5
    return len(people) >= k and people[k - 1].distance < reach * (1 - _ROUNDING)


def _rows_inside(flat: Any) -> NDArray[np.float32]:
    """The vectors inside the index, shape (faces, dim): a view that lives as long as `flat`."""
    view: NDArray[np.float32] = faiss.rev_swig_ptr(flat.get_xb(), flat.ntotal * flat.d)
    return view.reshape(flat.ntotal, flat.d)
