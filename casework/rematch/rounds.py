"""Re-matching: everyone unidentified is scored again against what changed, long-stay first.

1. A run lists its cases. Each is scored by itself and what was found is kept beside the leads.
2. When the last is scored the run is whole: known leads are renewed, vanished ones withdrawn.
3. New pairs are told, best first, as many as the reviewers can read in a day (`rematch_telling`).
Every step may be killed and repeated. A run whose hits jump is braked and changes nothing.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from casework.accounts.access import Actor
from casework.cases.case import Case
from casework.cases.in_care import unidentified
from casework.context import Context
from casework.jobs.notice import NoticeKind
from casework.leads.keeping import UNTOUCHED, Scored, keep, order_again, withdraw
from casework.ports import UnitOfWork
from casework.rematch.brake import is_to_brake
from casework.rematch.rules import rematch_rules
from casework.rematch.runs import Find, RematchOrder, RematchRun, RunState, ScoredCase, Who
from casework.rematch.scoring import RunScoring

#: One step takes about so long, and at most so many cases: then others get the database.
STEP: Final = timedelta(seconds=5)
CASES_IN_A_STEP: Final = 200


def who_is_meant(context: Context, order: RematchOrder) -> tuple[str, ...]:
    """The cases that an order is about: those here longest before others."""
    now = context.clock()
    cases = [
        case
        for case in unidentified(context.open_work, order.station)
        if _is_meant(case, order, now)
    ]
    cases.sort(key=lambda case: (case.opened_at, case.case_id))
    return tuple(case.case_id for case in cases)


def begin(context: Context, work: UnitOfWork, run: RematchRun, case_ids: Sequence[str]) -> None:
    """Keep a new run with its cases and where the registry stands.

    Raises:
        StaleVersionError: a run of this id is there already.
    """
    standing = replace(
        run, record_revision=work.records.revision(), face_revision=work.faces.revision()
    )
    work.rematch.add(standing, case_ids)
    context.trace(work, "rematch.begin", f"run:{run.run_id}", cases=str(len(case_ids)))


def step(scoring: RunScoring) -> RunState:
    """Do the next few cases of a run; returns where the run stands then.

    Raises:
        StaleVersionError: somebody decided about a lead meanwhile; do the step again.
    """
    context, run_id = scoring.context, scoring.run.run_id
    with context.open_work() as work:
        run = work.rematch.get(run_id)
        is_scoring = run.state is RunState.SCORING
        waiting = work.rematch.unscored if is_scoring else work.rematch.unapplied
        case_ids = waiting(run_id, CASES_IN_A_STEP)
    if is_scoring:
        _score(scoring, case_ids)
        return _after_scoring(context, run_id)
    if run.state is RunState.WHOLE:
        for case_id in _settle_quiet(context, run_id, case_ids):
            _apply(context, run_id, case_id)
        return RunState.WHOLE if case_ids else _close(context, run)
    return run.state


def let_go(context: Context, run_id: str, by: Actor) -> None:
    """A person has looked at why a run was braked: it goes on and is not braked again."""
    with context.open_work() as work:
        run = work.rematch.get(run_id)
        moved = replace(run, state=RunState.SCORING, let_go_by=by.user_id)
        if work.rematch.move(moved, read_state=RunState.BRAKED):
            context.trace(work, "rematch.let_go", f"run:{run_id}")
            work.commit()


def discard(context: Context, run_id: str) -> None:
    """Forget a run that is not done, with all that it found: no lead has changed."""
    with context.open_work() as work:
        if work.rematch.get(run_id).state in {RunState.SCORING, RunState.BRAKED}:
            work.rematch.discard(run_id)
            context.trace(work, "rematch.discard", f"run:{run_id}")
            work.commit()


def scored_of(find: Find) -> Scored:
    """A find as the lead that it becomes."""
    return Scored(
        case_id=find.case_id,
        station=find.station,
        ranked=find.ranked,
        versions=find.versions,
        changes=find.changes,
    )


def _is_meant(case: Case, order: RematchOrder, now: datetime) -> bool:
    if order.who is Who.ONE_CASE:
        return case.case_id == order.case_id
    return order.who is Who.EVERYONE or now - case.opened_at >= rematch_rules().long_stay


def _score(scoring: RunScoring, case_ids: Sequence[str]) -> None:
    """Score until the step's time is over, then keep it all at once."""
    clock = scoring.context.clock
    until = clock() + STEP
    scored = list(scoring.score_each(case_ids, lambda: clock() >= until))
    with scoring.context.open_work() as work:
        for each in scored:
            work.rematch.keep_scored(each)
        work.commit()


def _after_scoring(context: Context, run_id: str) -> RunState:
    with context.open_work() as work:
        run = work.rematch.get(run_id)
        if run.state is not RunState.SCORING:
            return run.state
        if is_to_brake(work, run, context.clock()):
            return _brake(context, work, run)
        if work.rematch.unscored(run_id, 1):
            return RunState.SCORING
        work.rematch.move(replace(run, state=RunState.WHOLE), read_state=run.state)
        work.commit()
        return RunState.WHOLE


def _brake(context: Context, work: UnitOfWork, run: RematchRun) -> RunState:
    work.rematch.move(replace(run, state=RunState.BRAKED), read_state=run.state)
    context.notify(work, run.order.station, NoticeKind.REMATCH_BRAKED, f"run:{run.run_id}")
    context.trace(work, "rematch.brake", f"run:{run.run_id}")
    work.commit()
    return RunState.BRAKED


def _settle_quiet(context: Context, run_id: str, case_ids: Sequence[str]) -> list[str]:
    """Settle together the cases of which no lead changes: most of a night. Returns the others."""
    others = []
    with context.open_work() as work:
        for case_id in case_ids:
            scored = work.rematch.scored(run_id, case_id)
            if scored.gone or any(not find.is_new for find in scored.finds):
                others.append(case_id)
            elif work.rematch.mark_applied(run_id, case_id):
                _keep_basis(work, scored)
        work.commit()
    return others


def _apply(context: Context, run_id: str, case_id: str) -> None:
    """Renew the known leads of one case in one transaction, once."""
    with context.open_work() as work:
        if not work.rematch.mark_applied(run_id, case_id):
            return
        scored = work.rematch.scored(run_id, case_id)
        _renew_leads(context, work, scored)
        _keep_basis(work, scored)
        work.commit()


def _keep_basis(work: UnitOfWork, scored: ScoredCase) -> None:
    """Unless a search that ran meanwhile saw more than this run did."""
    now = work.rematch.basis(scored.case_id)
    if now is None or now.record_revision <= scored.basis.record_revision:
        work.rematch.keep_basis(scored.case_id, scored.basis, scored.noted)


def _renew_leads(context: Context, work: UnitOfWork, scored: ScoredCase) -> None:
    known = {lead.record_id: lead for lead in work.leads.of_case(scored.case_id)}
    renewed = [find for find in scored.finds if not find.is_new and find.record_id in known]
    for find in renewed:
        if known[find.record_id].state in UNTOUCHED:
            keep(context, work, known[find.record_id], scored_of(find))
    withdraw(work, (known[record_id] for record_id in scored.gone if record_id in known))
    work.rematch.drop_waiting(scored.case_id, scored.gone)
    if renewed or scored.gone:
        order_again(work, scored.case_id)


def _close(context: Context, run: RematchRun) -> RunState:
    with context.open_work() as work:
        done = replace(run, state=RunState.DONE, finished_at=context.clock())
        if work.rematch.move(done, read_state=RunState.WHOLE):
            work.rematch.open_finds(run.run_id)
            context.trace(work, "rematch.done", f"run:{run.run_id}")
            work.commit()
    return RunState.DONE
