"""Twins of the outbox, the signs of life and the notices."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from casework.errors import StaleVersionError
from casework.jobs.job import LONGEST_WAIT, Backlog, Job, Queue, WorkerBeat
from casework.jobs.notice import Notice
from storage.memory.state import State, refuse_repeat
from storage.memory.stored_job import JobState, StoredJob
from storage.outbox import LEASE


class MemoryOutbox:
    """Twin of `storage.outbox.SqlOutbox`."""

    def __init__(self, state: State) -> None:
        self._jobs = state.jobs
        self._workers = state.workers

    def put(self, job: Job) -> None:
        """Add a job, due at once."""
        refuse_repeat(job.job_id in self._jobs)
        self._jobs[job.job_id] = StoredJob(job=job, not_before=job.created_at)

    def claim(self, now: datetime, holder: str, queues: Sequence[Queue]) -> Job | None:
        """Take the oldest due job for a lease."""
        due = [row for row in self._due(now) if row.job.queue in queues]
        return self._take(due[0], now, holder) if due else None

    def claim_one(self, job_id: str, now: datetime, holder: str) -> Job | None:
        """Take this job if it may be taken."""
        due = [row for row in self._due(now) if row.job.job_id == job_id]
        return self._take(due[0], now, holder) if due else None

    def finish(self, job: Job) -> None:
        """The job is done, if it is still ours."""
        if not self._settle(job, state=JobState.FINISHED):
            raise StaleVersionError("这项任务已由另一个进程接手，本次结果作废。")

    def fail(self, job: Job, *, error: str, retry_at: datetime | None) -> bool:  # noqa: ARG002 - the twin keeps no error text
        """Record a failure; None means give up."""
        if retry_at is None:
            return self._settle(job, state=JobState.GIVEN_UP)
        return self._settle(job, not_before=retry_at, dispatched_at=None)

    def release_dead(self, now: datetime, silent_since: datetime) -> int:
        """End the leases of the dead."""
        alive = {each.worker_id for each in self._workers.values() if each.beat_at >= silent_since}
        dead = [
            row
            for row in self._pending()
            if row.not_before > now
            and (
                (row.holder is not None and row.holder not in alive)
                or row.not_before > now + LONGEST_WAIT
            )
        ]
        for row in dead:
            self._jobs[row.job.job_id] = replace(row, not_before=now, dispatched_at=None)
        return len(dead)

    def to_dispatch(self, now: datetime, again_before: datetime, limit: int) -> tuple[Job, ...]:
        """Mark and return what the broker is to be told."""
        due = self._due(now)
        untold = [r for r in due if r.dispatched_at is None or r.dispatched_at <= again_before]
        chosen = untold[: max(0, limit - (len(due) - len(untold)))]
        for row in chosen:
            self._jobs[row.job.job_id] = replace(row, dispatched_at=now)
        return tuple(row.job for row in chosen)

    def forget_dispatches(self) -> int:
        """Everything pending is to be dispatched again."""
        told = [row for row in self._pending() if row.dispatched_at is not None]
        for row in told:
            self._jobs[row.job.job_id] = replace(row, dispatched_at=None)
        return len(told)

    def pending(self, subject_id: str | None = None) -> int:
        """How many jobs (about one subject) are neither finished nor given up."""
        return sum(subject_id in {None, row.job.subject_id} for row in self._pending())

    def backlogs(self, now: datetime) -> tuple[Backlog, ...]:
        """How every queue stands."""
        return tuple(self._backlog(queue, now) for queue in Queue)

    def revive(self, job_id: str, now: datetime) -> bool:
        """Try a job again that was given up."""
        row = self._jobs.get(job_id)
        if row is None or row.state is not JobState.GIVEN_UP:
            return False
        self._jobs[job_id] = StoredJob(job=replace(row.job, attempts=0, deaths=0), not_before=now)
        return True

    def _pending(self) -> list[StoredJob]:
        return [row for row in self._jobs.values() if row.state is JobState.PENDING]

    def _due(self, now: datetime) -> list[StoredJob]:
        due = [row for row in self._pending() if row.not_before <= now]
        return sorted(due, key=lambda row: (row.job.created_at, row.job.job_id))

    def _take(self, row: StoredJob, now: datetime, holder: str) -> Job:
        deaths = row.job.deaths + (row.holder is not None)
        job = replace(row.job, attempts=row.job.attempts + 1, deaths=deaths)
        self._jobs[job.job_id] = replace(row, job=job, holder=holder, not_before=now + LEASE)
        return job

    def _settle(self, job: Job, **values: object) -> bool:
        row = self._jobs.get(job.job_id)
        mine = row is not None and row.state is JobState.PENDING and row.job == job
        if row is not None and mine:
            self._jobs[job.job_id] = replace(row, holder=None, **values)  # type: ignore[arg-type]
        return mine

    def _backlog(self, queue: Queue, now: datetime) -> Backlog:
        rows = [row for row in self._jobs.values() if row.job.queue is queue]
        pending = [row for row in rows if row.state is JobState.PENDING]
        waiting = [row.job.created_at for row in pending if row.not_before <= now]
        return Backlog(
            queue=queue,
            pending=len(pending),
            held=sum(row.holder is not None and row.not_before > now for row in pending),
            given_up=sum(row.state is JobState.GIVEN_UP for row in rows),
            oldest_waiting=min(waiting, default=None),
        )


class MemoryWorkerStore:
    """Twin of `storage.worker_beats.SqlWorkerStore`."""

    def __init__(self, state: State) -> None:
        self._workers = state.workers

    def beat(self, beat: WorkerBeat) -> None:
        """Keep the latest sign of life."""
        self._workers[beat.worker_id] = beat

    def beats(self) -> tuple[WorkerBeat, ...]:
        """The latest of every worker, newest first."""
        by_id = sorted(self._workers.values(), key=lambda beat: beat.worker_id)
        return tuple(sorted(by_id, key=lambda beat: beat.beat_at, reverse=True))

    def forget(self, silent_since: datetime) -> int:
        """Remove those that have been silent."""
        silent = [key for key, beat in self._workers.items() if beat.beat_at < silent_since]
        for key in silent:
            del self._workers[key]
        return len(silent)


class MemoryNoticeStore:
    """Twin of `storage.notices.SqlNoticeStore`."""

    def __init__(self, state: State) -> None:
        self._notices = state.notices

    def add(self, notice: Notice) -> bool:
        """Keep a notice; False when it was told already."""
        key = (notice.station, notice.kind, notice.subject)
        told = any((n.station, n.kind, n.subject) == key for n in self._notices.values())
        if not told:
            self._notices[notice.notice_id] = notice
        return not told

    def unseen(self, station: str, limit: int) -> tuple[Notice, ...]:
        """What nobody at the station has put away, newest first."""
        mine = [
            notice
            for notice in self._notices.values()
            if notice.seen_by is None and notice.station in {station, ""}
        ]
        mine.sort(key=lambda notice: notice.notice_id)
        mine.sort(key=lambda notice: notice.at, reverse=True)
        return tuple(mine[:limit])

    def see(self, notice_id: str, station: str, user_id: str) -> bool:
        """Put a notice away."""
        notice = self._notices.get(notice_id)
        if notice is None or notice.seen_by is not None or notice.station not in {station, ""}:
            return False
        self._notices[notice_id] = replace(notice, seen_by=user_id)
        return True
