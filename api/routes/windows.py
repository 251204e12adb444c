"""Legal windows of the JSON API."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import AwareDatetime

from api.auth import ApiContext
from api.schemas import DueOut
from casework.windows.due_list import list_due
from casework.windows.ports import DueFilter
from casework.windows.window import WindowOwner

router = APIRouter(prefix="/windows", tags=["windows"])


@router.get("", operation_id="list_windows", summary="正在计时的时限，先到期在前")
def list_windows(
    context: ApiContext,
    owner: Annotated[WindowOwner | None, Query(description="责任方")] = None,
    kind: Annotated[str | None, Query(max_length=40)] = None,
    before: Annotated[AwareDatetime | None, Query(description="此刻之前到期")] = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 200,
) -> list[DueOut]:
    """Running windows of one's own station, or on one's own agency's clock."""
    wanted = DueFilter(owner=owner, kind=kind, before=before, limit=limit)
    return [DueOut.of(each) for each in list_due(context, wanted).windows]
