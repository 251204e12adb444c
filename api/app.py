"""The web application: JSON API and pages over one set of services."""

from pathlib import Path
from typing import Final

from fastapi import APIRouter, FastAPI
from starlette.staticfiles import StaticFiles

from api.body_limit import BodyLimit
from api.errors import PROBLEM_TYPE, handle_errors, unforeseen
from api.headers import LastCatch, SecurityHeaders
from api.pages import (
    account_pages,
    alike_pages,
    appearance,
    audio_pages,
    case_pages,
    desk,
    home_pages,
    intake_checks,
    intake_pages,
    lead_pages,
    notice_pages,
    second_factor_pages,
    setup_pages,
    sight_pages,
    sign_in_pages,
    statement_pages,
    station_pages,
    user_pages,
    window_pages,
)
from api.routes import (
    account,
    alike,
    cases,
    clues,
    health,
    leads,
    notices,
    rematching,
    setup,
    sight,
    users,
    windows,
)
from api.schemas import ProblemOut
from api.server_timing import ServerTiming
from runtime.container import Services

#: Every module of pages; the JSON routes are listed in `_json_routes`.
PAGES: Final = (
    sign_in_pages,
    alike_pages,
    account_pages,
    second_factor_pages,
    user_pages,
    setup_pages,
    appearance,
    desk,
    intake_pages,
    intake_checks,
    audio_pages,
    case_pages,
    home_pages,
    lead_pages,
    notice_pages,
    sight_pages,
    statement_pages,
    window_pages,
    station_pages,
)
STATIC: Final = Path(__file__).parent / "static"
#: A handful of phone photos; larger bodies are refused while they arrive.
MOST_BODY_BYTES: Final = 40_000_000


def create_app(services: Services) -> FastAPI:
    """The app over `services`. It owns nothing: whoever made the services closes them."""
    app = FastAPI(
        title="归途 Guitu",
        version="1",
        summary="救助管理站寻亲：入站、线索、核实、时限",
        openapi_url="/api/v1/openapi.json",
        # FastAPI's own documentation pages load scripts from a CDN.
        docs_url=None,
        redoc_url=None,
    )
    app.state.services = services
    app.include_router(_json_routes())
    app.include_router(health.router)
    for pages in PAGES:
        app.include_router(pages.router, include_in_schema=False)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    handle_errors(app)
    # The last one added is the outermost.
    app.add_middleware(BodyLimit, limit=MOST_BODY_BYTES)
    app.add_middleware(LastCatch, answer=unforeseen)
    app.add_middleware(SecurityHeaders)
    app.add_middleware(ServerTiming)
    return app


def _json_routes() -> APIRouter:
    problem = {"model": ProblemOut, "content": {PROBLEM_TYPE: {}}}
    routes = APIRouter(
        prefix="/api/v1",
        responses={
            401: problem | {"description": "没有有效的令牌"},
            403: problem | {"description": "没有权限"},
            422: problem | {"description": "内容不能使用"},
        },
    )
    for module in (
        alike,
        cases,
        clues,
        leads,
        windows,
        rematching,
        notices,
        sight,
        account,
        users,
        setup,
    ):
        routes.include_router(module.router)
    return routes
