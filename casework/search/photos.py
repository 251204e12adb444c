"""Looking at a photo: who may, and the trace it leaves."""

from casework.accounts.access import Permission
from casework.cases.sight import check_sight
from casework.context import Context
from casework.errors import NotFoundError
from casework.leads.review import visible_lead
from casework.ports import UnitOfWork
from casework.search.gallery import OwnerKind


def view_case_photo(context: Context, case_id: str, photo_id: str) -> bytes:
    """A resident's photo as uploaded, for the case's own station.

    Raises:
        NotPermittedError: the role may not read cases.
        NotFoundError: no such photo in this case, or another station's case.
    """
    context.require(Permission.READ_CASE)
    with context.open_work() as work:
        if work.cases.get(case_id).station != context.actor.station:
            raise _not_here()
        check_sight(context, work, case_id)
        data = _photo_of(work, OwnerKind.CASE, case_id, photo_id)
        context.trace(work, "photo.view", f"photo:{photo_id}", case=case_id)
        work.commit()
    return data


def view_lead_photo(context: Context, lead_id: str, photo_id: str) -> bytes:
    """A photo of either side of a lead that the user may see.

    Raises:
        NotPermittedError: the role may not read leads.
        NotFoundError: no such lead for this user, or the photo belongs to neither side.
    """
    with context.open_work() as work:
        lead = visible_lead(context, work, lead_id)
        record = work.records.get(lead.record_id)
        check_sight(context, work, lead.case_id, record)
        if photo_id in record.photo_ids:
            data = work.photos.get(photo_id)
        else:
            data = _photo_of(work, OwnerKind.CASE, lead.case_id, photo_id)
        context.trace(work, "photo.view", f"photo:{photo_id}", lead=lead_id)
        work.commit()
    return data


def _photo_of(work: UnitOfWork, kind: OwnerKind, owner_id: str, photo_id: str) -> bytes:
    if all(face.photo_id != photo_id for face in work.faces.of_owner(kind, owner_id)):
        raise _not_here()
    return work.photos.get(photo_id)


def _not_here() -> NotFoundError:
    return NotFoundError("没有这张照片，或您无权查看。")
