"""Re-matching that somebody asks for: begin it or go on with it, watch it, let it go on, drop it."""

from collections.abc import Callable
from dataclasses import dataclass

from casework.accounts.access import Permission, require_station
from casework.context import Context
from casework.errors import NotFoundError
from casework.jobs.job import JobKind
from casework.ports import UnitOfWork
from casework.rematch.rounds import begin, discard, let_go, step, who_is_meant
from casework.rematch.rules import rematch_rules
from casework.rematch.runs import UNDER_WAY, RematchOrder, RematchRun, RunProgress, RunState
from casework.rematch.scoring import RunScoring
from casework.rematch.telling import Told, tell
from casework.search.matcher import Matcher

#: How many runs a list shows.
_SHOWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class RunView:
    """One run and how far it is."""

    run: RematchRun
    progress: RunProgress
    #: New leads that wait for another day, over all finished runs of the station.
    waiting: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rematched:
    """What a run came to."""

    view: RunView
    told: Told
    #: An earlier run of the same order was gone on with.
    resumed: bool


def rematch(
    context: Context,
    matcher: Matcher,
    order: RematchOrder,
    *,
    budget: int | None = None,
    watch: Callable[[RunProgress], None],
) -> Rematched:
    """Run an order of the actor's station to its end, or until it is braked.

    Args:
        context: whoever asks.
        matcher: scores.
        order: what is asked for; its station is the actor's, whatever it says.
        budget: new leads per reviewer and day; the house figure when left out.
        watch: is told how far it is after every step.

    Raises:
        NotPermittedError: the role may not re-match, or the case is another station's.
        NotFoundError: no such case.
        StaleVersionError: somebody decided about a lead meanwhile; ask again, it goes on.
    """
    run, resumed = _begin_or_go_on(context, order, budget)
    return _to_the_end(context, matcher, run, watch, resumed=resumed)


def order_run(context: Context, order: RematchOrder, *, budget: int | None = None) -> RunView:
    """Have an order of the actor's station run in the background; an unfinished one is gone on with.

    Raises:
        NotPermittedError: the role may not re-match, or the case is another station's.
        NotFoundError: no such case.
    """
    run, resumed = _begin_or_go_on(context, order, budget, in_background=True)
    if resumed:
        _go_on_in_background(context, run)
    return view_run(context, run.run_id)


def release_run(context: Context, run_id: str) -> RunView:
    """Let a braked run of the actor's station go on in the background.

    Raises:
        NotPermittedError: the role may not re-match.
        NotFoundError: no such run, or it is another station's.
    """
    view = view_run(context, run_id)
    let_go(context, run_id, context.actor)
    _go_on_in_background(context, view.run)
    return view_run(context, run_id)


def go_on(
    context: Context, matcher: Matcher, run_id: str, *, watch: Callable[[RunProgress], None]
) -> Rematched:
    """Let a braked run of the actor's station go on, and run it to its end.

    Raises:
        NotPermittedError: the role may not re-match, or the run is another station's.
        NotFoundError: no such run.
    """
    view = view_run(context, run_id)
    let_go(context, run_id, context.actor)
    return _to_the_end(context, matcher, view.run, watch, resumed=True)


def drop_run(context: Context, run_id: str) -> None:
    """Forget a run that is not done; every lead stays as it is.

    Raises:
        NotPermittedError: the role may not re-match, or the run is another station's.
        NotFoundError: no such run.
    """
    view_run(context, run_id)
    discard(context, run_id)


def list_runs(context: Context) -> tuple[RunView, ...]:
    """The latest runs that concern the actor's station.

    Raises:
        NotPermittedError: the role may not re-match.
    """
    context.require(Permission.REMATCH)
    with context.open_work() as work:
        runs = work.rematch.latest(context.actor.station, _SHOWN)
        return tuple(_view(context, work, run) for run in runs)


def view_run(context: Context, run_id: str) -> RunView:
    """One run and how far it is.

    Raises:
        NotPermittedError: the role may not re-match.
        NotFoundError: no such run, or it is another station's.
    """
    context.require(Permission.REMATCH)
    with context.open_work() as work:
        run = work.rematch.get(run_id)
        if run.order.station not in {"", context.actor.station}:
            raise NotFoundError("没有这一轮重新比对，请核对编号。")
        return _view(context, work, run)


def _view(context: Context, work: UnitOfWork, run: RematchRun) -> RunView:
    return RunView(
        run=run,
        progress=work.rematch.progress(run.run_id),
        waiting=work.rematch.waiting(context.actor.station),
    )


def _go_on_in_background(context: Context, run: RematchRun) -> None:
    """One more job does no harm beside one that is there."""
    with context.open_work() as work:
        if work.rematch.get(run.run_id).state in UNDER_WAY:
            context.order_job(work, JobKind.REMATCH, run.run_id)
            work.commit()


def _begin_or_go_on(
    context: Context, order: RematchOrder, budget: int | None, *, in_background: bool = False
) -> tuple[RematchRun, bool]:
    context.require(Permission.REMATCH)
    with context.open_work() as work:
        if order.case_id:
            require_station(context.actor, work.cases.get(order.case_id).station)
        known = work.rematch.unfinished(order)
    if known is not None:
        return known, True
    run = RematchRun(
        run_id=context.new_id(),
        order=order,
        budget=rematch_rules().new_leads_per_reviewer if budget is None else budget,
        state=RunState.SCORING,
        started_at=context.clock(),
    )
    case_ids = who_is_meant(context, order)
    with context.open_work() as work:
        begin(context, work, run, case_ids)
        if in_background:
            context.order_job(work, JobKind.REMATCH, run.run_id)
        work.commit()
    return run, False


def _to_the_end(
    context: Context,
    matcher: Matcher,
    run: RematchRun,
    watch: Callable[[RunProgress], None],
    *,
    resumed: bool,
) -> Rematched:
    scoring = RunScoring(context, matcher, run)
    while (state := step(scoring)) in UNDER_WAY:
        watch(view_run(context, run.run_id).progress)
    told = tell(context, run.budget, context.actor.station) if state is RunState.DONE else Told()
    return Rematched(view=view_run(context, run.run_id), told=told, resumed=resumed)
