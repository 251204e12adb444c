"""Looks into children's files in the JSON API: ask, list, grant, refuse, end."""

from datetime import datetime
from typing import Annotated, Self

from fastapi import APIRouter
from pydantic import BaseModel, Field

from api.auth import ApiContext
from casework.cases.sight import SightRequest, SightState
from casework.cases.sight_grants import (
    LONGEST_HOURS,
    LONGEST_WHY,
    ask_sight,
    end_sight,
    grant_sight,
    list_sights,
    refuse_sight,
)
from casework.clock.station_time import in_station_time

router = APIRouter(tags=["sight"])


class SightIn(BaseModel):
    """A request to look into a child's file."""

    why: Annotated[str, Field(min_length=1, max_length=LONGEST_WHY)]


class GrantIn(BaseModel):
    """For how long a grant lets in."""

    hours: Annotated[int, Field(ge=1, le=LONGEST_HOURS)]


class SightOut(BaseModel):
    """One request as it stands."""

    request_id: str
    case_id: str
    #: User ids of who asked and who answered.
    asked_by: str
    answered_by: str | None
    why: str
    asked_at: datetime
    state: SightState
    until: datetime | None

    @classmethod
    def of(cls, request: SightRequest) -> Self:
        """The public form of a request."""
        return cls(
            request_id=request.request_id,
            case_id=request.case_id,
            asked_by=request.asked_by,
            answered_by=request.answered_by,
            why=request.why,
            asked_at=in_station_time(request.asked_at),
            state=request.state,
            until=in_station_time(request.until) if request.until else None,
        )


@router.post(
    "/cases/{case_id}/sight-requests",
    status_code=201,
    operation_id="ask_sight",
    summary="申请查看未成年人档案",
)
def ask(context: ApiContext, case_id: str, wanted: SightIn) -> SightOut:
    """Ask the supervisor; until the answer the file stays closed."""
    return SightOut.of(ask_sight(context, case_id, wanted.why))


@router.get("/sight-requests", operation_id="list_sights", summary="本站查看未成年人档案的申请")
def read_sights(context: ApiContext) -> list[SightOut]:
    """Those that wait first; for supervisors."""
    return [SightOut.of(row.request) for row in list_sights(context)]


@router.post(
    "/sight-requests/{request_id}/grant", operation_id="grant_sight", summary="批准查看一段时间"
)
def grant(context: ApiContext, request_id: str, wanted: GrantIn) -> SightOut:
    """Let whoever asked look into the file for so many hours."""
    return SightOut.of(grant_sight(context, request_id, wanted.hours))


@router.post(
    "/sight-requests/{request_id}/refuse", operation_id="refuse_sight", summary="不批准查看"
)
def refuse(context: ApiContext, request_id: str) -> SightOut:
    """Refuse a request."""
    return SightOut.of(refuse_sight(context, request_id))


@router.post(
    "/sight-requests/{request_id}/end", operation_id="end_sight", summary="提前收回查看批准"
)
def end(context: ApiContext, request_id: str) -> SightOut:
    """End a grant before its time."""
    return SightOut.of(end_sight(context, request_id))
