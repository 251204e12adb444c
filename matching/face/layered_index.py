"""The index that serves: exact while the gallery is small, a compressed scan when it is large.

Up to `exact_up_to` faces everything lies in an `ExactIndex`. Above that most faces lie in a scan,
which never changes: new faces lie in a small exact index beside it, removed ones are masked. When
either has grown, a new scan takes both in. Readers of an older snapshot are never disturbed.
"""

from collections.abc import Collection, Iterable, Iterator
from itertools import chain
from typing import ClassVar, Final, Self

import numpy as np
from numpy.typing import NDArray

from matching.errors import BadEmbeddingError
from matching.face.columns import FaceColumns, blocks
from matching.face.embedding import Vector
from matching.face.exact_index import ExactIndex
from matching.face.faiss_index import SAMPLE
from matching.face.id_column import IdColumn, Rows
from matching.face.index import FaceHit, FaceRow, folded
from matching.face.scanned_faces import ScannedFaces

_NOBODY: Final = ExactIndex(FaceColumns.empty())
_NONE_GONE: Final = np.empty(0, dtype=np.bool_)


class LayeredIndex:
    """Implements `matching.face.index.FaceIndex`."""

    #: More faces than this are worth a scan: up to here comparing with all takes a few ms.
    exact_up_to: ClassVar[int] = 50_000
    #: Faces that may lie beside a scan before they are worked in.
    beside_at_most: ClassVar[int] = 2_000
    #: Share of a scan that may be masked before it is made anew.
    gone_at_most: ClassVar[float] = 0.1

    def __init__(
        self,
        beside: ExactIndex,
        base: ScannedFaces | None = None,
        gone: NDArray[np.bool_] = _NONE_GONE,
    ) -> None:
        #: Faces that are not in the scan.
        self.beside = beside
        self.base = base
        #: Rows of the scan that are no longer in the gallery.
        self._gone = gone if gone.size or base is None else _none_gone(base)
        self._gone_count = int(np.count_nonzero(self._gone))

    @classmethod
    def build(cls, rows: Iterable[FaceRow]) -> Self:
        """As `FaceIndex.build`; rows are taken in blocks."""
        return cls.of(FaceColumns.stacked(block) for block in blocks(rows))

    @classmethod
    def of(cls, parts: Iterable[FaceColumns], middle: Vector | None = None) -> Self:
        """Index a gallery in parts, taken one by one; of one face id the last row counts.

        With the `middle` of the scan that the vectors come from, they are not rounded again.
        """
        source = iter(parts)
        head = _head(source, max(cls.exact_up_to, min(SAMPLE, 2 * cls.exact_up_to)))
        if head.size <= cls.exact_up_to:
            return cls(ExactIndex(head.without_repeats()))
        base = ScannedFaces.of(head, source, middle)
        gone = _none_gone(base)
        gone[base.columns.face_ids.repeats()] = True
        return cls(_NOBODY, base, gone)

    @property
    def size(self) -> int:
        """How many faces there are."""
        return self._gone.size - self._gone_count + self.beside.size

    @property
    def dim(self) -> int:
        """Components of a vector; 0 for an empty gallery."""
        return self.beside.columns.dim if self.base is None else self.base.columns.dim

    @property
    def ids(self) -> tuple[IdColumn, IdColumn]:
        """Face ids and owner ids of everybody, row by row."""
        beside = self.beside.columns
        if self.base is None:
            return beside.face_ids, beside.owner_ids
        columns, alive = self.base.columns, np.flatnonzero(~self._gone)
        return (
            IdColumn.joined([columns.face_ids.kept(alive), beside.face_ids]),
            IdColumn.joined([columns.owner_ids.kept(alive), beside.owner_ids]),
        )

    def search(self, vector: Vector, k: int) -> tuple[FaceHit, ...]:
        """As `FaceIndex.search`. Above `exact_up_to` faces, distances are of half precision."""
        if self.base is None or k < 1:
            return self.beside.search(vector, k)
        query, total = self.base.query(vector), self._gone.size
        beside = self.beside.search(query, k) if self.beside.size else ()
        fetch = min(k + k // 4 + 8, total)
        while True:
            rows, gaps = self.base.scan.nearest(query, fetch)
            reach = gaps[-1] if gaps.size else np.inf
            kept = self._kept(rows)
            hits = self.base.columns.hits_at(rows[kept], gaps[kept])
            people = folded(chain(hits, beside), k)
            if fetch == total or (len(people) == k and people[-1].distance < reach):
                return people
            # Many photos of few people, ties at the end, or many gone: look further.
            fetch = min(4 * fetch, total)

    def nearest_of(self, vector: Vector, owner_ids: Iterable[str]) -> dict[str, FaceHit]:
        """As `FaceIndex.nearest_of`."""
        wanted = list(owner_ids)
        found = self.beside.nearest_of(vector, wanted)
        if self.base is None:
            return found
        rows = self.base.columns.owner_ids.rows_of(wanted)
        rows = rows[self._kept(rows)]
        hits = chain(self.base.hits(self.base.query(vector), rows), found.values())
        return {hit.owner_id: hit for hit in folded(hits, rows.size + len(found))}

    def vectors_of(self, owner_id: str) -> NDArray[np.floating]:
        """As `FaceIndex.vectors_of`."""
        beside = self.beside.vectors_of(owner_id)
        if self.base is None:
            return beside
        rows = self.base.columns.owner_ids.rows_of([owner_id])
        whole = self.base.whole(rows[self._kept(rows)])
        return np.concatenate([whole, beside]) if beside.size else whole

    def updated(self, added: Iterable[FaceRow], removed_owners: Collection[str]) -> Self:
        """As `FaceIndex.updated`."""
        new = FaceColumns.of(added)
        if new.size and self.size and new.dim != self.dim:
            raise BadEmbeddingError("face vectors of one gallery have one length")
        kept = self.beside.columns.without(removed_owners, new.face_ids)
        beside = ExactIndex(FaceColumns.joined([kept, new]))
        if self.base is None:
            return type(self)(beside).settled()
        gone = self._gone.copy()
        gone[self.base.columns.owner_ids.rows_of(removed_owners)] = True
        gone[self.base.columns.face_ids.rows_of_column(new.face_ids)] = True
        return type(self)(beside, self.base, gone).settled()

    def compacted(self) -> Self:
        """The same gallery with nothing masked and nothing beside a scan: fit to be stored."""
        is_compact = self.base is None or not (self._gone_count or self.beside.size)
        return self if is_compact else self._made_anew()

    def settled(self) -> Self:
        """This gallery with its layers in bounds."""
        if self.base is None:
            is_large = self.beside.size > self.exact_up_to
            return self.of([self.beside.columns]) if is_large else self
        if self._gone_count > self.gone_at_most * self._gone.size:
            return self._made_anew()
        if self.beside.size <= self.beside_at_most:
            return self
        more = np.zeros(self.beside.size, dtype=np.bool_)
        base = self.base.extended(self.beside.columns)
        return type(self)(_NOBODY, base, np.concatenate([self._gone, more]))

    def _kept(self, rows: Rows) -> NDArray[np.bool_] | slice:
        """Which of these rows are still in the gallery."""
        return ~self._gone[rows] if self._gone_count else slice(None)

    def _made_anew(self) -> Self:
        """Everybody who is left, in a new scan if they are still many."""
        assert self.base is not None
        left = self.base.blocks(np.flatnonzero(~self._gone))
        return self.of(chain(left, [self.beside.columns]), self.base.scan.middle)


def _head(source: Iterator[FaceColumns], enough: int) -> FaceColumns:
    """Parts up to more than `enough` faces: what axes can be learnt from."""
    taken, count = [FaceColumns.empty()], 0
    for part in source:
        taken.append(part)
        count += part.size
        if count > enough:
            break
    return FaceColumns.joined(taken)


def _none_gone(base: ScannedFaces) -> NDArray[np.bool_]:
    return np.zeros(base.columns.size, dtype=np.bool_)
