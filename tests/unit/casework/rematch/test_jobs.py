"""Re-matching by itself: every night, after imports, in short jobs."""

from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from casework.accounts.access import SYSTEM
from casework.clock.station_time import in_station_time
from casework.errors import StaleVersionError
from casework.jobs.job import Job, JobKind
from casework.rematch.jobs import NIGHTLY, PART, order_after_import, order_nightly, run_part
from casework.rematch.rounds import CASES_IN_A_STEP
from casework.rematch.rules import rematch_rules
from tests.office import FakeMatcher, Office
from tests.rematch_office import BATCH, an_office, leads, ranked


def claimed(office: Office) -> Job | None:
    with office.open_work() as work:
        job = work.outbox.claim(office.now, "w1", BATCH)
        work.commit()
    return job


def night(office: Office) -> None:
    """Put the clock on the night's hour."""
    local = in_station_time(office.now)
    office.now = local.replace(hour=rematch_rules().night_hour, minute=0)


def test_the_night_has_one_run_however_often_it_is_asked_for() -> None:
    office = an_office()
    night(office)
    office.now -= timedelta(minutes=1)
    assert not order_nightly(office.context(SYSTEM))
    office.now += timedelta(minutes=1)
    assert [order_nightly(office.context(SYSTEM)) for _ in range(3)] == [True, False, False]
    office.now += timedelta(hours=22)
    assert not order_nightly(office.context(SYSTEM))
    office.now += timedelta(hours=2)
    assert order_nightly(office.context(SYSTEM))


def test_runs_of_long_ago_are_forgotten_and_their_leads_stay() -> None:
    office, matcher = an_office(), FakeMatcher(leads=(ranked(),))
    rules = rematch_rules()
    for _ in range(rules.brake_runs + 2):
        order_after_import(office.context())
        while (job := claimed(office)) is not None:
            run_part(office.context(SYSTEM), matcher, job)
        office.now += timedelta(days=1)
    with office.open_work() as work:
        runs = work.rematch.latest("", 99)
    night(office)
    assert order_nightly(office.context(SYSTEM))
    with office.open_work() as work:
        assert len(work.rematch.latest("", 99)) == len(runs) + 1
    office.now += rules.keep
    assert order_nightly(office.context(SYSTEM))
    with office.open_work() as work:
        left = {run.run_id for run in work.rematch.latest("", 99)}
    assert len(left & {run.run_id for run in runs}) == rules.brake_runs
    assert "rematch.forget" in office.trail()
    assert len(leads(office)) == 1


def test_a_night_that_was_slept_through_is_made_up_for() -> None:
    office = an_office()
    night(office)
    office.now += timedelta(hours=9)
    assert order_nightly(office.context(SYSTEM))


def test_a_job_does_the_run_and_tells() -> None:
    office, matcher = an_office(), FakeMatcher(leads=(ranked(),))
    order_after_import(office.context())
    job = claimed(office)
    assert job is not None
    assert job.kind is JobKind.REMATCH
    run_part(office.context(SYSTEM), matcher, job)
    assert [len(leads(office, case_id)) for case_id in ("c1", "c2")] == [1, 1]
    assert claimed(office) is None


def test_imports_before_a_run_has_begun_share_it() -> None:
    office = an_office()
    for _ in range(3):
        order_after_import(office.context())
    assert claimed(office) is not None
    assert claimed(office) is None


@dataclass(slots=True)
class SlowMatcher(FakeMatcher):
    """Takes as long for one resident as a job may take for all."""

    office: Office | None = None

    def refresh(self) -> None:
        assert self.office is not None
        self.office.now += PART


def test_a_long_run_goes_on_in_further_jobs() -> None:
    office = an_office(residents=3)
    matcher = SlowMatcher(leads=(ranked(),), office=office)
    order_after_import(office.context())
    jobs = 0
    while (job := claimed(office)) is not None:
        run_part(office.context(SYSTEM), matcher, job)
        jobs += 1
    assert jobs > 3
    assert [len(leads(office, f"c{number}")) for number in (1, 2, 3)] == [1, 1, 1]


def test_a_job_that_lost_its_lease_orders_nothing() -> None:
    office, matcher = an_office(), FakeMatcher()
    order_after_import(office.context())
    job = claimed(office)
    assert job is not None
    with pytest.raises(StaleVersionError):
        run_part(office.context(SYSTEM), matcher, replace(job, attempts=7))
    assert claimed(office) is None


def test_the_job_of_a_run_that_was_dropped_does_nothing() -> None:
    office = an_office()
    order_after_import(office.context())
    with office.open_work() as work:
        run = work.rematch.unfinished(NIGHTLY)
        assert run is not None
        work.rematch.discard(run.run_id)
        work.commit()
    job = claimed(office)
    assert job is not None
    run_part(office.context(SYSTEM), FakeMatcher(), job)
    with office.open_work() as work:
        assert work.outbox.pending() == 0


def test_many_residents_are_scored_in_several_steps() -> None:
    office, matcher = an_office(residents=CASES_IN_A_STEP + 1), FakeMatcher()
    order_after_import(office.context())
    job = claimed(office)
    assert job is not None
    run_part(office.context(SYSTEM), matcher, job)
    assert len(matcher.only) == CASES_IN_A_STEP + 1
