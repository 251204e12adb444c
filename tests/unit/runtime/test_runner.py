from functools import partial
from threading import Event

from casework.accounts.access import SYSTEM
from casework.jobs.job import FIRST_PAUSE, MOST_DEATHS, MOST_FAILURES, Job, JobKind, Queue
from casework.ports import UnitOfWork
from runtime.handlers import Tools
from runtime.model_change import move_readers
from runtime.runner import InlineRunner, JobFloor
from runtime.settings import Settings
from storage.outbox import LEASE
from tests.office import FakeMatcher, Office
from tests.samples import NOW, STATION, a_case, an_admission


def a_floor(office: Office, matcher: FakeMatcher) -> JobFloor:
    return JobFloor(
        context=office.context(SYSTEM),
        tools=Tools(matcher=matcher, readers=partial(move_readers, Settings())),
        worker_id="w1",
    )


def a_runner(office: Office, matcher: FakeMatcher) -> InlineRunner:
    return InlineRunner(a_floor(office, matcher))


def with_case(office: Office) -> None:
    with office.open_work() as work:
        work.cases.add(a_case())
        work.cases.append(an_admission())
        work.commit()


def with_job(office: Office, case_id: str = "c1") -> None:
    with office.open_work() as work:
        work.outbox.put(
            Job(job_id="j1", kind=JobKind.SEARCH_CASE, subject_id=case_id, created_at=NOW)
        )
        work.commit()


def pending(office: Office) -> int:
    work: UnitOfWork
    with office.open_work() as work:
        return work.outbox.pending()


def told(office: Office, station: str) -> list[str]:
    with office.open_work() as work:
        return [notice.subject for notice in work.notices.unseen(station, 9)]


def test_a_pending_search_is_run_once() -> None:
    office, matcher = Office(), FakeMatcher()
    with_case(office)
    with_job(office)
    runner = a_runner(office, matcher)
    assert runner.run_pending() == 1
    assert runner.run_pending() == 0
    assert len(matcher.probes) == 1


def test_other_queues_and_a_set_stop_leave_the_job_alone() -> None:
    office = Office()
    with_case(office)
    with_job(office)
    runner, stop = a_runner(office, FakeMatcher()), Event()
    assert runner.run_pending((Queue.BATCH,)) == 0
    stop.set()
    assert runner.run_pending(stop=stop) == 0
    assert pending(office) == 1


def test_a_failing_job_pauses_longer_each_time_and_is_given_up_with_a_notice() -> None:
    office = Office()
    with_job(office, "no such case")
    runner = a_runner(office, FakeMatcher())
    for failures in range(MOST_FAILURES):
        assert pending(office) == 1
        assert runner.run_pending() == 0
        office.now += FIRST_PAUSE * 4**failures
    assert pending(office) == 0
    assert told(office, "any station") == ["job:j1"]
    assert office.trail() == ["job.give_up"]


def test_one_broken_job_does_not_stop_the_next() -> None:
    office, matcher = Office(), FakeMatcher()
    with_job(office, "no such case")
    with office.open_work() as work:
        work.cases.add(a_case())
        work.outbox.put(Job(job_id="j2", kind=JobKind.SEARCH_CASE, subject_id="c1", created_at=NOW))
        work.commit()
    assert a_runner(office, matcher).run_pending() == 1
    assert [probe.case_id for probe in matcher.probes] == ["c1"]


def test_a_job_that_kills_its_process_each_time_is_given_up_and_its_station_told() -> None:
    office, matcher = Office(), FakeMatcher()
    with_case(office)
    with_job(office)
    for _ in range(MOST_DEATHS):
        # claimed, and the worker dies here
        assert a_floor(office, matcher).claim((Queue.TEXT,)) is not None
        office.now += LEASE
    assert a_runner(office, matcher).run_pending() == 0
    assert pending(office) == 0
    assert matcher.probes == []
    assert told(office, STATION) == ["job:j1"]
    assert told(office, "another station") == []


def test_a_delivery_that_comes_twice_has_one_effect() -> None:
    office, matcher = Office(), FakeMatcher()
    with_case(office)
    with_job(office)
    floor = a_floor(office, matcher)
    slow = floor.claim_one("j1")
    assert slow is not None
    assert floor.claim_one("j1") is None
    office.now += LEASE
    fast = floor.claim_one("j1")
    assert fast is not None
    assert floor.run(fast)
    assert not floor.run(slow)
    assert floor.claim_one("j1") is None
    assert office.trail() == ["search.run"]
