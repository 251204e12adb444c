"""The runner with a broker: tells it of jobs that are due, after the commit that wrote them."""

from collections.abc import Sequence
from datetime import timedelta
from threading import Event
from typing import Final, Protocol

import structlog

from casework.errors import UnavailableError
from casework.jobs.job import Job, Queue
from casework.ports import Clock, OpenWork
from runtime.runner import EVERY_QUEUE

#: A job of which the broker was told so long ago, and that nobody took, is told of again.
AGAIN_AFTER: Final = timedelta(minutes=2)
#: At most so many jobs are on their way to workers: what is told twice stays little.
ON_THEIR_WAY: Final = 500


class Messenger(Protocol):
    """What the dispatcher needs of a broker; `runtime.broker.Broker` is the real one."""

    def tell(self, job: Job) -> None:
        """Tell of a job. Raises UnavailableError."""

    def has_forgotten(self) -> bool:
        """Whether all that was told is lost. Raises UnavailableError."""


class BrokerRunner:
    """Implements `runtime.runner.JobRunner`: jobs run in the workers."""

    def __init__(self, open_work: OpenWork, clock: Clock, messenger: Messenger) -> None:
        self._open_work = open_work
        self._clock = clock
        self._messenger = messenger

    def run_pending(
        self,
        queues: Sequence[Queue] = EVERY_QUEUE,  # noqa: ARG002 - each job goes to its own queue
        *,
        stop: Event | None = None,  # noqa: ARG002 - telling takes no time
    ) -> int:
        """Tell the broker of every due job; returns of how many it was told.

        A broker that is away costs nothing but time: the rows stay, and are told of again.
        """
        try:
            if self._messenger.has_forgotten():
                self._forget()
            for count, job in enumerate(told := self._due()):
                self._tell(job, count)
        except UnavailableError as error:
            structlog.get_logger("dispatch").warning("broker_away", error=type(error).__name__)
            return 0
        return len(told)

    def _due(self) -> tuple[Job, ...]:
        now = self._clock()
        with self._open_work() as work:
            jobs = work.outbox.to_dispatch(now, now - AGAIN_AFTER, ON_THEIR_WAY)
            if jobs:
                work.commit()
        return jobs

    def _tell(self, job: Job, told: int) -> None:
        try:
            self._messenger.tell(job)
        except UnavailableError:
            # Of this job and the rest nobody has heard: they are told of as soon as it is back.
            self._forget()
            structlog.get_logger("dispatch").warning("broker_lost", told=told)
            raise

    def _forget(self) -> None:
        with self._open_work() as work:
            if work.outbox.forget_dispatches():
                work.commit()
