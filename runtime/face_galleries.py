"""The galleries in memory: one index for each kind of owner and model, level with the database.

The database is the truth and an index a cache of it. A small gallery is built when it is first
needed. A large one is opened from its snapshot, brought level, and checked against the set of faces
in the database; if anything is amiss it is built anew from the database in the background, and until
then `are_whole` is False: a search says so instead of "nobody". Readers take the indexes of one
moment and keep them; nothing that is served is ever changed.
"""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from threading import Lock
from typing import Final

import structlog

from casework.ports import OpenWork, UnitOfWork
from casework.search.gallery import GalleryName, OwnerKind, SnapshotPin
from matching.face.layered_index import LayeredIndex
from runtime.face_generations import FaceGenerations, face_generations
from runtime.gallery_truth import GalleryTruth, HeldGallery
from storage.face_snapshots import SnapshotFolder, SnapshotRefusedError

#: How long a reader waits for another one that brings the galleries level.
PATIENCE_SECONDS: Final = 1.0
#: A snapshot is written again when this share of it has changed, or anybody was removed.
CHANGED_SHARE: Final = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class Galleries:
    """The indexes of one moment."""

    indexes: Mapping[GalleryName, LayeredIndex]
    #: False while a gallery is being opened or rebuilt: nobody of it can be found.
    are_whole: bool = True
    #: The face store's revision that all of them are level with; 0 when that is not known.
    revision: int = 0

    def index(self, kind: OwnerKind, model_id: str) -> LayeredIndex | None:
        """The index of one gallery; None when there are no such faces or it is being rebuilt."""
        return self.indexes.get(GalleryName(kind=kind, model_id=model_id))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stand:
    """What the database says of all galleries at one moment."""

    #: The face store's revision.
    revision: int
    generations: FaceGenerations


class FaceGalleries:
    """Keeps every gallery whose model serves level with the database."""

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
        #: Held by whoever brings the galleries level.
        self._catching_up = Lock()
        #: Held for moments, while a gallery takes the place of another.
        self._placing = Lock()
        self._held: Mapping[GalleryName, HeldGallery] = {}
        #: Galleries of the database that are not held, and those of them that are being rebuilt.
        self._missing: frozenset[GalleryName] = frozenset()
        self._rebuilding: frozenset[GalleryName] = frozenset()
        #: Snapshots that turned out not to be what their pins say.
        self._refused: Mapping[GalleryName, SnapshotPin] = {}
        #: None before anything was read, and when everything is to be looked at again.
        self._level_with: _Stand | None = None
        #: How many rebuilds have ended.
        self._rebuilds = 0
        self._was_level = False
        self._background = ThreadPoolExecutor(max_workers=1, thread_name_prefix="galleries")

    def now(self) -> Galleries:
        """The indexes as they are; they never change afterwards."""
        with self._placing:
            return Galleries(
                indexes={name: each.index for name, each in self._held.items()},
                are_whole=self._was_level and not self._missing,
                revision=self._level_with.revision if self._level_with else 0,
            )

    def warm_up(self) -> None:
        """Begin to catch up in the background: the first search need not wait for it."""
        self._background.submit(self.refresh)

    def refresh(self) -> None:
        """Catch up with the database; one short look when nothing changed.

        When another thread is catching up and takes long, the galleries of before will do.
        """
        stand = self._stand()
        if stand == self._level_with or not self._catching_up.acquire(timeout=PATIENCE_SECONDS):
            return
        try:
            if stand != self._level_with:
                self._catch_up(stand)
        finally:
            self._catching_up.release()

    def close(self) -> None:
        """Finish what runs in the background: a rebuild that was broken off would begin anew."""
        self._background.shutdown(wait=True)

    def _stand(self) -> _Stand:
        with self._open_work() as work:
            return _Stand(revision=work.faces.revision(), generations=face_generations(work))

    def _catch_up(self, stand: _Stand) -> None:
        rebuilds = self._rebuilds
        with self._open_work() as work:
            names = serving_galleries(work)
        for name in names - self._rebuilding:
            held = self._leveled(name)
            if held is None:
                self._begin_rebuilding(name)
            else:
                self._put(name, held)
                if self._wants_saving(held):
                    self._background.submit(self._save, name)
        with self._placing:
            # A generation that no longer serves leaves the memory.
            self._held = {name: held for name, held in self._held.items() if name in names}
            self._missing &= names
            self._was_level = True
            if rebuilds == self._rebuilds:
                self._level_with = stand

    def _leveled(self, name: GalleryName) -> HeldGallery | None:
        """The gallery level with the database; None when it has to be rebuilt."""
        truth = GalleryTruth(self._open_work, name)
        held = self._held.get(name)
        if held is not None:
            return truth.level(held)
        if not self._is_large(truth.size()):
            return truth.built(self._kind)
        return self._opened(name, truth)

    def _opened(self, name: GalleryName, truth: GalleryTruth) -> HeldGallery | None:
        """The gallery of the snapshot in force, level with the database and checked against it."""
        with self._open_work() as work:
            pin = work.faces.pinned(name)
        if pin is None:
            return None
        try:
            index = self._folder.read(pin)
        except SnapshotRefusedError:
            _log().warning("gallery_snapshot_refused", gallery=name.kind.value)
            self._refused = {**self._refused, name: pin}
            return None
        held = truth.level(HeldGallery(index=index, revision=pin.revision, unsaved=0))
        if truth.is_set_of(held.index):
            return held
        self._refused = {**self._refused, name: pin}
        return None

    def _begin_rebuilding(self, name: GalleryName) -> None:
        with self._placing:
            self._missing |= {name}
            self._rebuilding |= {name}
        self._background.submit(self._rebuild, name)

    def _rebuild(self, name: GalleryName) -> None:
        """Build one gallery from the database and put it in place."""
        try:
            held = GalleryTruth(self._open_work, name).built(self._kind)
        except Exception as error:
            _log().error("gallery_rebuild_failed", error=type(error).__name__)
            raise
        else:
            self._put(name, held)
            _log().info("gallery_rebuilt", gallery=name.kind.value, faces=held.index.size)
        finally:
            with self._placing:
                self._rebuilding -= {name}
                # What changed meanwhile, or has failed, is seen to at the next refresh.
                self._rebuilds += 1
                self._level_with = None
        self._save(name)

    def _put(self, name: GalleryName, held: HeldGallery) -> None:
        with self._placing:
            self._held = {**self._held, name: held}
            self._missing -= {name}

    def _wants_saving(self, held: HeldGallery) -> bool:
        if not self._is_large(held.index.size):
            return False
        return held.unsaved is None or held.unsaved > CHANGED_SHARE * held.index.size

    def _save(self, name: GalleryName) -> None:
        """Write a snapshot and put it in force, unless somebody of it was removed meanwhile."""
        held = self._held.get(name)
        if held is None or held.unsaved == 0 or not self._is_large(held.index.size):
            return
        with self._open_work() as work:
            before = work.faces.pinned(name)
        # Another process may have saved as much.
        is_sound = before is not None and before != self._refused.get(name)
        if (before and is_sound and before.revision >= held.revision) or self._written(
            name, held, before
        ):
            self._note_saved(name, held)

    def _written(self, name: GalleryName, held: HeldGallery, before: SnapshotPin | None) -> bool:
        """Write a snapshot and pin it; False when it did not come into force."""
        generation = before.generation + 1 if before else held.revision
        try:
            pin = self._folder.write(
                name, held.index, generation=generation, revision=held.revision
            )
        except OSError as error:
            # The next process starts slower, nothing worse.
            _log().error("gallery_snapshot_failed", error=type(error).__name__)
            return False
        with self._open_work() as work:
            is_whole = work.faces.count(name, pin.revision) == pin.faces
            is_pinned = is_whole and work.faces.pin(pin)
            in_force = work.faces.pinned(name)
            work.commit()
        self._folder.tidy(name, keep=in_force)
        return is_pinned

    def _note_saved(self, name: GalleryName, saved: HeldGallery) -> None:
        with self._placing:
            # A newer one has its own saving waiting behind this one.
            if self._held.get(name) is saved:
                self._held = {**self._held, name: replace(saved, unsaved=0)}

    def _is_large(self, faces: int) -> bool:
        """Worth a snapshot: building it from the database takes more than a second or two."""
        return faces > self._kind.exact_up_to


def serving_galleries(work: UnitOfWork) -> frozenset[GalleryName]:
    """Every gallery whose model is searched now."""
    generations = face_generations(work)
    return frozenset(
        GalleryName(kind=kind, model_id=model_id)
        for kind in OwnerKind
        for model_id in work.faces.model_ids(kind)
        if generations.serves(model_id)
    )


def _log() -> structlog.typing.FilteringBoundLogger:
    log: structlog.typing.FilteringBoundLogger = structlog.get_logger("galleries")
    return log
