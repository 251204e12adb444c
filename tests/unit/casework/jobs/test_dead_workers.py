from datetime import timedelta

from casework.accounts.access import SYSTEM
from casework.jobs.dead_workers import MISSED_BEATS, REMEMBERED, release_dead
from casework.jobs.job import Job, JobKind, Queue, WorkerBeat
from tests.office import Office
from tests.samples import NOW

BEAT = timedelta(seconds=10)


def test_a_silent_workers_job_is_due_again_and_its_name_is_forgotten_in_time() -> None:
    office = Office()
    with office.open_work() as work:
        work.outbox.put(Job(job_id="j1", kind=JobKind.SEARCH_CASE, subject_id="c1", created_at=NOW))
        work.outbox.claim(NOW, "w1", (Queue.TEXT,))
        work.workers.beat(WorkerBeat(worker_id="w1", started_at=NOW, beat_at=NOW))
        work.commit()
    office.now += MISSED_BEATS * BEAT
    assert release_dead(office.context(SYSTEM), BEAT) == 0
    office.now += timedelta(seconds=1)
    assert release_dead(office.context(SYSTEM), BEAT) == 1
    with office.open_work() as work:
        assert work.outbox.claim_one("j1", office.now, "w2") is not None
        assert len(work.workers.beats()) == 1
    office.now += REMEMBERED
    release_dead(office.context(SYSTEM), BEAT)
    with office.open_work() as work:
        assert work.workers.beats() == ()
