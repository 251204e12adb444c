"""`guitu windows`: legal time limits."""

from datetime import datetime, timedelta
from typing import Annotated, get_args

import typer

from casework.cases.happenings.station import StationDetails
from casework.clock.station_time import STATION_TIME, in_station_time
from casework.errors import BadInputError
from casework.windows.case_windows import shipped_rules, shipped_workdays
from casework.windows.due_list import list_due
from casework.windows.plan import ClockEvent, ClockEventKind, plan
from casework.windows.ports import DueFilter
from casework.windows.station_duties import duties, record_duty
from casework.windows.station_rules import override_window
from casework.windows.window import Window, WindowOwner
from cli.acting import AsUser, acting
from cli.output import AsJson, print_json, print_words
from runtime.clock import system_clock
from runtime.container import running
from runtime.line_input import details_from
from runtime.settings import Settings

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


@app.command("due")
def due(
    owner: Annotated[
        WindowOwner | None, typer.Option("--owner", help="责任方 · whose clock")
    ] = None,
    kind: Annotated[str | None, typer.Option("--kind", help="只列这种时限 · one kind")] = None,
    before: Annotated[
        str | None, typer.Option("--before", help="此刻之前到期 · due before")
    ] = None,
    as_user: AsUser = None,
    as_json: AsJson = False,
) -> None:
    """列出正在计时的时限，先到期在前 · running windows, nearest first."""
    wanted = DueFilter(
        owner=owner, kind=kind, before=parse_moment(before, "--before") if before else None
    )
    with running(Settings()) as services:
        listed = list_due(acting(services, as_user), wanted)
    rows = [
        {"case_id": each.case_id, "number": each.case_number, **window_row(each.window)}
        for each in listed.windows
    ]
    if as_json:
        print_json(rows)
    else:
        print_words(
            "\n".join(f"{each.case_number}\t{_line(each.window)}" for each in listed.windows)
        )


@app.command("station")
def station(as_user: AsUser = None, as_json: AsJson = False) -> None:
    """本站自身的定期职责：月报、季报、驻点工作组 · the duties of the station as a whole."""
    with running(Settings()) as services:
        windows = duties(acting(services, as_user))
    if as_json:
        print_json([window_row(window) for window in windows])
    else:
        print_words("\n".join(_line(window) for window in windows))


@app.command("station-record")
def station_record(
    kind: Annotated[str, typer.Argument(help="如 placement_summary_sent · what was sent")],
    subject: Annotated[str, typer.Argument(help="月份、季度或机构 · period or institution")],
    as_user: AsUser = None,
) -> None:
    """登记本站已完成的一项职责 · write down that a duty was done."""
    field = "institution" if kind == "resident_team_sent" else "period"
    details = details_from(kind, {field: subject})
    if not isinstance(details, get_args(StationDetails)):
        raise BadInputError("这不是本站自身的职责；个案里的事项请用 guitu case record。")
    with running(Settings()) as services:
        record_duty(acting(services, as_user), details)
    print_words("已登记。")


@app.command("override")
def override(
    setting: Annotated[str, typer.Argument(help="时限.数值，如 dna_sampling.due · which value")],
    value: Annotated[
        str | None, typer.Argument(help="新值，如 3 days；省略则恢复 · left out: back to shipped")
    ] = None,
    as_user: AsUser = None,
    as_json: AsJson = False,
) -> None:
    """本站改用自己的时限数值；留痕并在时限上标明 · a station's own value."""
    with running(Settings()) as services:
        standing = override_window(acting(services, as_user), setting, value)
    if as_json:
        print_json(dict(standing))
    else:
        print_words(
            "\n".join(f"{key} = {each}" for key, each in standing.items()) or "没有本站自定数值。"
        )


@app.command("sweep")
def sweep_verb(as_json: AsJson = False) -> None:
    """检查全部到点的时限并发出提醒；可由定时任务调用 · look at what is due; fit for cron."""
    with running(Settings()) as services:
        report = services.sweep()
    if as_json:
        print_json({"cases": report.cases, "alerts": report.alerts, "lapsed": report.lapsed})
    else:
        print_words(
            f"检查了 {report.cases} 个个案，新提醒 {report.alerts} 条，逾期未答复 {report.lapsed} 条。"
        )


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
        "subject": window.subject,
        "breach": window.breach,
        "met_at": _iso(window.met_at),
        "needed": window.needed,
        "counted": window.counted,
        "overridden": window.overridden,
    }


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else in_station_time(moment).isoformat()


def _line(window: Window) -> str:
    due = f"{in_station_time(window.due):%Y-%m-%d %H:%M}" if window.due else "待触发"
    mark = "（暂定）" if window.provisional else ""
    return (
        f"{due}{mark}\t{window.state.value}\t{window.owner.value}\t{window.kind}\t{window.source}"
    )
