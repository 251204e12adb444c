from casework.jobs import Job, JobKind
from casework.ports import UnitOfWork
from runtime.runner import MOST_ATTEMPTS, RETRY_AFTER, InlineRunner
from storage.outbox import LEASE
from tests.office import FakeMatcher, Office
from tests.samples import NOW, a_case, an_admission


def a_runner(office: Office, matcher: FakeMatcher) -> InlineRunner:
    return InlineRunner(
        open_work=office.open_work, clock=office.clock, new_id=office.new_id, matcher=matcher
    )


def with_job(office: Office, case_id: str = "c1") -> None:
    with office.open_work() as work:
        work.outbox.put(
            Job(job_id="j1", kind=JobKind.SEARCH_CASE, subject_id=case_id, created_at=NOW)
        )
        work.commit()


def test_a_pending_search_is_run_once() -> None:
    office, matcher = Office(), FakeMatcher()
    with office.open_work() as work:
        work.cases.add(a_case())
        work.cases.append(an_admission())
        work.commit()
    with_job(office)
    runner = a_runner(office, matcher)
    assert runner.run_pending() == 1
    assert runner.run_pending() == 0
    assert len(matcher.probes) == 1


def test_a_failing_job_is_tried_again_later_and_given_up_in_the_end() -> None:
    office = Office()
    with_job(office, "no such case")
    runner = a_runner(office, FakeMatcher())
    for _ in range(MOST_ATTEMPTS):
        assert pending(office) == 1
        assert runner.run_pending() == 0
        office.now += RETRY_AFTER
    assert pending(office) == 0


def test_one_broken_job_does_not_stop_the_next() -> None:
    office, matcher = Office(), FakeMatcher()
    with_job(office, "no such case")
    with office.open_work() as work:
        work.cases.add(a_case())
        work.outbox.put(Job(job_id="j2", kind=JobKind.SEARCH_CASE, subject_id="c1", created_at=NOW))
        work.commit()
    assert a_runner(office, matcher).run_pending() == 1
    assert [probe.case_id for probe in matcher.probes] == ["c1"]


def pending(office: Office) -> int:
    work: UnitOfWork
    with office.open_work() as work:
        return work.outbox.pending()


def test_a_job_that_kills_its_process_each_time_is_given_up() -> None:
    office, matcher = Office(), FakeMatcher()
    with_job(office)
    for _ in range(MOST_ATTEMPTS):
        with office.open_work() as work:
            assert work.outbox.claim(office.now) is not None  # and the worker dies here
            work.commit()
        office.now += LEASE
    assert a_runner(office, matcher).run_pending() == 0
    assert pending(office) == 0
    assert matcher.probes == []
