"""Runs jobs inside the process: claims rows of the outbox until none is due."""

from datetime import timedelta
from typing import Final

import structlog

from casework.access import Actor
from casework.context import Context
from casework.jobs import Job
from casework.matcher import Matcher
from casework.ports import Clock, NewId, OpenWork
from runtime.handlers import HANDLERS

#: A job that failed this often waits for a person.
MOST_ATTEMPTS: Final = 3
RETRY_AFTER: Final = timedelta(seconds=30)

SYSTEM: Final = Actor(
    user_id="system", name="system", display_name="系统", roles=frozenset(), station=""
)


class InlineRunner:
    """The default job runner: no broker, jobs run where they are asked for."""

    def __init__(
        self, *, open_work: OpenWork, clock: Clock, new_id: NewId, matcher: Matcher
    ) -> None:
        self._context = Context(open_work=open_work, clock=clock, new_id=new_id, actor=SYSTEM)
        self._matcher = matcher
        self._log = structlog.get_logger("runner")

    def run_pending(self) -> int:
        """Run every due job; returns how many succeeded."""
        done = 0
        while (job := self._claim()) is not None:
            done += self._run(job)
        return done

    def _claim(self) -> Job | None:
        with self._context.open_work() as work:
            job = work.outbox.claim(self._context.clock())
            if job is not None:
                work.commit()
        return job

    def _run(self, job: Job) -> bool:
        if job.attempts > MOST_ATTEMPTS:
            # Every earlier attempt died with its process, so nobody could give the job back.
            self._give_up(job)
            return False
        try:
            HANDLERS[job.kind](self._context, self._matcher, job)
        except Exception as error:  # noqa: BLE001 - whatever a job throws, the next one must run
            self._give_back(job, error)
            return False
        with self._context.open_work() as work:
            work.outbox.finish(job.job_id)
            work.commit()
        return True

    def _give_up(self, job: Job) -> None:
        self._log.error("job_given_up", job=job.job_id, kind=job.kind, tries=job.attempts)
        with self._context.open_work() as work:
            work.outbox.fail(job.job_id, error="WorkerDied", retry_at=None)
            work.commit()

    def _give_back(self, job: Job, error: Exception) -> None:
        """Keep the class of the error only: its text may hold personal data."""
        name = type(error).__name__
        self._log.error("job_failed", job=job.job_id, kind=job.kind, error=name, tries=job.attempts)
        tries_left = job.attempts < MOST_ATTEMPTS
        retry_at = self._context.clock() + RETRY_AFTER if tries_left else None
        with self._context.open_work() as work:
            work.outbox.fail(job.job_id, error=name, retry_at=retry_at)
            work.commit()
