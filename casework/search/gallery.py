"""Face vectors of people, each bound to its photo, engine and model."""

from dataclasses import dataclass
from enum import StrEnum

from matching.face.embedding import pack
from matching.face.reading import DetectedFace, FaceQuality


class OwnerKind(StrEnum):
    """Whose face it is: the two galleries never mix."""

    RECORD = "record"
    CASE = "case"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFace:
    """One vector in the database, the truth from which indexes are rebuilt."""

    face_id: str
    owner_kind: OwnerKind
    #: record_id or case_id.
    owner_id: str
    #: None for synthetic vectors, which have no photo.
    photo_id: str | None
    engine: str
    model_id: str
    #: Little-endian float32 components.
    vector: bytes
    quality: FaceQuality | None = None
    #: Perceptual hash of the photo, 64 hex digits; None when it was not worked out.
    picture_hash: str | None = None
    #: Running change number of the gallery; 0 before it is stored.
    revision: int = 0


def stored_face(
    face: DetectedFace, *, face_id: str, owner_kind: OwnerKind, owner_id: str, photo_id: str
) -> StoredFace:
    """What is kept of a face that an engine saw on somebody's photo."""
    return StoredFace(
        face_id=face_id,
        owner_kind=owner_kind,
        owner_id=owner_id,
        photo_id=photo_id,
        engine=face.engine,
        model_id=face.model_id,
        vector=pack(face.embedding),
        quality=face.quality,
        picture_hash=face.picture_hash,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class GalleryName:
    """Faces that may be compared with each other: one kind of owner, one model."""

    kind: OwnerKind
    model_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SnapshotPin:
    """The manifest of a gallery's snapshot: without it the file is noise.

    It lies in the database, so that the swap of an old snapshot for a new one is a commit, and that
    forgetting a person takes the key of every file that may hold their faces.
    """

    gallery: GalleryName
    #: Grows with every snapshot of the gallery.
    generation: int
    #: Faces in the file, and how many numbers each has.
    faces: int
    dim: int
    #: The face store's revision that the snapshot is level with.
    revision: int
    #: SHA-256 of the file, hex.
    sha256: str
    #: The key that this file, and no other, is sealed with, hex.
    key: str
