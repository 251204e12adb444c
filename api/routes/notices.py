"""Notices of the station in the JSON API."""

from fastapi import APIRouter

from api.auth import ApiContext
from api.rematch_schemas import NoticeOut
from casework.boards.notices import list_notices, put_away

router = APIRouter(prefix="/notices", tags=["notices"])


@router.get("", operation_id="list_notices", summary="本站未处理的通知")
def read_notices(context: ApiContext) -> list[NoticeOut]:
    """What nobody at the station has put away, newest first."""
    return [NoticeOut.of(notice) for notice in list_notices(context)]


@router.post(
    "/{notice_id}/seen", status_code=204, operation_id="see_notice", summary="处理一条通知"
)
def see_notice(context: ApiContext, notice_id: str) -> None:
    """Put a notice away for the whole station."""
    put_away(context, notice_id)
