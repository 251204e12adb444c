"""Signs of life in SQL: one row for each process that runs jobs."""

from datetime import datetime

from sqlalchemy import Connection, delete, select

from casework.jobs.job import WorkerBeat
from storage.tables import workers
from storage.upsert import upsert


class SqlWorkerStore:
    """Implements `casework.jobs.ports.WorkerStore`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def beat(self, beat: WorkerBeat) -> None:
        """Keep the latest sign of life."""
        row = {
            "worker_id": beat.worker_id,
            "started_at": beat.started_at,
            "beat_at": beat.beat_at,
        }
        upsert(self._connection, workers, row)

    def beats(self) -> tuple[WorkerBeat, ...]:
        """The latest of every worker, newest first."""
        query = select(workers).order_by(workers.c.beat_at.desc(), workers.c.worker_id)
        return tuple(
            WorkerBeat(worker_id=row.worker_id, started_at=row.started_at, beat_at=row.beat_at)
            for row in self._connection.execute(query)
        )

    def forget(self, silent_since: datetime) -> int:
        """Remove those that have been silent."""
        silent = delete(workers).where(workers.c.beat_at < silent_since)
        return self._connection.execute(silent).rowcount
