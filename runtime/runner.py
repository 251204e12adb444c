"""Runs jobs: claims rows of the outbox, has the handler do the work, settles what comes of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from threading import Event
from typing import Final, Protocol

import structlog

from casework.context import Context
from casework.jobs.giving_up import give_up
from casework.jobs.job import Job, Queue, WorkerBeat, retry_at
from runtime.handlers import HANDLERS, Tools

EVERY_QUEUE: Final = tuple(Queue)
#: What is recorded of a job that killed its workers.
WORKER_DIED: Final = "WorkerDied"


class JobRunner(Protocol):
    """Has jobs run, here or elsewhere."""

    def run_pending(
        self, queues: Sequence[Queue] = EVERY_QUEUE, *, stop: Event | None = None
    ) -> int:
        """Have every due job run; returns how many were done, or sent on their way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JobFloor:
    """Where jobs are run, whichever runner brings them: one for each process."""

    #: As the system.
    context: Context
    tools: Tools
    worker_id: str

    def claim(self, queues: Sequence[Queue]) -> Job | None:
        """Take the next due job, with a sign of life."""
        with self.context.open_work() as work:
            job = work.outbox.claim(self.context.clock(), self.worker_id, queues)
            if job is not None:
                work.workers.beat(self._beat())
                work.commit()
        return job

    def claim_one(self, job_id: str) -> Job | None:
        """Take this job, with a sign of life; None when it is not to be had."""
        with self.context.open_work() as work:
            job = work.outbox.claim_one(job_id, self.context.clock(), self.worker_id)
            if job is not None:
                work.workers.beat(self._beat())
                work.commit()
        return job

    def run_due(self, queues: Sequence[Queue], *, stop: Event | None = None) -> int:
        """Run every due job until none is left or `stop` is set; returns how many succeeded."""
        done = 0
        while not (stop and stop.is_set()) and (job := self.claim(queues)) is not None:
            done += self.run(job)
        return done

    def run(self, job: Job) -> bool:
        """Run a claimed job; False when it failed or was given up."""
        if job.is_poisonous:
            # Every earlier attempt died with its process, so nobody could give the job back.
            self._log().error("job_given_up", job=job.job_id, kind=job.kind, tries=job.attempts)
            give_up(self.context, job, WORKER_DIED)
            return False
        try:
            HANDLERS[job.kind](self.context, self.tools, job)
        except Exception as error:  # noqa: BLE001 - whatever a job throws, the next one must run
            self._give_back(job, error)
            return False
        return True

    def _beat(self) -> WorkerBeat:
        now = self.context.clock()
        return WorkerBeat(worker_id=self.worker_id, started_at=now, beat_at=now)

    def _give_back(self, job: Job, error: Exception) -> None:
        """Keep the class of the error only: its text may hold personal data."""
        name = type(error).__name__
        self._log().error(
            "job_failed", job=job.job_id, kind=job.kind, error=name, tries=job.attempts
        )
        again = retry_at(job, self.context.clock())
        if again is None:
            give_up(self.context, job, name)
            return
        with self.context.open_work() as work:
            work.outbox.fail(job, error=name, retry_at=again)
            work.commit()

    def _log(self) -> structlog.typing.FilteringBoundLogger:
        log: structlog.typing.FilteringBoundLogger = structlog.get_logger("jobs")
        return log


class InlineRunner:
    """The default job runner: no broker, jobs run where they are asked for."""

    def __init__(self, floor: JobFloor) -> None:
        self._floor = floor

    def run_pending(
        self, queues: Sequence[Queue] = EVERY_QUEUE, *, stop: Event | None = None
    ) -> int:
        """Run every due job until none is left or `stop` is set; returns how many succeeded."""
        return self._floor.run_due(queues, stop=stop)
