"""Re-matching by itself: every night, and after every import. A run goes on in short jobs.

Each job does a part of a run and orders the next in the transaction that finishes it, so that other
jobs get their turn and a killed worker costs one part.
"""

from datetime import timedelta
from typing import Final

from casework.clock.station_time import in_station_time
from casework.context import Context
from casework.errors import NotFoundError, StaleVersionError
from casework.jobs.job import Job, JobKind
from casework.rematch.rounds import begin, step, who_is_meant
from casework.rematch.rules import rematch_rules
from casework.rematch.runs import UNDER_WAY, RematchOrder, RematchRun, RunState
from casework.rematch.scoring import RunScoring
from casework.rematch.telling import tell
from casework.search.matcher import Matcher

#: How long one job goes on with a run.
PART: Final = timedelta(seconds=20)
#: Everybody, everywhere, against what changed.
NIGHTLY: Final = RematchOrder()


def order_nightly(context: Context) -> bool:
    """Begin the night's run if its hour has come and nobody has; True when it was begun now.

    Any number may ask at once and as late as they like: the day is the run's id.
    """
    local = in_station_time(context.clock())
    run_id = f"night-{local.date().isoformat()}"
    if local.hour < rematch_rules().night_hour or _run(context, run_id) is not None:
        return False
    forget_old_runs(context)
    return _order(context, run_id)


def forget_old_runs(context: Context) -> int:
    """Forget runs that nobody looks at any more; returns how many. Their leads stay."""
    rules = rematch_rules()
    with context.open_work() as work:
        forgotten = work.rematch.forget_done(context.clock() - rules.keep, rules.brake_runs)
        if forgotten:
            context.trace(work, "rematch.forget", "runs", runs=str(forgotten))
            work.commit()
    return forgotten


def order_after_import(context: Context) -> None:
    """Match everybody with what an import brought; the night would do it too, but later."""
    if not _is_about_to_begin(context):
        _order(context, context.new_id())


def run_part(context: Context, matcher: Matcher, job: Job) -> None:
    """Do the next part of the run that the job names; nothing when it was discarded.

    Raises:
        StaleVersionError: somebody decided about a lead meanwhile, or the lease was lost.
    """
    run = _run(context, job.subject_id)
    state = RunState.BRAKED if run is None else _go_on(context, matcher, run)
    if run is not None and state is RunState.DONE:
        tell(context, run.budget, run.order.station)
    with context.open_work() as work:
        if state in UNDER_WAY:
            context.order_job(work, JobKind.REMATCH, job.subject_id)
        work.outbox.finish(job)
        work.commit()


def _go_on(context: Context, matcher: Matcher, run: RematchRun) -> RunState:
    scoring = RunScoring(context, matcher, run)
    until = context.clock() + PART
    state = step(scoring)
    while state in UNDER_WAY and context.clock() < until:
        state = step(scoring)
    return state


def _run(context: Context, run_id: str) -> RematchRun | None:
    """A run; None when it never was, or was discarded."""
    with context.open_work() as work:
        try:
            return work.rematch.get(run_id)
        except NotFoundError:
            return None


def _is_about_to_begin(context: Context) -> bool:
    """Whether a run of everybody has scored nobody yet: it will see what has just come in."""
    with context.open_work() as work:
        run = work.rematch.unfinished(NIGHTLY)
        return run is not None and work.rematch.progress(run.run_id).scored == 0


def _order(context: Context, run_id: str) -> bool:
    """Begin a run of everybody with its first job."""
    case_ids = who_is_meant(context, NIGHTLY)
    run = RematchRun(
        run_id=run_id,
        order=NIGHTLY,
        budget=rematch_rules().new_leads_per_reviewer,
        state=RunState.SCORING,
        started_at=context.clock(),
    )
    try:
        with context.open_work() as work:
            begin(context, work, run, case_ids)
            context.order_job(work, JobKind.REMATCH, run_id)
            work.commit()
    except StaleVersionError:
        return False  # another process was faster
    return True
