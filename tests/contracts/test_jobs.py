"""What every implementation of the outbox, the signs of life and the notices must do."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from casework.errors import StaleVersionError
from casework.jobs.job import Job, JobKind, Queue, WorkerBeat
from casework.jobs.notice import Notice, NoticeKind
from casework.ports import OpenWork, UnitOfWork
from tests.samples import NOW, STATION, minutes

TEXT = (Queue.TEXT,)


def a_job(job_id: str = "j1") -> Job:
    return Job(job_id=job_id, kind=JobKind.SEARCH_CASE, subject_id="c1", created_at=NOW)


def a_beat(worker_id: str = "w1", at: datetime = NOW) -> WorkerBeat:
    return WorkerBeat(worker_id=worker_id, started_at=NOW, beat_at=at)


def claimed(work: UnitOfWork, at: datetime = NOW, holder: str = "w1") -> Job:
    job = work.outbox.claim(at, holder, TEXT)
    assert job is not None
    return job


def test_a_claimed_job_is_nobody_elses_until_its_lease_ends(open_work: OpenWork) -> None:
    with open_work() as work:
        work.outbox.put(a_job())
        first = claimed(work)
        assert (first.job_id, first.attempts, first.deaths) == ("j1", 1, 0)
        assert work.outbox.claim(NOW + minutes(4), "w2", TEXT) is None
        assert work.outbox.claim_one("j1", NOW + minutes(4), "w2") is None
        again = claimed(work, NOW + minutes(6), "w2")
        assert (again.attempts, again.deaths) == (2, 1)


def test_jobs_of_a_clock_that_was_set_back_are_due_at_once(open_work: OpenWork) -> None:
    ahead = NOW + timedelta(hours=25)
    with open_work() as work:
        work.outbox.put(a_job())
        work.outbox.put(replace(a_job("j2"), created_at=ahead))
        work.workers.beat(a_beat(at=ahead))
        claimed(work, ahead)
        assert work.outbox.claim(NOW, "w2", TEXT) is None
        assert work.outbox.release_dead(NOW, NOW - minutes(1)) == 2
        assert {claimed(work, NOW, "w2").job_id for _ in range(2)} == {"j1", "j2"}
        assert work.outbox.release_dead(NOW, NOW - minutes(1)) == 2, "w2 gave no sign of life"


def test_a_queue_is_claimed_by_its_own_workers_only(open_work: OpenWork) -> None:
    with open_work() as work:
        work.outbox.put(a_job())
        assert work.outbox.claim(NOW, "w1", (Queue.FACE, Queue.BATCH)) is None
        assert work.outbox.claim(NOW, "w1", (Queue.BATCH, Queue.TEXT)) is not None


def test_jobs_are_finished_retried_or_given_up(open_work: OpenWork) -> None:
    with open_work() as work:
        for name in ("j1", "j2", "j3"):
            work.outbox.put(a_job(name))
        one, two, three = (claimed(work) for _ in range(3))
        work.outbox.finish(one)
        assert work.outbox.fail(two, error="ValueError", retry_at=NOW + minutes(1))
        assert work.outbox.fail(three, error="ValueError", retry_at=None)
        assert work.outbox.pending() == 1
        assert work.outbox.claim_one("j2", NOW, "w1") is None
        again = work.outbox.claim_one("j2", NOW + minutes(2), "w1")
        assert again is not None
        assert (again.attempts, again.deaths) == (2, 0)
        work.outbox.finish(again)
        assert work.outbox.claim(NOW + timedelta(days=1), "w1", TEXT) is None


def test_who_lost_the_lease_can_neither_finish_nor_fail(open_work: OpenWork) -> None:
    with open_work() as work:
        work.outbox.put(a_job())
        slow = claimed(work)
        claimed(work, NOW + minutes(6), "w2")
        with pytest.raises(StaleVersionError):
            work.outbox.finish(slow)
        assert not work.outbox.fail(slow, error="ValueError", retry_at=None)
        assert work.outbox.pending() == 1


def test_a_job_is_finished_once(open_work: OpenWork) -> None:
    with open_work() as work:
        work.outbox.put(a_job())
        job = claimed(work)
        work.outbox.finish(job)
        with pytest.raises(StaleVersionError):
            work.outbox.finish(job)
        assert not work.outbox.fail(job, error="ValueError", retry_at=NOW)


def test_the_leases_of_silent_workers_end_and_no_others(open_work: OpenWork) -> None:
    with open_work() as work:
        for name, holder in (("j1", "alive"), ("j2", "silent"), ("j3", "unknown")):
            work.outbox.put(a_job(name))
            claimed(work, NOW, holder)
        work.workers.beat(a_beat("alive", NOW + minutes(2)))
        work.workers.beat(a_beat("silent", NOW))
        now = NOW + minutes(2)
        assert work.outbox.release_dead(now, now - minutes(1)) == 2
        assert work.outbox.release_dead(now, now - minutes(1)) == 0
        free = [claimed(work, now, "w9"), claimed(work, now, "w9")]
        assert [(job.job_id, job.deaths) for job in free] == [("j2", 1), ("j3", 1)]
        assert work.outbox.claim(now, "w9", TEXT) is None


def test_the_broker_is_told_once_and_again_when_nothing_came_of_it(open_work: OpenWork) -> None:
    with open_work() as work:
        for name in ("j1", "j2", "j3"):
            work.outbox.put(a_job(name))
        before = NOW - minutes(2)
        told = work.outbox.to_dispatch(NOW, before, 2)
        assert [job.job_id for job in told] == ["j1", "j2"]
        assert work.outbox.to_dispatch(NOW, before, 2) == ()
        assert [job.job_id for job in work.outbox.to_dispatch(NOW, before, 3)] == ["j3"]
        work.outbox.claim_one("j1", NOW, "w1")
        later = NOW + minutes(3)
        again = work.outbox.to_dispatch(later, later - minutes(2), 9)
        assert [job.job_id for job in again] == ["j2", "j3"]


def test_a_broker_that_lost_everything_is_told_again(open_work: OpenWork) -> None:
    with open_work() as work:
        work.outbox.put(a_job())
        assert len(work.outbox.to_dispatch(NOW, NOW, 9)) == 1
        assert work.outbox.forget_dispatches() == 1
        assert len(work.outbox.to_dispatch(NOW, NOW, 9)) == 1


def test_a_failed_job_is_dispatched_when_its_pause_is_over(open_work: OpenWork) -> None:
    with open_work() as work:
        work.outbox.put(a_job())
        work.outbox.to_dispatch(NOW, NOW, 9)
        work.outbox.fail(claimed(work), error="ValueError", retry_at=NOW + minutes(1))
        assert work.outbox.to_dispatch(NOW, NOW - minutes(5), 9) == ()
        later = NOW + minutes(1)
        assert len(work.outbox.to_dispatch(later, later - minutes(5), 9)) == 1


def test_the_backlog_tells_what_waits_how_long(open_work: OpenWork) -> None:
    with open_work() as work:
        for number, name in enumerate(("j1", "j2", "j3")):
            work.outbox.put(replace(a_job(name), created_at=NOW + minutes(number)))
        now = NOW + minutes(3)
        claimed(work, now)
        work.outbox.fail(claimed(work, now), error="ValueError", retry_at=None)
        by_queue = {each.queue: each for each in work.outbox.backlogs(now)}
    assert set(by_queue) == set(Queue)
    text = by_queue[Queue.TEXT]
    assert (text.pending, text.held, text.given_up) == (2, 1, 1)
    assert text.oldest_waiting == NOW + minutes(2)
    assert by_queue[Queue.BATCH].oldest_waiting is None


def test_a_job_that_was_given_up_can_be_tried_again(open_work: OpenWork) -> None:
    with open_work() as work:
        work.outbox.put(a_job())
        assert not work.outbox.revive("j1", NOW)
        work.outbox.fail(claimed(work), error="ValueError", retry_at=None)
        assert work.outbox.revive("j1", NOW)
        again = claimed(work)
        assert (again.attempts, again.deaths) == (1, 0)
        assert not work.outbox.revive("none", NOW)


def test_beats_are_kept_by_worker_and_forgotten_in_time(open_work: OpenWork) -> None:
    with open_work() as work:
        work.workers.beat(a_beat("w1"))
        work.workers.beat(a_beat("w1", NOW + minutes(1)))
        work.workers.beat(a_beat("w2"))
        assert [(b.worker_id, b.beat_at) for b in work.workers.beats()] == [
            ("w1", NOW + minutes(1)),
            ("w2", NOW),
        ]
        assert work.workers.forget(NOW + minutes(1)) == 1
        assert [beat.worker_id for beat in work.workers.beats()] == ["w1"]


def test_a_notice_is_told_once_and_put_away_once(open_work: OpenWork) -> None:
    notice = Notice(
        notice_id="n1", station=STATION, kind=NoticeKind.JOB_GIVEN_UP, subject="job:j1", at=NOW
    )
    with open_work() as work:
        assert work.notices.add(notice)
        assert not work.notices.add(replace(notice, notice_id="n2"))
        assert work.notices.add(replace(notice, notice_id="n3", station=""))
        later = replace(notice, notice_id="n4", subject="job:j2", at=NOW + minutes(1))
        assert work.notices.add(later)
        assert [n.notice_id for n in work.notices.unseen(STATION, 9)] == ["n4", "n1", "n3"]
        assert [n.notice_id for n in work.notices.unseen("另一站", 9)] == ["n3"]
        assert not work.notices.see("n1", "另一站", "u2")
        assert work.notices.see("n1", STATION, "u1")
        assert not work.notices.see("n1", STATION, "u2")
        assert [n.notice_id for n in work.notices.unseen(STATION, 1)] == ["n4"]
