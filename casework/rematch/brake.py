"""The brake: a run that finds far more than runs before it is stopped before anybody sees its leads."""

from datetime import datetime
from statistics import median

from casework.ports import UnitOfWork
from casework.rematch.rules import rematch_rules
from casework.rematch.runs import RematchRun


def is_to_brake(work: UnitOfWork, run: RematchRun, now: datetime) -> bool:
    """Whether the hits so far have jumped and nobody has let the run go on.

    The expectation is the median share of pairs in reach that became hits in the last runs, so that a
    night's delta and a full run can be compared; without earlier runs a plain limit per resident holds.
    """
    if run.let_go_by:
        return False
    rules, progress = rematch_rules(), work.rematch.progress(run.run_id)
    if progress.hits < rules.brake_least:
        return False
    shares = []
    for earlier in work.rematch.done_before(now, rules.brake_runs):
        seen = work.rematch.progress(earlier.run_id)
        if seen.in_reach:
            shares.append(seen.hits / seen.in_reach)
    if not shares:
        return progress.hits > rules.brake_per_case * max(1, progress.scored)
    expected = median(shares) * progress.in_reach
    return progress.hits > rules.brake_factor * max(1.0, expected)
