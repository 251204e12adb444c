"""The galleries in memory: one index for each kind of owner and model, level with the database.

The database is the truth and an index a cache of it. A small gallery is built when it is first
needed. A large one is opened from its snapshot, brought level, and checked against the set of faces
in the database; if anything is amiss it is built anew from the database in the background, and until
then `are_whole` is False: a search says so instead of "nobody". Readers take the indexes of one
moment and keep them; nothing that is served is ever changed.
"""

from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import islice
from threading import Lock
from typing import Final

import numpy as np
import structlog

from casework.gallery import GalleryName, OwnerKind, StoredFace
from casework.ports import OpenWork, UnitOfWork
from matching.face.columns import BLOCK
from matching.face.embedding import unpack
from matching.face.id_column import IdColumn
from matching.face.index import FaceRow
from matching.face.layered_index import LayeredIndex
from matching.face.quality import load_limits, verdict
from storage.face_snapshots import SnapshotFolder, SnapshotRefusedError

#: Faces read in one transaction: a rebuild must not hold the database.
PAGE: Final = 5_000
#: How long a reader waits for another one that brings the galleries level.
PATIENCE_SECONDS: Final = 1.0
#: A snapshot is written again when this share of it has changed, or anybody was removed.
CHANGED_SHARE: Final = 0.01

_log = structlog.get_logger("galleries")


@dataclass(frozen=True, slots=True, kw_only=True)
class Galleries:
    """The indexes of one moment."""

    indexes: Mapping[GalleryName, LayeredIndex]
    #: False while a gallery is being rebuilt: nobody of it can be found.
    are_whole: bool = True

    def index(self, kind: OwnerKind, model_id: str) -> LayeredIndex | None:
        """The index of one gallery; None when there are no such faces or it is being rebuilt."""
        return self.indexes.get(GalleryName(kind=kind, model_id=model_id))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Held:
    """One gallery, and how it stands to the database and to its snapshot."""

    index: LayeredIndex
    #: The face store's revision that the index is level with.
    revision: int
    #: Faces added since the snapshot was written; None when there is no snapshot in force.
    unsaved: int | None = None

    def wants_saving(self) -> bool:
        return self.unsaved is None or self.unsaved > CHANGED_SHARE * self.index.size


class FaceGalleries:
    """Keeps every gallery level with the database."""

    def __init__(
        self,
        open_work: OpenWork,
        folder: SnapshotFolder,
        *,
        kind: type[LayeredIndex] = LayeredIndex,
    ) -> None:
        self._open_work = open_work
        self._folder = folder
        self._kind = kind
        self._lock = Lock()
        self._held: dict[GalleryName, _Held] = {}
        self._rebuilding: set[GalleryName] = set()
        self._revision = 0
        self._background = ThreadPoolExecutor(max_workers=1, thread_name_prefix="galleries")

    def now(self) -> Galleries:
        """The indexes as they are; they never change afterwards."""
        held = self._held
        return Galleries(
            indexes={name: each.index for name, each in held.items()},
            are_whole=not self._rebuilding,
        )

    def refresh(self, work: UnitOfWork) -> None:
        """Catch up with the database; one look-up when nothing changed.

        When another thread is catching up and takes long, the galleries of before will do.
        """
        if not self._lock.acquire(timeout=PATIENCE_SECONDS):
            return
        try:
            revision = work.faces.revision()
            if revision != self._revision:
                self._catch_up(work, revision)
                self._revision = revision
        finally:
            self._lock.release()

    def close(self) -> None:
        """Finish what runs in the background, and save what has changed."""
        self._background.shutdown(wait=True)
        for name, held in self._held.items():
            if held.unsaved != 0:
                self._save(name)

    def _catch_up(self, work: UnitOfWork, revision: int) -> None:
        names = [
            GalleryName(kind=kind, model_id=model_id)
            for kind in OwnerKind
            for model_id in work.faces.model_ids(kind)
        ]
        level = {
            name: held
            for name in names
            if name not in self._rebuilding and (held := self._level(work, name, revision))
        }
        self._held = level
        for name, held in level.items():
            if held.wants_saving() and self._is_large(held.index.size):
                self._background.submit(self._save, name)

    def _level(self, work: UnitOfWork, name: GalleryName, revision: int) -> _Held | None:
        held = self._held.get(name)
        if held is not None:
            return _brought_level(work, name, held, revision)
        if not self._is_large(work.faces.count(name, revision)):
            index = self._kind.build(map(_row, work.faces.all_of(name.kind, name.model_id)))
            return _Held(index=index, revision=revision)
        try:
            return self._opened(work, name, revision)
        except SnapshotRefusedError:
            _log.warning("gallery_snapshot_refused", gallery=name.kind.value)
            self._rebuilding.add(name)
            self._background.submit(self._rebuild, name)
            return None

    def _opened(self, work: UnitOfWork, name: GalleryName, revision: int) -> _Held:
        """The gallery of the snapshot in force, level with the database and checked against it."""
        pin = work.faces.pinned(name)
        if pin is None:
            raise SnapshotRefusedError
        saved = _Held(index=self._folder.read(pin), revision=pin.revision, unsaved=0)
        held = _brought_level(work, name, saved, revision)
        if not _is_same_set(held.index, work.faces.listed(name)):
            raise SnapshotRefusedError
        return held

    def _rebuild(self, name: GalleryName) -> None:
        """Build one gallery from the database, page by page, and put it in place."""
        pages = _Pages(self._open_work, name)
        try:
            index = self._kind.build(pages.rows())
        except Exception as error:
            _log.error("gallery_rebuild_failed", error=type(error).__name__)
            self._again(name)
            raise
        with self._lock:
            self._held = {**self._held, name: _Held(index=index, revision=pages.revision)}
            self._rebuilding.discard(name)
            # What changed meanwhile is caught up with at the next refresh.
            self._revision = -1
        _log.info("gallery_rebuilt", gallery=name.kind.value, faces=index.size)
        self._save(name)

    def _again(self, name: GalleryName) -> None:
        """Let the next refresh try once more."""
        with self._lock:
            self._rebuilding.discard(name)
            self._revision = -1

    def _save(self, name: GalleryName) -> None:
        """Write a snapshot and put it in force, unless somebody of it was removed meanwhile."""
        held = self._held.get(name)
        if held is None or held.unsaved == 0 or not self._is_large(held.index.size):
            return
        with self._open_work() as work:
            before = work.faces.pinned(name)
        generation = before.generation + 1 if before else held.revision
        try:
            pin = self._folder.write(
                name, held.index, generation=generation, revision=held.revision
            )
        except OSError as error:
            # The next process starts slower, nothing worse.
            _log.error("gallery_snapshot_failed", error=type(error).__name__)
            return
        with self._open_work() as work:
            is_current = work.faces.count(name, pin.revision) == pin.faces
            if is_current:
                work.faces.pin(pin)
                work.commit()
        self._folder.tidy(name, keep=pin if is_current else None)
        with self._lock:
            if is_current and name in self._held:
                newer = self._held[name].index.size - pin.faces
                self._held = {**self._held, name: replace(self._held[name], unsaved=abs(newer))}

    def _is_large(self, faces: int) -> bool:
        """Worth a snapshot: building it from the database takes more than a second or two."""
        return faces > self._kind.exact_up_to


class _Pages:
    """The faces of a gallery, read in short transactions."""

    def __init__(self, open_work: OpenWork, name: GalleryName) -> None:
        self._open_work = open_work
        self._name = name
        #: Level with what was read so far.
        self.revision = 0

    def rows(self) -> Iterator[FaceRow]:
        """Every face, oldest change first."""
        while True:
            with self._open_work() as work:
                page = work.faces.changed_since(self._name, self.revision, PAGE)
            yield from map(_row, page)
            if not page:
                return
            self.revision = page[-1].revision


def _brought_level(work: UnitOfWork, name: GalleryName, held: _Held, revision: int) -> _Held:
    """With the faces that came, and without those that went."""
    added = list(_changed(work, name, held.revision))
    gone: frozenset[str] = frozenset()
    if held.index.size + len(added) != work.faces.count(name, revision):
        gone = _gone_owners(held.index, work.faces.listed(name))
        # Of somebody who lost one face only, the others come back.
        added += [
            face
            for owner_id in gone
            for face in work.faces.of_owner(name.kind, owner_id)
            if face.model_id == name.model_id
        ]
    if not added and not gone:
        return replace(held, revision=revision)
    index = held.index.updated(map(_row, added), gone)
    unsaved = None if held.unsaved is None or gone else held.unsaved + len(added)
    return _Held(index=index, revision=revision, unsaved=unsaved)


def _changed(work: UnitOfWork, name: GalleryName, revision: int) -> Iterator[StoredFace]:
    while page := work.faces.changed_since(name, revision, PAGE):
        yield from page
        revision = page[-1].revision


def _gone_owners(index: LayeredIndex, listed: Iterable[tuple[str, str]]) -> frozenset[str]:
    """Owners of faces in the index that the database no longer has."""
    faces, owners = index.ids
    kept = faces.rows_of_column(_columns(listed)[0])
    gone = np.delete(np.arange(len(faces)), kept)
    return frozenset(owners[row] for row in gone.tolist())


def _is_same_set(index: LayeredIndex, listed: Iterable[tuple[str, str]]) -> bool:
    """Whether the index holds exactly these faces of these owners."""
    ours, theirs = index.ids, _columns(listed)
    if len(ours[0]) != len(theirs[0]):
        return False
    order, their_order = np.argsort(ours[0].keys), np.argsort(theirs[0].keys)
    return all(
        np.array_equal(mine.stored[order], other.stored[their_order])
        for mine, other in zip(ours, theirs, strict=True)
    )


def _columns(listed: Iterable[tuple[str, str]]) -> tuple[IdColumn, IdColumn]:
    """Face ids and owner ids, gathered in blocks: as Python strings they would not fit."""
    faces, owners = [IdColumn.of(())], [IdColumn.of(())]
    source = iter(listed)
    while block := list(islice(source, BLOCK)):
        faces.append(IdColumn.of([face_id for face_id, _ in block]))
        owners.append(IdColumn.of([owner_id for _, owner_id in block]))
    return IdColumn.joined(faces), IdColumn.joined(owners)


def _row(face: StoredFace) -> FaceRow:
    """A stored face as the index takes it; photos of unknown quality count as good."""
    quality = face.quality
    return FaceRow(
        face_id=face.face_id,
        owner_id=face.owner_id,
        vector=unpack(face.vector),
        is_poor=quality is not None and verdict(quality, load_limits()) is not None,
    )
