"""Jobs in SQL: claimed by compare-and-set for a lease, finished or given back."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, case, func, insert, or_, select, update

from casework.errors import StaleVersionError
from casework.jobs.job import LONGEST_WAIT, Backlog, Job, JobKind, Queue
from storage.tables import outbox, workers

#: A worker that has not finished by then is taken for dead and the job is claimed again.
LEASE: Final = timedelta(minutes=5)

_IS_PENDING: Final = outbox.c.state == "pending"


class SqlOutbox:
    """Implements `casework.jobs.ports.Outbox`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, job: Job) -> None:
        """Add a job, due at once."""
        self._connection.execute(
            insert(outbox).values(
                job_id=job.job_id,
                kind=job.kind.value,
                queue=job.queue.value,
                subject_id=job.subject_id,
                created_at=job.created_at,
                state="pending",
                attempts=job.attempts,
                deaths=job.deaths,
                not_before=job.created_at,
            )
        )

    def claim(self, now: datetime, holder: str, queues: Sequence[Queue]) -> Job | None:
        """Take the oldest due job; another claimer that was faster makes us look again."""
        due = (
            select(outbox)
            .where(_IS_PENDING, outbox.c.not_before <= now)
            .where(outbox.c.queue.in_([queue.value for queue in queues]))
            .order_by(outbox.c.created_at, outbox.c.job_id)
            .limit(1)
        )
        while (row := self._connection.execute(due).first()) is not None:
            if (job := self._take(row, now, holder)) is not None:
                return job
        return None

    def claim_one(self, job_id: str, now: datetime, holder: str) -> Job | None:
        """Take this job if it may be taken."""
        query = select(outbox).where(
            outbox.c.job_id == job_id, _IS_PENDING, outbox.c.not_before <= now
        )
        row = self._connection.execute(query).first()
        return None if row is None else self._take(row, now, holder)

    def _take(self, row: Row[*tuple[Any, ...]], now: datetime, holder: str) -> Job | None:
        # A holder that is still there neither finished nor gave the job back: it died.
        deaths = row.deaths + (row.holder is not None)
        won = self._connection.execute(
            update(outbox)
            .where(outbox.c.job_id == row.job_id, outbox.c.attempts == row.attempts)
            .where(_IS_PENDING, outbox.c.not_before <= now)
            .values(attempts=row.attempts + 1, deaths=deaths, holder=holder, not_before=now + LEASE)
        )
        return _job(row, attempts=row.attempts + 1, deaths=deaths) if won.rowcount == 1 else None

    def finish(self, job: Job) -> None:
        """The job is done, if it is still ours."""
        if not self._settle(job, state="finished", error=None):
            raise StaleVersionError("这项任务已由另一个进程接手，本次结果作废。")

    def fail(self, job: Job, *, error: str, retry_at: datetime | None) -> bool:
        """Record a failure; None means give up."""
        if retry_at is None:
            return self._settle(job, state="given_up", error=error)
        return self._settle(job, error=error, not_before=retry_at, dispatched_at=None)

    def release_dead(self, now: datetime, silent_since: datetime) -> int:
        """End the leases of the dead; their jobs are due at once."""
        alive = select(workers.c.worker_id).where(workers.c.beat_at >= silent_since)
        is_dead = outbox.c.holder.is_not(None) & outbox.c.holder.not_in(alive)
        is_beyond = outbox.c.not_before > now + LONGEST_WAIT
        return self._connection.execute(
            update(outbox)
            .where(_IS_PENDING, outbox.c.not_before > now, is_dead | is_beyond)
            .values(not_before=now, dispatched_at=None)
        ).rowcount

    def to_dispatch(self, now: datetime, again_before: datetime, limit: int) -> tuple[Job, ...]:
        """Mark and return what the broker is to be told."""
        waiting = (_IS_PENDING, outbox.c.not_before <= now)
        under_way = self._count(*waiting, outbox.c.dispatched_at > again_before)
        query = (
            select(outbox)
            .where(*waiting, _is_to_be_told(again_before))
            .order_by(outbox.c.created_at, outbox.c.job_id)
            .limit(max(0, limit - under_way))
        )
        rows = self._connection.execute(query).all()
        if rows:
            chosen = outbox.c.job_id.in_([row.job_id for row in rows])
            told = update(outbox).where(chosen, _is_to_be_told(again_before))
            self._connection.execute(told.values(dispatched_at=now))
        return tuple(_job(row, attempts=row.attempts, deaths=row.deaths) for row in rows)

    def forget_dispatches(self) -> int:
        """Everything pending is to be dispatched again."""
        told = update(outbox).where(_IS_PENDING, outbox.c.dispatched_at.is_not(None))
        return self._connection.execute(told.values(dispatched_at=None)).rowcount

    def pending(self, subject_id: str | None = None) -> int:
        """How many jobs (about one subject) are neither finished nor given up."""
        about = () if subject_id is None else (outbox.c.subject_id == subject_id,)
        return self._count(_IS_PENDING, *about)

    def backlogs(self, now: datetime) -> tuple[Backlog, ...]:
        """How every queue stands, in one pass over what is not finished."""
        held = outbox.c.holder.is_not(None) & (outbox.c.not_before > now)
        waiting = _IS_PENDING & (outbox.c.not_before <= now)
        query = (
            select(
                outbox.c.queue,
                func.sum(case((_IS_PENDING, 1), else_=0)).label("pending"),
                func.sum(case((_IS_PENDING & held, 1), else_=0)).label("held"),
                func.sum(case((outbox.c.state == "given_up", 1), else_=0)).label("given_up"),
                func.min(case((waiting, outbox.c.created_at))).label("oldest"),
            )
            .where(outbox.c.state.in_(("pending", "given_up")))
            .group_by(outbox.c.queue)
        )
        found = {row.queue: row for row in self._connection.execute(query)}
        return tuple(_backlog(queue, found.get(queue.value)) for queue in Queue)

    def revive(self, job_id: str, now: datetime) -> bool:
        """Try a job again that was given up."""
        given_up = update(outbox).where(outbox.c.job_id == job_id, outbox.c.state == "given_up")
        fresh = given_up.values(
            state="pending", attempts=0, deaths=0, not_before=now, holder=None, dispatched_at=None
        )
        return self._connection.execute(fresh).rowcount == 1

    def _settle(self, job: Job, **values: object) -> bool:
        mine = (outbox.c.job_id == job.job_id, outbox.c.attempts == job.attempts, _IS_PENDING)
        done = update(outbox).where(*mine).values(holder=None, **values)
        return self._connection.execute(done).rowcount == 1

    def _count(self, *conditions: ColumnElement[bool]) -> int:
        query = select(func.count()).select_from(outbox).where(*conditions)
        return int(self._connection.execute(query).scalar_one())


def _is_to_be_told(again_before: datetime) -> ColumnElement[bool]:
    return or_(outbox.c.dispatched_at.is_(None), outbox.c.dispatched_at <= again_before)


def _job(row: Row[*tuple[Any, ...]], *, attempts: int, deaths: int) -> Job:
    return Job(
        job_id=row.job_id,
        kind=JobKind(row.kind),
        subject_id=row.subject_id,
        created_at=row.created_at,
        attempts=attempts,
        deaths=deaths,
    )


def _backlog(queue: Queue, row: Row[*tuple[Any, ...]] | None) -> Backlog:
    if row is None:
        return Backlog(queue=queue, pending=0, held=0, given_up=0, oldest_waiting=None)
    return Backlog(
        queue=queue,
        pending=int(row.pending),
        held=int(row.held),
        given_up=int(row.given_up),
        oldest_waiting=row.oldest,
    )
