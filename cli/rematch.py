"""`guitu rematch`: everyone unidentified is scored again; `guitu rematch-runs` shows and settles runs."""

import time
from datetime import datetime
from typing import Annotated

import typer

from casework.clock.station_time import in_station_time
from casework.context import Context
from casework.errors import BadInputError
from casework.rematch.orders import Rematched, RunView, drop_run, go_on, list_runs, rematch
from casework.rematch.runs import Depth, RematchOrder, RunProgress, RunState, Who
from cli.acting import AsUser, acting
from cli.exits import Exit
from cli.output import AsJson, print_json, print_words, progress
from cli.windows import parse_moment
from runtime.container import running
from runtime.settings import Settings

STATE_WORDS = {
    RunState.SCORING: "比对中",
    RunState.BRAKED: "已急停，待查看",
    RunState.WHOLE: "更新线索中",
    RunState.DONE: "已完成",
}


def rematch_verb(
    everything: Annotated[
        bool, typer.Option("--all", help="所有未查明身份者与全库比对 · everybody, whole registry")
    ] = False,
    long_stay: Annotated[
        bool, typer.Option("--long-stay", help="只比对长期滞留人员 · long-stay residents only")
    ] = False,
    since: Annotated[
        str | None, typer.Option("--since", metavar="ISO", help="只比对此后的变化 · changes since")
    ] = None,
    case: Annotated[str | None, typer.Option("--case", help="只比对这个个案 · one case")] = None,
    budget: Annotated[
        int | None,
        typer.Option(
            "--budget", min=0, help="每名审核人每天的新线索数 · new leads per reviewer, day"
        ),
    ] = None,
    as_user: AsUser = None,
    as_json: AsJson = False,
) -> None:
    """重新比对：缺省只比对有变化的；中断后再运行会接着做 · score everybody again, what changed by default."""
    begun = time.monotonic()
    with running(Settings()) as services:
        context = acting(services, as_user)
        order = _order(
            context, everything=everything, long_stay=long_stay, case=case, since=_moment(since)
        )
        with progress() as bar:
            line = bar.add_task("重新比对", total=None)

            def watch(now: RunProgress) -> None:
                bar.update(line, completed=now.scored, total=now.cases)

            done = rematch(context, services.matcher, order, budget=budget, watch=watch)
    _answer(done, time.monotonic() - begun, as_json=as_json)


def rematch_runs_verb(
    let_go: Annotated[
        str | None,
        typer.Option(
            "--let-go", metavar="RUN", help="查看后放行急停的一轮 · go on with a braked run"
        ),
    ] = None,
    drop: Annotated[
        str | None,
        typer.Option("--drop", metavar="RUN", help="作废未完成的一轮 · forget an unfinished run"),
    ] = None,
    as_user: AsUser = None,
    as_json: AsJson = False,
) -> None:
    """各轮重新比对的进度；放行或作废急停的一轮 · runs of re-matching, and what to do with a braked one."""
    begun = time.monotonic()
    with running(Settings()) as services:
        context = acting(services, as_user)
        if let_go is not None:
            done = go_on(context, services.matcher, let_go, watch=lambda _: None)
            _answer(done, time.monotonic() - begun, as_json=as_json)
            return
        if drop is not None:
            drop_run(context, drop)
        runs = list_runs(context)
    if as_json:
        print_json([_run_row(each) for each in runs])
    else:
        print_words("\n".join(map(_run_line, runs)) or "还没有做过重新比对。")


def _moment(since: str | None) -> datetime | None:
    return None if since is None else parse_moment(since, "--since")


def _order(
    context: Context, *, everything: bool, long_stay: bool, case: str | None, since: datetime | None
) -> RematchOrder:
    if sum((everything, long_stay, case is not None)) > 1:
        raise BadInputError("--all、--long-stay 和 --case 只能用一个。")
    who = Who.ONE_CASE if case else Who.LONG_STAY if long_stay else Who.EVERYONE
    is_whole = since is None and (everything or long_stay or case is not None)
    return RematchOrder(
        who=who,
        depth=Depth.EVERYTHING if is_whole else Depth.CHANGES,
        station=context.actor.station,
        case_id=case or "",
        since=since,
    )


def _answer(done: Rematched, seconds: float, *, as_json: bool) -> None:
    seen, told = done.view.progress, done.told
    is_braked = done.view.run.state is RunState.BRAKED
    if as_json:
        document = {
            "run_id": done.view.run.run_id,
            "state": done.view.run.state.value,
            "cases": seen.scored,
            "pairs": seen.pairs,
            "new_leads": told.new_leads,
            "reopened": told.reopened,
            "waiting": done.view.waiting,
            "seconds": seconds,
            "resumed": done.resumed,
        }
        print_json(document)
    elif not is_braked:
        print_words(
            f"比对了 {seen.scored} 人、{seen.pairs} 对；新线索 {told.new_leads} 条，"
            f"重新提出 {told.reopened} 条，留待以后 {done.view.waiting} 条。"
        )
    else:
        print_words(_braked(done.view))
    if is_braked:
        raise typer.Exit(int(Exit.REFUSED))


def _braked(view: RunView) -> str:
    """What a person does about a run that was stopped."""
    return (
        f"已急停：新命中 {view.progress.hits} 对，远多于往常，多半是某张表或某个模型出了错。"
        f"线索没有改动。查明后放行：guitu rematch-runs --let-go {view.run.run_id}；"
        f"作废：guitu rematch-runs --drop {view.run.run_id}"
    )


def _run_row(view: RunView) -> dict[str, object]:
    run, seen = view.run, view.progress
    return {
        "run_id": run.run_id,
        "state": run.state.value,
        "who": run.order.who.value,
        "depth": run.order.depth.value,
        "started_at": in_station_time(run.started_at).isoformat(),
        "finished_at": in_station_time(run.finished_at).isoformat() if run.finished_at else None,
        "cases": seen.cases,
        "scored": seen.scored,
        "pairs": seen.pairs,
        "hits": seen.hits,
        "reopened": seen.reopened,
    }


def _run_line(view: RunView) -> str:
    seen = view.progress
    begun = in_station_time(view.run.started_at).strftime("%Y-%m-%d %H:%M")
    state = STATE_WORDS[view.run.state]
    return (
        f"{view.run.run_id}\t{begun}\t{state}\t{seen.scored}/{seen.cases} 人\t新命中 {seen.hits} 对"
    )
