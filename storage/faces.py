"""Face vectors in SQL: the truth behind every face index."""

from collections.abc import Iterable, Iterator

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, delete, func, select, update

from casework.search.gallery import GalleryName, OwnerKind, SnapshotPin, StoredFace
from matching.face.reading import FaceQuality
from storage import tables
from storage.counters import current, take
from storage.documents import PIN, QUALITY
from storage.numbered_rows import BATCH, insert_numbered
from storage.sealing import Place, SealedBytes, Sealer
from storage.upsert import upsert

_REVISIONS = "faces"


class SqlFaceStore:
    """Implements `casework.ports.FaceStore`."""

    def __init__(self, connection: Connection, sealer: Sealer) -> None:
        self._connection = connection
        self._sealer = sealer

    def add_many(self, faces: Iterable[StoredFace]) -> int:
        """Keep vectors in batches; returns how many."""
        rows = [self._row(face) for face in faces]
        return insert_numbered(self._connection, tables.faces, _REVISIONS, rows)

    def remove_owner(self, kind: OwnerKind, owner_id: str) -> int:
        """Forget every vector of a person."""
        gone = self._connection.execute(
            delete(tables.faces).where(
                tables.faces.c.owner_kind == kind.value, tables.faces.c.owner_id == owner_id
            )
        ).rowcount
        if gone:
            take(self._connection, _REVISIONS)
            pins = tables.face_snapshots
            self._connection.execute(delete(pins).where(pins.c.owner_kind == kind.value))
        return gone

    def of_owner(self, kind: OwnerKind, owner_id: str) -> tuple[StoredFace, ...]:
        """All vectors of one person, oldest first."""
        found = self._connection.execute(
            select(tables.faces)
            .where(tables.faces.c.owner_kind == kind.value, tables.faces.c.owner_id == owner_id)
            .order_by(tables.faces.c.revision)
        )
        return tuple(self._face(row) for row in found.mappings())

    def keep_quality(self, face_id: str, quality: FaceQuality) -> None:
        """What was measured of a stored face later."""
        self._connection.execute(
            update(tables.faces)
            .where(tables.faces.c.face_id == face_id)
            .values(quality=QUALITY.dump(quality).decode())
        )

    def all_of(self, kind: OwnerKind, model_id: str) -> Iterator[StoredFace]:
        """Every vector of one gallery made by one model, streamed."""
        query = (
            select(tables.faces)
            .where(tables.faces.c.owner_kind == kind.value, tables.faces.c.model_id == model_id)
            .order_by(tables.faces.c.revision)
        )
        found = self._connection.execute(query, execution_options={"yield_per": BATCH})
        for row in found.mappings():
            yield self._face(row)

    def changed_owners(self, kind: OwnerKind, revision: int) -> frozenset[str]:
        """People of one gallery who got a vector since this revision."""
        query = select(tables.faces.c.owner_id).where(
            tables.faces.c.owner_kind == kind.value, tables.faces.c.revision > revision
        )
        return frozenset(self._connection.execute(query).scalars())

    def model_ids(self, kind: OwnerKind) -> tuple[str, ...]:
        """The models that made the vectors of one gallery."""
        found = self._connection.execute(
            select(tables.faces.c.model_id)
            .where(tables.faces.c.owner_kind == kind.value)
            .distinct()
        )
        return tuple(sorted(found.scalars()))

    def changed_since(
        self, gallery: GalleryName, revision: int, limit: int
    ) -> tuple[StoredFace, ...]:
        """At most `limit` vectors with a greater revision."""
        query = (
            select(tables.faces)
            .where(_of(gallery), tables.faces.c.revision > revision)
            .order_by(tables.faces.c.revision)
            .limit(limit)
        )
        return tuple(self._face(row) for row in self._connection.execute(query).mappings())

    def listed(self, gallery: GalleryName, after: str, limit: int) -> tuple[tuple[str, str], ...]:
        """(face_id, owner_id) of at most `limit` vectors past `after`."""
        query = (
            select(tables.faces.c.face_id, tables.faces.c.owner_id)
            .where(_of(gallery), tables.faces.c.face_id > after)
            .order_by(tables.faces.c.face_id)
            .limit(limit)
        )
        return tuple((row.face_id, row.owner_id) for row in self._connection.execute(query))

    def count(self, gallery: GalleryName, up_to: int) -> int:
        """How many vectors of one gallery have this revision or a lesser one."""
        query = (
            select(func.count())
            .select_from(tables.faces)
            .where(_of(gallery), tables.faces.c.revision <= up_to)
        )
        return int(self._connection.execute(query).scalar_one())

    def pin(self, pin: SnapshotPin) -> bool:
        """Make this the snapshot of its gallery, unless one as new is in force."""
        gallery = pin.gallery
        row = {
            "owner_kind": gallery.kind.value,
            "model_id": gallery.model_id,
            "generation": pin.generation,
            "document": self._sealer.seal(PIN.dump(pin), _pin_place(gallery)),
        }
        return upsert(self._connection, tables.face_snapshots, row, rising="generation")

    def pinned(self, gallery: GalleryName) -> SnapshotPin | None:
        """The snapshot of a gallery."""
        pins = tables.face_snapshots
        sealed = self._connection.execute(
            select(pins.c.document).where(
                pins.c.owner_kind == gallery.kind.value, pins.c.model_id == gallery.model_id
            )
        ).scalar()
        if sealed is None:
            return None
        return PIN.load(self._sealer.open(sealed, _pin_place(gallery)))

    def revision(self) -> int:
        """Grows with every change of any gallery."""
        return current(self._connection, _REVISIONS)

    def _row(self, face: StoredFace) -> dict[str, object]:
        return {
            "face_id": face.face_id,
            "owner_kind": face.owner_kind.value,
            "owner_id": face.owner_id,
            "photo_id": face.photo_id,
            "engine": face.engine,
            "model_id": face.model_id,
            "vector": self._sealer.seal(face.vector, _place(face.face_id)),
            "quality": QUALITY.dump(face.quality).decode() if face.quality else None,
            "picture_hash": self._sealed_hash(face),
        }

    def _face(self, found: RowMapping) -> StoredFace:
        return StoredFace(
            face_id=found["face_id"],
            owner_kind=OwnerKind(found["owner_kind"]),
            owner_id=found["owner_id"],
            photo_id=found["photo_id"],
            engine=found["engine"],
            model_id=found["model_id"],
            vector=self._sealer.open(found["vector"], _place(found["face_id"])),
            quality=QUALITY.load(found["quality"]) if found["quality"] else None,
            picture_hash=self._hash(found),
            revision=found["revision"],
        )

    def _sealed_hash(self, face: StoredFace) -> SealedBytes | None:
        """A hash tells whoever has a photo whether it is kept here, so it is sealed as well."""
        if face.picture_hash is None:
            return None
        return self._sealer.seal(bytes.fromhex(face.picture_hash), _hash_place(face.face_id))

    def _hash(self, found: RowMapping) -> str | None:
        sealed = found["picture_hash"]
        if sealed is None:
            return None
        return self._sealer.open(sealed, _hash_place(found["face_id"])).hex()


def _place(face_id: str) -> Place:
    return Place("faces", face_id, "vector")


def _hash_place(face_id: str) -> Place:
    return Place("faces", face_id, "picture_hash")


def _pin_place(gallery: GalleryName) -> Place:
    return Place("face_snapshots", f"{gallery.kind.value}/{gallery.model_id}", "document")


def _of(gallery: GalleryName) -> ColumnElement[bool]:
    return and_(
        tables.faces.c.owner_kind == gallery.kind.value,
        tables.faces.c.model_id == gallery.model_id,
    )
