"""Importing missing-person records: accepted rows become records, once, however often they come."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from casework.accounts.access import Permission
from casework.context import Context
from casework.ports import UnitOfWork
from casework.records.record import MissingRecord
from casework.search.gallery import OwnerKind, stored_face
from matching.face.reading import DetectedFace


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPhoto:
    """A record's photo, already read by the face process."""

    data: bytes
    face: DetectedFace


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportCount:
    """How many records were new, and how many were known already and brought up to date."""

    accepted: int
    updated: int


def import_records(
    context: Context,
    records: Sequence[MissingRecord],
    photos: Mapping[str, RecordPhoto],
) -> ImportCount:
    """Keep records by (source, source_number); `photos` is by source_number.

    Raises:
        NotPermittedError: the actor may not import records.
    """
    context.require(Permission.IMPORT_RECORDS)
    with context.open_work() as work:
        new = sum(
            _keep(context, work, record, photos.get(record.source_number)) for record in records
        )
        count = ImportCount(accepted=new, updated=len(records) - new)
        context.trace(work, "record.import", "registry", new=str(new), updated=str(count.updated))
        work.commit()
    return count


def _keep(
    context: Context, work: UnitOfWork, record: MissingRecord, photo: RecordPhoto | None
) -> bool:
    known = work.records.find(record.source, record.source_number)
    photo_ids = known.photo_ids if known else ()
    if photo and not _has_photo(work, photo_ids, photo.data):
        photo_id = context.new_id()
        work.photos.put(photo_id, photo.data)
        photo_ids = (*photo_ids, photo_id)
        record_id = known.record_id if known else record.record_id
        work.faces.add_many(
            [
                stored_face(
                    photo.face,
                    face_id=context.new_id(),
                    owner_kind=OwnerKind.RECORD,
                    owner_id=record_id,
                    photo_id=photo_id,
                )
            ]
        )
    return work.records.upsert(replace(record, photo_ids=photo_ids))


def _has_photo(work: UnitOfWork, photo_ids: Sequence[str], data: bytes) -> bool:
    return any(work.photos.get(photo_id) == data for photo_id in photo_ids)
