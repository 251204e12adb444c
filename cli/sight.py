"""`guitu sight`: looks into children's files, asked for and answered."""

from typing import Annotated

import typer

from casework.cases.sight import SightRequest
from casework.cases.sight_grants import (
    LONGEST_HOURS,
    SightRow,
    ask_sight,
    end_sight,
    grant_sight,
    list_sights,
    refuse_sight,
)
from casework.cases.words import SIGHT_WORDS
from casework.clock.station_time import in_station_time
from cli.acting import AsUser, acting
from cli.exits import Exit
from cli.output import AsJson, print_json, print_words
from runtime.container import running
from runtime.settings import Settings

app = typer.Typer(
    help="查看未成年人档案的申请与批准 · looks into children's files", no_args_is_help=True
)

RequestId = Annotated[str, typer.Argument(help="申请编号 · request id")]


@app.command("ask")
def ask_verb(
    case_id: Annotated[str, typer.Argument(help="个案编号 · case id")],
    why: Annotated[str, typer.Option("--why", help="为什么要看 · what for")],
    as_user: AsUser = None,
    as_json: AsJson = False,
) -> None:
    """向站领导申请查看 · ask the supervisor."""
    with running(Settings()) as services:
        request = ask_sight(acting(services, as_user), case_id, why)
    _tell(request, as_json=as_json)


@app.command("list")
def list_verb(as_user: AsUser = None, as_json: AsJson = False) -> None:
    """列出本站的申请，待批准的在前 · the station's requests, those that wait first."""
    with running(Settings()) as services:
        rows = list_sights(acting(services, as_user))
    if as_json:
        print_json([_document(row.request) for row in rows])
    else:
        print_words("\n".join(_line(row) for row in rows) or "没有申请。")
    if not rows:
        raise typer.Exit(int(Exit.REFUSED))


@app.command("grant")
def grant_verb(
    request_id: RequestId,
    hours: Annotated[
        int, typer.Option("--hours", min=1, max=LONGEST_HOURS, help="批准几小时 · for how long")
    ] = 24,
    as_user: AsUser = None,
    as_json: AsJson = False,
) -> None:
    """批准查看一段时间 · let in for a time."""
    with running(Settings()) as services:
        request = grant_sight(acting(services, as_user), request_id, hours)
    _tell(request, as_json=as_json)


@app.command("refuse")
def refuse_verb(request_id: RequestId, as_user: AsUser = None, as_json: AsJson = False) -> None:
    """不批准 · refuse a request."""
    with running(Settings()) as services:
        request = refuse_sight(acting(services, as_user), request_id)
    _tell(request, as_json=as_json)


@app.command("end")
def end_verb(request_id: RequestId, as_user: AsUser = None, as_json: AsJson = False) -> None:
    """提前收回批准 · end a grant before its time."""
    with running(Settings()) as services:
        request = end_sight(acting(services, as_user), request_id)
    _tell(request, as_json=as_json)


def _tell(request: SightRequest, *, as_json: bool) -> None:
    if as_json:
        print_json(_document(request))
    else:
        print_words(f"申请 {request.request_id} 现为：{SIGHT_WORDS[request.state]}。")


def _line(row: SightRow) -> str:
    request = row.request
    words = (row.case_number, row.asked_by, request.why, SIGHT_WORDS[request.state])
    return "\t".join((request.request_id, *words))


def _document(request: SightRequest) -> dict[str, object]:
    until = request.until
    return {
        "request_id": request.request_id,
        "case_id": request.case_id,
        "state": request.state.value,
        "why": request.why,
        "asked_at": in_station_time(request.asked_at).isoformat(),
        "until": in_station_time(until).isoformat() if until else None,
    }
