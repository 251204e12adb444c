"""`guitu windows`: legal time limits."""

from datetime import datetime, timedelta
from typing import Annotated

import typer

from casework.case_windows import shipped_rules, shipped_workdays
from casework.errors import BadInputError
from casework.station_time import STATION_TIME, in_station_time
from casework.window_plan import ClockEvent, ClockEventKind, plan
from casework.windows import Window
from cli.output import AsJson, print_json, print_words
from runtime.clock import system_clock

app = typer.Typer(help="法定时限 · legal time limits", no_args_is_help=True)


@app.command("plan")
def plan_windows(
    admitted: Annotated[str, typer.Option("--admitted", help="入站时间（ISO 8601） · admission")],
    at: Annotated[str | None, typer.Option("--at", help="以此刻看状态 · state at")] = None,
    until: Annotated[
        str | None, typer.Option("--until", help="循环时限列到 · recurring until")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """列出身份未明人员从入站起的全部时限 · every window of someone not identified."""
    start = parse_moment(admitted, "--admitted")
    windows = plan(
        [ClockEvent(kind=ClockEventKind.ADMITTED, at=start)],
        rules=shipped_rules(),
        workdays=shipped_workdays(),
        now=parse_moment(at, "--at") if at else system_clock(),
        until=parse_moment(until, "--until") if until else start + timedelta(days=14),
    )
    rows = [window_row(window) for window in windows]
    if as_json:
        print_json(rows)
    else:
        print_words("\n".join(_line(window) for window in windows))


def parse_moment(text: str, option: str) -> datetime:
    """An ISO 8601 time; one without offset is taken as station time.

    Raises:
        BadInputError: not a time.
    """
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        sentence = f"{option} 不是有效时间，请写成 2026-03-05T09:30+08:00 这样的格式。"
        raise BadInputError(sentence) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=STATION_TIME)


def window_row(window: Window) -> dict[str, object]:
    """A window as CONTRACT prints it."""
    return {
        "kind": window.kind,
        "owner": window.owner.value,
        "starts": _iso(window.starts),
        "due": _iso(window.due),
        "provisional": window.provisional,
        "state": window.state.value,
        "source": window.source,
        "sequence": window.sequence,
    }


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else in_station_time(moment).isoformat()


def _line(window: Window) -> str:
    due = f"{in_station_time(window.due):%Y-%m-%d %H:%M}" if window.due else "待触发"
    mark = "（暂定）" if window.provisional else ""
    return (
        f"{due}{mark}\t{window.state.value}\t{window.owner.value}\t{window.kind}\t{window.source}"
    )
