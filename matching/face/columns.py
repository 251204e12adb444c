"""The faces of a gallery as columns: ids, marks and a matrix, row by row."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from matching.errors import BadEmbeddingError
from matching.face.embedding import Vector, checked, checked_rows
from matching.face.id_column import IdColumn, Rows
from matching.face.index import FaceHit, FaceRow

#: Rows that are stacked at a time: a gallery of millions is never held as Python objects.
BLOCK: Final = 65_536


@dataclass(frozen=True, slots=True, kw_only=True)
class FaceColumns:
    """Faces of one model. A face id stands in one row only."""

    face_ids: IdColumn
    owner_ids: IdColumn
    #: As `FaceRow.is_poor`, shape (faces,).
    is_poor: NDArray[np.bool_]
    #: Shape (faces, dim), float32 or float16.
    vectors: NDArray[np.floating]

    @classmethod
    def of(cls, rows: Iterable[FaceRow]) -> Self:
        """Check and stack rows; of rows with one face id the last counts."""
        return cls.joined([cls.empty(), *map(cls.stacked, blocks(rows))]).without_repeats()

    @classmethod
    def empty(cls) -> Self:
        """No faces, of no dimension yet."""
        return cls(
            face_ids=IdColumn.of(()),
            owner_ids=IdColumn.of(()),
            is_poor=np.empty(0, dtype=np.bool_),
            vectors=np.empty((0, 0), dtype=np.float32),
        )

    @classmethod
    def stacked(cls, rows: Sequence[FaceRow]) -> Self:
        """These rows as they are. Raises BadEmbeddingError."""
        return cls(
            face_ids=IdColumn.of([row.face_id for row in rows]),
            owner_ids=IdColumn.of([row.owner_id for row in rows]),
            is_poor=np.array([row.is_poor for row in rows], dtype=np.bool_),
            vectors=checked_rows([row.vector for row in rows]),
        )

    @classmethod
    def joined(cls, parts: Sequence[Self]) -> Self:
        """These parts below each other. Raises BadEmbeddingError when dimensions differ."""
        full = [each for each in parts if each.size]
        if not full:
            return parts[0]
        if len({each.dim for each in full}) > 1:
            raise BadEmbeddingError("face vectors of one gallery have one length")
        return cls(
            face_ids=IdColumn.joined([each.face_ids for each in full]),
            owner_ids=IdColumn.joined([each.owner_ids for each in full]),
            is_poor=np.concatenate([each.is_poor for each in full]),
            vectors=np.concatenate([each.vectors for each in full]),
        )

    @property
    def size(self) -> int:
        """How many faces there are."""
        return len(self.face_ids)

    @property
    def dim(self) -> int:
        """Components of a vector."""
        return int(self.vectors.shape[1])

    def kept(self, rows: Rows | NDArray[np.bool_]) -> Self:
        """A copy of these rows only."""
        return type(self)(
            face_ids=self.face_ids.kept(rows),
            owner_ids=self.owner_ids.kept(rows),
            is_poor=self.is_poor[rows],
            vectors=self.vectors[rows],
        )

    def without_repeats(self) -> Self:
        """Every face id once, by its last row: a task that is delivered twice adds nothing."""
        repeats = self.face_ids.repeats()
        return self if not repeats.size else self.kept(np.delete(np.arange(self.size), repeats))

    def without(self, owner_ids: Iterable[str], face_ids: IdColumn) -> Self:
        """A copy without the faces of these people and without these faces."""
        gone = np.concatenate(
            [self.owner_ids.rows_of(owner_ids), self.face_ids.rows_of_column(face_ids)]
        )
        return self if not gone.size else self.kept(np.delete(np.arange(self.size), gone))

    def query(self, vector: Vector) -> Vector:
        """The vector, checked to fit. Raises BadEmbeddingError."""
        return checked(vector, self.dim if self.size else None)

    def gaps(self, query: Vector, rows: Rows) -> NDArray[np.float64]:
        """Euclidean distances to these rows, in double precision."""
        if not rows.size:
            return np.empty(0)
        difference = self.vectors[rows].astype(np.float64) - query
        gaps: NDArray[np.float64] = np.sqrt(np.einsum("ij,ij->i", difference, difference))
        return gaps

    def hits(self, query: Vector, rows: Rows) -> list[FaceHit]:
        """Each of these rows with its distance."""
        return self.hits_at(rows, self.gaps(query, rows))

    def hits_at(self, rows: Rows, gaps: NDArray[np.float64]) -> list[FaceHit]:
        """Each of these rows with a distance that is known already."""
        owners, faces = self.owner_ids.named(rows), self.face_ids.named(rows)
        return list(map(FaceHit, gaps.tolist(), owners, faces, self.is_poor[rows].tolist()))


def blocks(rows: Iterable[FaceRow]) -> Iterator[list[FaceRow]]:
    """The rows, some at a time."""
    source = iter(rows)
    while block := list(islice(source, BLOCK)):
        yield block
