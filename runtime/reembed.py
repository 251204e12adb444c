"""Moves every face to another engine: reads the photos again, and switches when all are done.

The new vectors are written beside the old ones, a few photos per transaction; an interrupted move
goes on where it stopped, because a photo that has a vector of the new model is not read again.
Until the last one is written nobody sees the new generation: the old one serves. The old vectors
stay, so that moving back needs no reading.

A photo with several faces is read with the old engine too: only the face whose vector was kept
tells which of them is the person.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from casework.accounts.access import Permission
from casework.cases.case import CaseState
from casework.cases.history import search_again
from casework.context import Context
from casework.errors import BadInputError, UnavailableError
from casework.ports import FaceReader, UnitOfWork
from casework.search.gallery import OwnerKind, StoredFace
from matching.face.boxes import shared_part
from matching.face.embedding import distance, pack, unpack
from matching.face.reading import DetectedFace, PhotoReading
from runtime.face_generations import hide, let_serve

#: Photos per transaction: what an interruption costs.
BATCH: Final = 20
#: A face read again by its own engine is this near to its stored vector; other faces are not.
_SAME_FACE: Final = 0.1
#: Two detectors draw one face's box alike to this share of the area of both.
_SAME_PLACE: Final = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """What is asked for."""

    engine: str
    #: The id that the engine's vectors carry.
    model_id: str
    #: Switch although some faces cannot be moved; nobody finds those any more.
    leave_behind: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveReport:
    """What became of every face."""

    model_id: str
    #: Vectors written by this run, and those that an earlier run had written.
    moved: int
    already: int
    #: Faces that cannot be moved: no photo is kept, or the new engine does not see the face.
    without_photo: int
    without_face: int
    switched: bool

    @property
    def left_behind(self) -> int:
        """Faces that nobody would find after the switch."""
        return self.without_photo + self.without_face


@dataclass(frozen=True, slots=True, kw_only=True)
class _Inventory:
    """What is there before the reading."""

    already: int
    without_photo: int
    waiting: tuple[StoredFace, ...]


@dataclass(slots=True)
class _Run:
    """One run over the waiting faces."""

    context: Context
    move: Move
    new: FaceReader
    #: Engine -> reader, for the engines whose vectors are kept.
    old: Mapping[str, FaceReader]
    moved: int = 0
    #: Face ids that the new engine does not see, or cannot tell from others.
    unseen: set[str] = field(default_factory=set)

    def over(self, waiting: Sequence[StoredFace], tell: Callable[[int, int], None]) -> None:
        """Read and write, batch by batch."""
        todo = iter(waiting)
        done = 0
        while batch := list(islice(todo, BATCH)):
            found = [(face, self._read(face)) for face in batch]
            self.unseen.update(face.face_id for face, seen in found if seen is None)
            self._write([(face, seen) for face, seen in found if seen is not None])
            done += len(batch)
            tell(done, len(waiting))

    def _read(self, face: StoredFace) -> DetectedFace | None:
        """The same person's face as the new engine sees it."""
        assert face.photo_id is not None
        with self.context.open_work() as work:
            photo = work.photos.get(face.photo_id)
        reading = self.new.read(photo)
        before = _read_or_none(self.old.get(face.engine), photo)
        if before is None or len(before.faces) + len(reading.faces) <= 2:  # noqa: PLR2004 - one each
            return reading.faces[0] if len(reading.faces) == 1 else None
        return _same_place(_same_vector(face, before), reading)

    def _write(self, found: Sequence[tuple[StoredFace, DetectedFace]]) -> None:
        with self.context.open_work() as work:
            # Whoever was erased while the photo was read stays erased.
            fresh = [
                _moved(self.context.new_id(), face, seen)
                for face, seen in found
                if _is_waiting(work, face, self.move.model_id)
            ]
            self.moved += work.faces.add_many(fresh)
            work.commit()


def reembed(
    context: Context,
    move: Move,
    new: FaceReader,
    old: Mapping[str, FaceReader],
    tell: Callable[[int, int], None],
) -> MoveReport:
    """Move both galleries to `move.model_id`; `tell(done, total)` is called after every batch.

    Raises:
        NotPermittedError: the actor may not move galleries.
        UnavailableError: an engine does not start; what was moved so far is kept.
    """
    context.require(Permission.MOVE_FACES)
    return move_faces(context, move, new, old, tell)


def move_faces(
    context: Context,
    move: Move,
    new: FaceReader,
    old: Mapping[str, FaceReader],
    tell: Callable[[int, int], None],
) -> MoveReport:
    """The same on behalf of whoever may, the system included. Raises UnavailableError."""
    first = _begin(context, move)
    run = _Run(context=context, move=move, new=new, old=old)
    waiting = first.waiting
    while waiting:
        run.over(waiting, tell)
        # Photos that came in meanwhile were read by the old engine.
        with context.open_work() as work:
            waiting = _still_waiting(work, move, run.unseen)
    switched = _switch(context, move, run, first.without_photo)
    return MoveReport(
        model_id=move.model_id,
        moved=run.moved,
        already=first.already,
        without_photo=first.without_photo,
        without_face=len(run.unseen),
        switched=switched,
    )


def _begin(context: Context, move: Move) -> _Inventory:
    """Hide the generation that is being made, then count."""
    with context.open_work() as work:
        hide(work, move.model_id)
        work.commit()
    with context.open_work() as work:
        others = list(_others(work, move.model_id))
        return _Inventory(
            already=sum(1 for kind in OwnerKind for _ in work.faces.all_of(kind, move.model_id)),
            without_photo=sum(face.photo_id is None for face in others),
            waiting=tuple(face for face in others if face.photo_id is not None),
        )


def _others(work: UnitOfWork, model_id: str) -> Iterator[StoredFace]:
    """One face of every photo (and every face without one) that the new model has not."""
    for kind in OwnerKind:
        done = {_key(face) for face in work.faces.all_of(kind, model_id)}
        for other in work.faces.model_ids(kind):
            for face in work.faces.all_of(kind, other):
                if _key(face) not in done:
                    done.add(_key(face))
                    yield face


def _key(face: StoredFace) -> tuple[str, str]:
    return face.owner_id, face.photo_id or face.face_id


def _still_waiting(work: UnitOfWork, move: Move, unseen: set[str]) -> tuple[StoredFace, ...]:
    return tuple(
        face
        for face in _others(work, move.model_id)
        if face.photo_id is not None and face.face_id not in unseen
    )


def _is_waiting(work: UnitOfWork, face: StoredFace, model_id: str) -> bool:
    mine = work.faces.of_owner(face.owner_kind, face.owner_id)
    is_kept = any(each.face_id == face.face_id for each in mine)
    is_done = any((each.model_id, each.photo_id) == (model_id, face.photo_id) for each in mine)
    return is_kept and not is_done


def _read_or_none(reader: FaceReader | None, photo: bytes) -> PhotoReading | None:
    """What the old engine sees; an engine that is no longer installed tells nothing."""
    if reader is None:
        return None
    try:
        return reader.read(photo)
    except (BadInputError, UnavailableError):
        return None


def _same_vector(face: StoredFace, before: PhotoReading) -> DetectedFace | None:
    kept = unpack(face.vector)
    near = [each for each in before.faces if len(each.embedding) == kept.size]
    best = min(near, key=lambda each: distance(each.embedding, kept), default=None)
    return best if best and distance(best.embedding, kept) < _SAME_FACE else None


def _same_place(seen: DetectedFace | None, reading: PhotoReading) -> DetectedFace | None:
    if seen is None:
        return None
    best = max(reading.faces, key=lambda each: shared_part(each.box, seen.box), default=None)
    return best if best and shared_part(best.box, seen.box) >= _SAME_PLACE else None


def _moved(face_id: str, face: StoredFace, seen: DetectedFace) -> StoredFace:
    return StoredFace(
        face_id=face_id,
        owner_kind=face.owner_kind,
        owner_id=face.owner_id,
        photo_id=face.photo_id,
        engine=seen.engine,
        model_id=seen.model_id,
        vector=pack(seen.embedding),
        quality=seen.quality,
        picture_hash=face.picture_hash,
    )


def _switch(context: Context, move: Move, run: _Run, without_photo: int) -> bool:
    """Let the new generation serve, and search every open case with it; False when faces are left."""
    left_behind = without_photo + len(run.unseen)
    if left_behind and not move.leave_behind:
        return False
    with context.open_work() as work:
        let_serve(work, move.model_id)
        owners = {face.owner_id for face in work.faces.all_of(OwnerKind.CASE, move.model_id)}
        for case_id in sorted(owners):
            if work.cases.get(case_id).state is CaseState.OPEN:
                search_again(context, work, case_id)
        context.trace(
            work,
            "face.reembed",
            f"model:{move.model_id}",
            moved=str(run.moved),
            left_behind=str(left_behind),
        )
        work.commit()
    return True
