"""Faces whose vectors lie in a compressed scan: ids beside it, row by row."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from typing import Self

import numpy as np
from numpy.typing import NDArray

from matching.face.columns import BLOCK, FaceColumns
from matching.face.embedding import Vector
from matching.face.faiss_index import SAMPLE, FaissScan
from matching.face.id_column import Rows
from matching.face.index import FaceHit


@dataclass(frozen=True, slots=True, kw_only=True)
class ScannedFaces:
    """A scan that is no longer added to, and whose faces these are."""

    scan: FaissScan
    #: `vectors` is the scan's own memory: halves, less the scan's middle.
    columns: FaceColumns

    @classmethod
    def of(
        cls, head: FaceColumns, rest: Iterable[FaceColumns], middle: Vector | None = None
    ) -> Self:
        """Learn the axes from `head`, then take in everything. Raises BadEmbeddingError."""
        step = max(head.size // SAMPLE, 1)
        scan = FaissScan.trained(head.vectors[::step][:SAMPLE], middle)
        # One part at a time: together they would be several times the scan.
        taken = [_added(scan, part) for part in chain([head], rest) if part.size]
        return cls.around(scan, FaceColumns.joined(taken))

    @classmethod
    def around(cls, scan: FaissScan, ids: FaceColumns) -> Self:
        """The rows of a scan with their ids; the vectors of `ids` are not looked at."""
        scan.settle()
        return cls(scan=scan, columns=replace(ids, vectors=scan.around))

    def __reduce__(self) -> tuple[Callable[[FaissScan, FaceColumns], Self], tuple[object, ...]]:
        """The vectors are the scan's memory: in another process, too."""
        return self.around, (self.scan, _without_vectors(self.columns))

    def extended(self, more: FaceColumns) -> Self:
        """A copy with more faces at the end."""
        ids = FaceColumns.joined([_without_vectors(self.columns), _without_vectors(more)])
        return self.around(self.scan.extended(more.vectors), ids)

    def query(self, vector: Vector) -> Vector:
        """The vector, checked to fit. Raises BadEmbeddingError."""
        return self.columns.query(vector)

    def hits(self, query: Vector, rows: Rows) -> list[FaceHit]:
        """Each of these rows with its distance."""
        return self.columns.hits(query - self.scan.middle, rows)

    def whole(self, rows: Rows) -> NDArray[np.float32]:
        """The vectors of these rows, the middle added again."""
        vectors: NDArray[np.float32] = self.columns.vectors[rows] + self.scan.middle
        return vectors

    def blocks(self, rows: Rows) -> Iterator[FaceColumns]:
        """These rows with whole vectors, some at a time."""
        for start in range(0, rows.size, BLOCK):
            part = rows[start : start + BLOCK]
            yield replace(_without_vectors(self.columns).kept(part), vectors=self.whole(part))


def _added(scan: FaissScan, part: FaceColumns) -> FaceColumns:
    """The part without its vectors, which the scan has taken in."""
    scan.add(part.vectors)
    return _without_vectors(part)


def _without_vectors(columns: FaceColumns) -> FaceColumns:
    return replace(columns, vectors=np.empty((columns.size, 0), dtype=np.float32))
