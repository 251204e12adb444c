"""Where the eyes are on photos that were stored before that was kept: read again when they are compared."""

from collections.abc import Sequence
from dataclasses import replace

from casework.cases.sight import check_sight
from casework.context import Context
from casework.leads.lead import Lead
from casework.leads.review import visible_lead
from casework.ports import FaceReader, UnitOfWork
from casework.search.gallery import OwnerKind, StoredFace
from matching.face.embedding import distance, unpack
from matching.face.reading import DetectedFace, FaceQuality


def find_eyes(context: Context, lead_id: str, face_reader: FaceReader) -> int:
    """Read the photos of a lead whose eyes are not known again; returns for how many they now are.

    Raises:
        NotPermittedError: the role may not read leads, or a child's file that is closed.
        NotFoundError: no such lead for this user.
        UnavailableError: photos cannot be read just now.
    """
    with context.open_work() as work:
        lead = visible_lead(context, work, lead_id)
        check_sight(context, work, lead.case_id, work.records.get(lead.record_id))
        waiting = without_eyes(_faces_of(work, lead))
        photos = [work.photos.get(face.photo_id or "") for face in waiting]
    found = [
        (face.face_id, quality)
        for face, photo in zip(waiting, photos, strict=True)
        if (quality := _measured(face, face_reader.read(photo).faces)) is not None
    ]
    with context.open_work() as work:
        for face_id, quality in found:
            work.faces.keep_quality(face_id, quality)
        context.trace(work, "face.measure", f"lead:{lead_id}", n=str(len(found)))
        work.commit()
    return len(found)


def without_eyes(faces: Sequence[StoredFace]) -> list[StoredFace]:
    """Faces with a photo on which nobody noted where the eyes are."""
    return [
        face for face in faces if face.photo_id and (face.quality is None or not face.quality.eyes)
    ]


def _faces_of(work: UnitOfWork, lead: Lead) -> tuple[StoredFace, ...]:
    return (
        *work.faces.of_owner(OwnerKind.CASE, lead.case_id),
        *work.faces.of_owner(OwnerKind.RECORD, lead.record_id),
    )


def _measured(face: StoredFace, seen: Sequence[DetectedFace]) -> FaceQuality | None:
    """What the photo says of this very face: the only one, or the nearest one of the same model."""
    nearest = seen[0] if len(seen) == 1 else _nearest(face, seen)
    if nearest is None or nearest.quality.eyes is None:
        return None
    return replace(face.quality or nearest.quality, eyes=nearest.quality.eyes)


def _nearest(face: StoredFace, seen: Sequence[DetectedFace]) -> DetectedFace | None:
    own = unpack(face.vector)
    same = [each for each in seen if each.model_id == face.model_id]
    return min(same, key=lambda each: distance(own, each.embedding), default=None)
