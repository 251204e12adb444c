"""Twins of the stores of records, photos and faces."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from casework.errors import NotFoundError
from casework.records.record import MissingRecord
from casework.search.gallery import GalleryName, OwnerKind, SnapshotPin, StoredFace
from matching.face.reading import FaceQuality
from storage.memory.state import State, refuse_repeat


class MemoryRecordStore:
    """Twin of `storage.records.SqlRecordStore`."""

    def __init__(self, state: State) -> None:
        self._state = state

    def upsert(self, record: MissingRecord) -> bool:
        """Keep or replace by source and number."""
        known = self.find(record.source, record.source_number)
        if known is None:
            self.add_many([record])
            return True
        renewed = replace(record, record_id=known.record_id, revision=known.revision)
        if renewed != known:
            self._put(renewed)
        return False

    def add_many(self, records: Iterable[MissingRecord]) -> int:
        """Keep new records."""
        count = 0
        for record in records:
            is_known = self.find(record.source, record.source_number) is not None
            refuse_repeat(is_known or record.record_id in self._state.records)
            self._put(record)
            count += 1
        return count

    def get(self, record_id: str) -> MissingRecord:
        """One record."""
        if record_id not in self._state.records:
            raise NotFoundError("没有这条走失记录，请核对编号。")
        return self._state.records[record_id]

    def get_many(self, record_ids: Collection[str]) -> Mapping[str, MissingRecord]:
        """Several records by id."""
        return {key: each for key, each in self._state.records.items() if key in record_ids}

    def find(self, source: str, source_number: str) -> MissingRecord | None:
        """The record of a source by its number there."""
        record_id = self._state.record_ids.get((source, source_number))
        return None if record_id is None else self._state.records[record_id]

    def changed_since(self, revision: int) -> Iterator[MissingRecord]:
        """Records with a greater revision."""
        changed = [r for r in self._state.records.values() if r.revision > revision]
        return iter(sorted(changed, key=lambda record: record.revision))

    def changed_ids(self, revision: int) -> frozenset[str]:
        """Ids of the records with a greater revision."""
        return frozenset(record.record_id for record in self.changed_since(revision))

    def new_ids(self, revision: int) -> frozenset[str]:
        """Ids of the records that were not there yet at a revision."""
        first = self._state.first_revisions
        return frozenset(record_id for record_id, came in first.items() if came > revision)

    def revision(self) -> int:
        """The greatest revision given so far."""
        return self._state.record_revision

    def count(self) -> int:
        """How many records there are."""
        return len(self._state.records)

    def _put(self, record: MissingRecord) -> None:
        self._state.record_revision += 1
        stored = replace(record, revision=self._state.record_revision)
        self._state.records[record.record_id] = stored
        self._state.first_revisions.setdefault(record.record_id, stored.revision)
        self._state.record_ids[record.source, record.source_number] = record.record_id


class MemoryPhotoVault:
    """Twin of `storage.photos.SqlPhotoVault`."""

    def __init__(self, state: State) -> None:
        self._state = state

    def put(self, photo_id: str, data: bytes) -> None:
        """Keep a photo as uploaded."""
        refuse_repeat(photo_id in self._state.photos)
        self._state.photos[photo_id] = data

    def get(self, photo_id: str) -> bytes:
        """The bytes as uploaded."""
        if photo_id not in self._state.photos:
            raise NotFoundError("没有这张照片，或您无权查看。")
        return self._state.photos[photo_id]


class MemoryFaceStore:
    """Twin of `storage.faces.SqlFaceStore`."""

    def __init__(self, state: State) -> None:
        self._state = state

    def add_many(self, faces: Iterable[StoredFace]) -> int:
        """Keep vectors."""
        count = 0
        for face in faces:
            refuse_repeat(face.face_id in self._state.faces)
            self._state.face_revision += 1
            stored = replace(face, revision=self._state.face_revision)
            self._state.faces[face.face_id] = stored
            count += 1
        return count

    def remove_owner(self, kind: OwnerKind, owner_id: str) -> int:
        """Forget every vector of a person."""
        gone = self.of_owner(kind, owner_id)
        for face in gone:
            del self._state.faces[face.face_id]
        if gone:
            self._state.face_revision += 1
            pins = self._state.face_snapshots
            self._state.face_snapshots = {g: pin for g, pin in pins.items() if g.kind is not kind}
        return len(gone)

    def of_owner(self, kind: OwnerKind, owner_id: str) -> tuple[StoredFace, ...]:
        """All vectors of one person, oldest first."""
        faces = self._state.faces.values()
        return tuple(f for f in faces if (f.owner_kind, f.owner_id) == (kind, owner_id))

    def keep_quality(self, face_id: str, quality: FaceQuality) -> None:
        """What was measured of a stored face later."""
        face = self._state.faces.get(face_id)
        if face is not None:
            self._state.faces[face_id] = replace(face, quality=quality)

    def all_of(self, kind: OwnerKind, model_id: str) -> Iterator[StoredFace]:
        """Every vector of one gallery made by one model."""
        faces = self._state.faces.values()
        return iter([f for f in faces if (f.owner_kind, f.model_id) == (kind, model_id)])

    def changed_owners(self, kind: OwnerKind, revision: int) -> frozenset[str]:
        """People of one gallery who got a vector since this revision."""
        faces = self._state.faces.values()
        return frozenset(
            f.owner_id for f in faces if f.owner_kind is kind and f.revision > revision
        )

    def model_ids(self, kind: OwnerKind) -> tuple[str, ...]:
        """The models that made the vectors of one gallery."""
        faces = self._state.faces.values()
        return tuple(sorted({f.model_id for f in faces if f.owner_kind is kind}))

    def changed_since(
        self, gallery: GalleryName, revision: int, limit: int
    ) -> tuple[StoredFace, ...]:
        """At most `limit` vectors with a greater revision."""
        faces = self.all_of(gallery.kind, gallery.model_id)
        changed = [face for face in faces if face.revision > revision]
        return tuple(sorted(changed, key=lambda face: face.revision)[:limit])

    def listed(self, gallery: GalleryName, after: str, limit: int) -> tuple[tuple[str, str], ...]:
        """(face_id, owner_id) of at most `limit` vectors past `after`."""
        faces = self.all_of(gallery.kind, gallery.model_id)
        return tuple(sorted((f.face_id, f.owner_id) for f in faces if f.face_id > after)[:limit])

    def count(self, gallery: GalleryName, up_to: int) -> int:
        """How many vectors of one gallery have this revision or a lesser one."""
        faces = self.all_of(gallery.kind, gallery.model_id)
        return sum(face.revision <= up_to for face in faces)

    def pin(self, pin: SnapshotPin) -> bool:
        """Make this the snapshot of its gallery, unless one as new is in force."""
        known = self._state.face_snapshots.get(pin.gallery)
        if known is not None and known.generation >= pin.generation:
            return False
        self._state.face_snapshots[pin.gallery] = pin
        return True

    def pinned(self, gallery: GalleryName) -> SnapshotPin | None:
        """The snapshot of a gallery."""
        return self._state.face_snapshots.get(gallery)

    def revision(self) -> int:
        """Grows with every change of any gallery."""
        return self._state.face_revision
