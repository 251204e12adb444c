"""What the database holds of one gallery, read in short transactions: a rebuild must not hold it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from casework.ports import OpenWork
from casework.search.gallery import GalleryName, StoredFace
from matching.face.embedding import unpack
from matching.face.id_column import IdColumn
from matching.face.index import FaceRow
from matching.face.layered_index import LayeredIndex
from matching.face.quality import load_limits, verdict

#: Faces read in one transaction.
PAGE: Final = 5_000
#: Ids read in one transaction; they are not opened.
_ID_PAGE: Final = 50_000


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldGallery:
    """One gallery in memory, and how it stands to the database and to its snapshot."""

    index: LayeredIndex
    #: The face store's revision that the index is level with.
    revision: int
    #: Faces added since the snapshot in force was written; None when there is none.
    unsaved: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """One page of what came since a revision."""

    faces: tuple[StoredFace, ...]
    #: What the index is level with once it has them.
    revision: int
    #: How many faces the gallery then has; None when there are more pages.
    expected: int | None


class GalleryTruth:
    """Reads one gallery."""

    def __init__(self, open_work: OpenWork, name: GalleryName) -> None:
        self._open_work = open_work
        self._name = name

    def size(self) -> int:
        """How many faces it has now."""
        with self._open_work() as work:
            return work.faces.count(self._name, work.faces.revision())

    def built(self, kind: type[LayeredIndex]) -> HeldGallery:
        """The whole gallery, page by page. Raises BadEmbeddingError."""
        pages = _Pages(self)
        index = kind.build(pages.rows())
        return self.level(HeldGallery(index=index, revision=pages.revision))

    def level(self, held: HeldGallery) -> HeldGallery:
        """With the faces that came since, and without those that went."""
        while True:
            step = self.changes(held.revision)
            held = _with_faces(held, step)
            if step.expected is not None:
                break
        return held if held.index.size == step.expected else self._without_the_gone(held)

    def is_set_of(self, index: LayeredIndex) -> bool:
        """Whether the index holds exactly these faces of these owners."""
        ours, theirs = index.ids, self._ids()
        if len(ours[0]) != len(theirs[0]):
            return False
        order, their_order = np.argsort(ours[0].keys), np.argsort(theirs[0].keys)
        return all(
            np.array_equal(mine.stored[order], other.stored[their_order])
            for mine, other in zip(ours, theirs, strict=True)
        )

    def changes(self, revision: int) -> Changes:
        """The first page of faces past a revision."""
        with self._open_work() as work:
            faces = work.faces.changed_since(self._name, revision, PAGE)
            if len(faces) == PAGE:
                return Changes(faces=faces, revision=faces[-1].revision, expected=None)
            now = work.faces.revision()
            return Changes(faces=faces, revision=now, expected=work.faces.count(self._name, now))

    def _without_the_gone(self, held: HeldGallery) -> HeldGallery:
        """Without owners of faces that the database no longer has; what they have now comes back."""
        faces, owners = held.index.ids
        kept = faces.rows_of_column(self._ids()[0])
        gone = {owners[row] for row in np.delete(np.arange(len(faces)), kept).tolist()}
        with self._open_work() as work:
            back = [
                face
                for owner_id in sorted(gone)
                for face in work.faces.of_owner(self._name.kind, owner_id)
                if face.model_id == self._name.model_id
            ]
        return replace(held, index=held.index.updated(map(_row, back), gone), unsaved=None)

    def _ids(self) -> tuple[IdColumn, IdColumn]:
        """Face ids and owner ids, gathered in blocks: as Python strings they would not fit."""
        faces, owners, after = [IdColumn.of(())], [IdColumn.of(())], ""
        while True:
            with self._open_work() as work:
                page = work.faces.listed(self._name, after, _ID_PAGE)
            if not page:
                return IdColumn.joined(faces), IdColumn.joined(owners)
            faces.append(IdColumn.of([face_id for face_id, _ in page]))
            owners.append(IdColumn.of([owner_id for _, owner_id in page]))
            after = page[-1][0]


class _Pages:
    """Every face of a gallery, and how far the reading has come."""

    def __init__(self, truth: GalleryTruth) -> None:
        self._truth = truth
        self.revision = 0

    def rows(self) -> Iterator[FaceRow]:
        """Every face, oldest change first."""
        is_last = False
        while not is_last:
            step = self._truth.changes(self.revision)
            yield from map(_row, step.faces)
            self.revision, is_last = step.revision, step.expected is not None


def _with_faces(held: HeldGallery, step: Changes) -> HeldGallery:
    if not step.faces:
        return replace(held, revision=step.revision)
    unsaved = None if held.unsaved is None else held.unsaved + len(step.faces)
    index = held.index.updated(map(_row, step.faces), ())
    return HeldGallery(index=index, revision=step.revision, unsaved=unsaved)


def _row(face: StoredFace) -> FaceRow:
    """A stored face as the index takes it; photos of unknown quality count as good."""
    return FaceRow(
        face_id=face.face_id,
        owner_id=face.owner_id,
        vector=unpack(face.vector),
        is_poor=is_poor(face),
    )


def is_poor(face: StoredFace) -> bool:
    """Whether the photo is below the limits; False when its quality is unknown."""
    return face.quality is not None and verdict(face.quality, load_limits()) is not None
