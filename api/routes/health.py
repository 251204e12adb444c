"""Whether the process lives, and whether it can do its work."""

from fastapi import APIRouter
from pydantic import BaseModel

from api.auth import AppServices

router = APIRouter(tags=["health"])


class HealthOut(BaseModel):
    """The state of the process: ok, or degraded while a face gallery is opened or rebuilt."""

    status: str


@router.get("/livez", operation_id="livez", summary="进程在运行")
def livez() -> HealthOut:
    """The process answers."""
    return HealthOut(status="ok")


@router.get("/readyz", operation_id="readyz", summary="可以工作")
def readyz(services: AppServices) -> HealthOut:
    """The database answers; faces are searched, or it says that they are not."""
    services.is_demo()  # one read of the database; raises when it is down
    return HealthOut(status="ok" if services.galleries.now().are_whole else "degraded")
