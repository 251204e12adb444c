"""Other residents who may be the same person."""

from typing import Self

from fastapi import APIRouter
from pydantic import BaseModel

from api.auth import ApiContext, AppServices
from casework.alike_residents import AlikeResident, alike_residents

router = APIRouter(prefix="/cases", tags=["cases"])


class AlikeOut(BaseModel):
    """Another resident whose photos are alike."""

    #: The file's number; of another station's file only that it is another's.
    place: str
    distance: float
    odds: float
    detail: str

    @classmethod
    def of(cls, alike: AlikeResident, station: str) -> Self:
        """The public form, for a reader at `station`."""
        face = alike.face
        return cls(
            place=alike.place(station), distance=face.distance, odds=face.odds, detail=face.detail
        )


@router.get(
    "/{case_id}/alike", operation_id="list_alike_residents", summary="可能是同一人的其他受助人员"
)
def read_alike(services: AppServices, context: ApiContext, case_id: str) -> list[AlikeOut]:
    """Residents of any station and year whose faces are like this one's, likeliest first."""
    found = alike_residents(context, services.matcher, case_id)
    return [AlikeOut.of(each, context.actor.station) for each in found]
