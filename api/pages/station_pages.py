"""The station's board: long stays, second reviews, figures, and the work that runs by itself."""

from http import HTTPStatus
from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response, StreamingResponse

from api.auth import AppServices, PageVisitor, SignedForm
from api.pages.rendering import render
from api.pages.sight_pages import HOURS
from api.progress_events import progress_events
from casework.boards.station import shown_figure, view_station
from casework.cases.sight_grants import list_sights
from casework.rematch.orders import list_runs, order_run, release_run, view_run
from casework.rematch.runs import UNDER_WAY, RematchOrder, Who

router = APIRouter()

#: What the quarter's figures count, in the order of a stay.
FIGURES: Final = (
    "admitted",
    "street_helped",
    "interview_held",
    "identity_request_sent",
    "identity_answered",
    "dna_sampled",
    "notice_logged",
    "identity_confirmed",
    "departed",
    "transferred",
    "placed",
)
#: Runs of re-matching that are shown.
RUNS: Final = 5


@router.get("/station")
def station_page(request: Request, services: AppServices, visitor: PageVisitor) -> Response:
    """The board of the supervisor's station."""
    board = view_station(visitor.context)
    runs = list_runs(visitor.context)[:RUNS]
    with services.open_work() as work:
        backlogs = work.outbox.backlogs(services.clock())
    figures = [(kind, shown_figure(board.figures.get(kind, 0))) for kind in FIGURES]
    context = {
        "visitor": visitor,
        "board": board,
        "runs": runs,
        "backlogs": backlogs,
        "figures": figures,
        "sights": list_sights(visitor.context),
        "hours": HOURS,
        "UNDER_WAY": UNDER_WAY,
    }
    return render(request, "station.html", context)


@router.get("/station/runs/{run_id}/events")
def run_events(visitor: PageVisitor, run_id: str) -> StreamingResponse:
    """How far a run is, as it goes on (server-sent events)."""
    view_run(visitor.context, run_id)  # refuses before the stream begins
    return StreamingResponse(
        progress_events(visitor.context, run_id), media_type="text/event-stream"
    )


@router.post("/station/rematch")
def post_rematch(services: AppServices, visitor: PageVisitor, _form: SignedForm) -> Response:
    """Match the station's long stays again, in the background."""
    order = RematchOrder(who=Who.LONG_STAY, station=visitor.context.actor.station)
    order_run(visitor.context, order)
    return _back(services)


@router.post("/station/runs/{run_id}/release")
def post_release(
    services: AppServices, visitor: PageVisitor, run_id: str, _form: SignedForm
) -> Response:
    """Let a braked run go on, after a look at why it was braked."""
    release_run(visitor.context, run_id)
    return _back(services)


def _back(services: AppServices) -> Response:
    if services.settings.has_broker:
        services.runner.run_pending()
    return RedirectResponse("/station#runs", status_code=HTTPStatus.SEE_OTHER)
