"""Jobs in SQL: claimed by compare-and-set for a lease, finished or given back."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, func, insert, select, update

from casework.jobs import Job, JobKind
from storage.tables import outbox

#: A worker that has not finished by then is taken for dead and the job is claimed again.
LEASE: Final = timedelta(minutes=5)


class SqlOutbox:
    """Implements `casework.ports.Outbox`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, job: Job) -> None:
        """Add a job, due at once."""
        self._connection.execute(
            insert(outbox).values(
                job_id=job.job_id,
                kind=job.kind.value,
                subject_id=job.subject_id,
                created_at=job.created_at,
                state="pending",
                attempts=job.attempts,
                not_before=job.created_at,
            )
        )

    def claim(self, now: datetime) -> Job | None:
        """Take the oldest due job; another claimer that was faster makes us look again."""
        while True:
            due = (
                select(outbox)
                .where(outbox.c.state == "pending", outbox.c.not_before <= now)
                .order_by(outbox.c.created_at, outbox.c.job_id)
                .limit(1)
            )
            row = self._connection.execute(due).first()
            if row is None:
                return None
            won = self._connection.execute(
                update(outbox)
                .where(outbox.c.job_id == row.job_id, outbox.c.attempts == row.attempts)
                .where(outbox.c.state == "pending", outbox.c.not_before <= now)
                .values(attempts=row.attempts + 1, not_before=now + LEASE)
            )
            if won.rowcount == 1:
                return Job(
                    job_id=row.job_id,
                    kind=JobKind(row.kind),
                    subject_id=row.subject_id,
                    created_at=row.created_at,
                    attempts=row.attempts + 1,
                )

    def finish(self, job_id: str) -> None:
        """The job is done."""
        self._set(job_id, state="finished", error=None)

    def fail(self, job_id: str, *, error: str, retry_at: datetime | None) -> None:
        """Record a failure; None means give up."""
        if retry_at is None:
            self._set(job_id, state="given_up", error=error)
        else:
            self._set(job_id, state="pending", error=error, not_before=retry_at)

    def pending(self) -> int:
        """How many jobs are neither finished nor given up."""
        query = select(func.count()).select_from(outbox).where(outbox.c.state == "pending")
        return int(self._connection.execute(query).scalar_one())

    def _set(self, job_id: str, **values: object) -> None:
        self._connection.execute(update(outbox).where(outbox.c.job_id == job_id).values(**values))
