"""Notices that one photo came in twice: for one person it adds nothing, for two it is an alarm.

Two photos of one person are evidence; a photo and its own copy are not, however near their vectors
lie. It is a clerk's slip, or somebody passes a published photo off as their own.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Final

from casework.cases.case import Case
from casework.context import Context
from casework.ports import UnitOfWork
from casework.search.gallery import OwnerKind, StoredFace
from matching.face.reading import is_one_picture

_TWICE: Final = "同一张照片交了两次（或是它的翻版），没有增加信息，请另拍一张。"
_ELSEWHERE: Final = "警告：这张照片与另一人的照片是同一张（{place}），请先查清照片来源，再作比对。"


def copy_notes(
    context: Context, work: UnitOfWork, case: Case, photo_ids: Collection[str]
) -> tuple[str, ...]:
    """What the desk must know of photos that were there before, or came twice at once.

    Args:
        context: who asks; only numbers of the asker's own station are named.
        work: the transaction, with the new photos already in it.
        case: whose photos they are.
        photo_ids: the photos just kept.
    """
    mine = work.faces.of_owner(OwnerKind.CASE, case.case_id)
    new = [face for face in mine if face.photo_id in photo_ids and face.picture_hash]
    if not new:
        return ()
    known = [
        face
        for model_id in work.faces.model_ids(OwnerKind.CASE)
        for face in work.faces.all_of(OwnerKind.CASE, model_id)
    ]
    notes: dict[str, None] = {}
    for face in new:
        for other in _copies_of(face, known):
            is_own = other.owner_id == case.case_id
            note = _TWICE if is_own else _elsewhere(context, work.cases.get(other.owner_id))
            notes.setdefault(note)
    return tuple(notes)


def copied_records(
    work: UnitOfWork, faces: Sequence[StoredFace], record_ids: Iterable[str]
) -> frozenset[str]:
    """Those records that have a photo which is also one of these faces' own."""
    return frozenset(
        record_id
        for record_id in record_ids
        if any(
            is_one_picture(mine.picture_hash, theirs.picture_hash)
            for theirs in work.faces.of_owner(OwnerKind.RECORD, record_id)
            for mine in faces
        )
    )


def _copies_of(face: StoredFace, known: Iterable[StoredFace]) -> list[StoredFace]:
    return [
        other
        for other in known
        if other.photo_id != face.photo_id and is_one_picture(face.picture_hash, other.picture_hash)
    ]


def _elsewhere(context: Context, other: Case) -> str:
    is_ours = other.station == context.actor.station
    return _ELSEWHERE.format(place=f"个案 {other.number}" if is_ours else "外站个案")
