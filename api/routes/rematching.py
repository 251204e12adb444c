"""Re-matching in the JSON API: order a run, watch it, let a braked one go on, drop it."""

from fastapi import APIRouter, Response
from fastapi.responses import StreamingResponse

from api.auth import ApiContext, AppServices
from api.progress_events import progress_events
from api.rematch_schemas import RematchIn, RunOut
from casework.rematch.orders import drop_run, list_runs, order_run, release_run, view_run

router = APIRouter(prefix="/rematch-runs", tags=["rematching"])


@router.post("", status_code=202, operation_id="order_rematch", summary="安排一轮重新比对")
def order_rematch(
    services: AppServices, context: ApiContext, response: Response, asked: RematchIn
) -> RunOut:
    """Begin a run in the background, or go on with the unfinished one of the same order."""
    order = asked.order(context.actor.station)
    view = order_run(context, order, budget=asked.budget)
    response.headers["Location"] = f"/api/v1{router.prefix}/{view.run.run_id}"
    if services.settings.has_broker:
        services.runner.run_pending()
    return RunOut.of(view)


@router.get("", operation_id="list_rematch_runs", summary="最近各轮重新比对")
def read_runs(context: ApiContext) -> list[RunOut]:
    """The latest runs that concern the token holder's station."""
    return [RunOut.of(view) for view in list_runs(context)]


@router.get("/{run_id}", operation_id="read_rematch_run", summary="一轮重新比对的进度")
def read_run(context: ApiContext, run_id: str) -> RunOut:
    """One run and how far it is."""
    return RunOut.of(view_run(context, run_id))


@router.post(
    "/{run_id}/release", operation_id="release_rematch_run", summary="查看后放行急停的一轮"
)
def release(services: AppServices, context: ApiContext, run_id: str) -> RunOut:
    """A braked run goes on in the background, and is not braked again."""
    view = release_run(context, run_id)
    if services.settings.has_broker:
        services.runner.run_pending()
    return RunOut.of(view)


@router.delete(
    "/{run_id}", status_code=204, operation_id="drop_rematch_run", summary="作废未完成的一轮"
)
def drop(context: ApiContext, run_id: str) -> None:
    """Forget a run that is not done; every lead stays as it is."""
    drop_run(context, run_id)


@router.get(
    "/{run_id}/events",
    operation_id="watch_rematch_run",
    summary="一轮重新比对的进度（server-sent events）",
    response_class=StreamingResponse,
    responses={200: {"content": {"text/event-stream": {}}}},
)
def watch_run(context: ApiContext, run_id: str) -> StreamingResponse:
    """Progress as it is made; the stream ends with the run, or when it is braked."""
    view_run(context, run_id)  # refuses before the stream begins
    return StreamingResponse(progress_events(context, run_id), media_type="text/event-stream")
