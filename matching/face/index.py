"""Nearest faces: the port, and the exact index that every other one is held to.

An index is a snapshot: it never changes, so readers need no lock. `updated` makes a new one. A
person with several photos answers once, with the nearest of them. Ties are broken by owner and
face id, so that the same gallery always gives the same answer.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray

from matching.errors import BadEmbeddingError
from matching.face.embedding import Vector, checked


@dataclass(frozen=True, slots=True, kw_only=True)
class FaceRow:
    """One vector of one person."""

    face_id: str
    owner_id: str
    vector: Vector


@dataclass(frozen=True, slots=True, kw_only=True)
class FaceHit:
    """A person, by the nearest of their faces."""

    owner_id: str
    #: Euclidean, not squared.
    distance: float
    face_id: str


class FaceIndex(Protocol):
    """A snapshot of one gallery of one model."""

    @classmethod
    def build(cls, rows: Iterable[FaceRow]) -> Self:
        """Index these faces; of rows with one face id the last counts.

        Raises:
            BadEmbeddingError: a vector is unusable, or they differ in length.
        """

    @property
    def size(self) -> int:
        """How many faces there are."""

    def search(self, vector: Vector, k: int) -> tuple[FaceHit, ...]:
        """The `k` nearest people, nearest first. Raises BadEmbeddingError."""

    def distances(self, vector: Vector, owner_ids: Iterable[str]) -> dict[str, float]:
        """Distance to the nearest face of each of these people; those without a face are left out.

        Raises:
            BadEmbeddingError: the vector is unusable or of another length.
        """

    def updated(self, added: Iterable[FaceRow], removed_owners: Collection[str]) -> Self:
        """A new snapshot without the faces of `removed_owners`, and with `added`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gallery:
    """The rows behind an index: ids beside a matrix."""

    face_ids: tuple[str, ...]
    owner_ids: tuple[str, ...]
    #: Shape (faces, dim), float32.
    matrix: NDArray[np.float32]
    #: Row numbers of each person.
    rows_of: Mapping[str, Sequence[int]]

    @classmethod
    def of(cls, rows: Iterable[FaceRow]) -> Self:
        """Check and stack rows; of rows with one face id the last counts."""
        # A task that is delivered twice adds its face twice; it must not crowd out the others.
        kept = list({row.face_id: row for row in rows}.values())
        dim = kept[0].vector.size if kept else 0
        rows_of: dict[str, list[int]] = {}
        for number, row in enumerate(kept):
            rows_of.setdefault(row.owner_id, []).append(number)
        return cls(
            face_ids=tuple(row.face_id for row in kept),
            owner_ids=tuple(row.owner_id for row in kept),
            matrix=np.array([checked(row.vector, dim) for row in kept], np.float32).reshape(
                len(kept), dim
            ),
            rows_of=rows_of,
        )

    def updated(self, added: Iterable[FaceRow], removed_owners: Collection[str]) -> Self:
        """The rows without `removed_owners`, then `added`."""
        removed = frozenset(removed_owners)
        kept = (
            FaceRow(face_id=face_id, owner_id=owner_id, vector=vector)
            for face_id, owner_id, vector in zip(
                self.face_ids, self.owner_ids, self.matrix, strict=True
            )
            if owner_id not in removed
        )
        return type(self).of([*kept, *added])

    def query(self, vector: Vector) -> Vector:
        """The vector, checked to fit. Raises BadEmbeddingError."""
        if not self.face_ids:
            raise BadEmbeddingError("an empty gallery has no vectors to compare with")
        return checked(vector, self.matrix.shape[1])

    def gaps(self, query: Vector, rows: Sequence[int] | NDArray[np.int64]) -> NDArray[np.float64]:
        """Euclidean distances to these rows, in double precision."""
        difference = self.matrix[np.asarray(rows, dtype=np.int64)].astype(np.float64) - query
        gaps: NDArray[np.float64] = np.sqrt((difference * difference).sum(axis=1))
        return gaps

    def people(self, query: Vector, rows: NDArray[np.int64]) -> list[FaceHit]:
        """The owners of these rows, each by the nearest of them, nearest owner first."""
        found = sorted(
            (gap, self.owner_ids[row], self.face_ids[row])
            for gap, row in zip(self.gaps(query, rows).tolist(), rows.tolist(), strict=True)
        )
        hits: dict[str, FaceHit] = {}
        for gap, owner_id, face_id in found:
            hits.setdefault(owner_id, FaceHit(owner_id=owner_id, distance=gap, face_id=face_id))
        return list(hits.values())

    def nearest_of(self, vector: Vector, owner_ids: Iterable[str]) -> dict[str, float]:
        """As `FaceIndex.distances`."""
        known = [owner_id for owner_id in owner_ids if owner_id in self.rows_of]
        if not self.face_ids:
            return {}
        query = self.query(vector)
        return {owner: float(self.gaps(query, self.rows_of[owner]).min()) for owner in known}


class ExactIndex:
    """Compares with every face, in numpy: the oracle of the other indexes."""

    def __init__(self, gallery: Gallery) -> None:
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
        if not self.size:
            return ()
        query = self._gallery.query(vector)
        return tuple(self._gallery.people(query, np.arange(self.size))[: max(k, 0)])

    def distances(self, vector: Vector, owner_ids: Iterable[str]) -> dict[str, float]:
        """As `FaceIndex.distances`."""
        return self._gallery.nearest_of(vector, owner_ids)

    def updated(self, added: Iterable[FaceRow], removed_owners: Collection[str]) -> Self:
        """As `FaceIndex.updated`."""
        return type(self)(self._gallery.updated(added, removed_owners))
