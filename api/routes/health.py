"""Whether the process lives, whether it can do its work, and its metrics."""

from datetime import datetime

from fastapi import APIRouter, Response
from pydantic import BaseModel

from api.auth import AppServices
from casework.clock.station_time import in_station_time
from casework.jobs.job import Queue
from runtime.metrics import metrics_of, text_of
from runtime.readiness import age_seconds, readiness

router = APIRouter(tags=["health"])

METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class HealthOut(BaseModel):
    """The state of the process."""

    status: str


class QueueOut(BaseModel):
    """How one queue stands."""

    queue: Queue
    pending: int
    held: int
    given_up: int
    #: How long the oldest due job has waited; null when none waits.
    age_seconds: float | None


class IndexOut(BaseModel):
    """How far registry and face galleries have grown, and how far this process has followed."""

    record_revision: int
    face_revision: int
    followed_faces: int
    faces_are_whole: bool


class ReadyOut(BaseModel):
    """ok, or degraded: faces are being rebuilt, sweeps are late, or jobs were given up."""

    status: str
    queues: list[QueueOut]
    index: IndexOut
    last_sweep: datetime | None
    workers: int


@router.get("/livez", operation_id="livez", summary="进程在运行")
def livez() -> HealthOut:
    """The process answers."""
    return HealthOut(status="ok")


@router.get("/readyz", operation_id="readyz", summary="可以工作")
def readyz(services: AppServices) -> ReadyOut:
    """The database answers; queue age, index generation and last sweep say how well."""
    ready = readiness(services)
    queues = [
        QueueOut(
            queue=each.queue,
            pending=each.pending,
            held=each.held,
            given_up=each.given_up,
            age_seconds=age_seconds(each.oldest_waiting, ready.at),
        )
        for each in ready.backlogs
    ]
    index = IndexOut(
        record_revision=ready.record_revision,
        face_revision=ready.face_revision,
        followed_faces=ready.followed_faces,
        faces_are_whole=ready.faces_are_whole,
    )
    return ReadyOut(
        status="degraded" if ready.is_degraded else "ok",
        queues=queues,
        index=index,
        last_sweep=in_station_time(ready.last_sweep) if ready.last_sweep else None,
        workers=ready.workers,
    )


@router.get(
    "/metrics",
    operation_id="metrics",
    summary="运行指标（Prometheus 文本格式）",
    response_class=Response,
    responses={200: {"content": {METRICS_TYPE: {}}}},
)
def metrics(services: AppServices) -> Response:
    """Numbers of the whole installation, without names, places or ids."""
    return Response(text_of(metrics_of(readiness(services))), media_type=METRICS_TYPE)
