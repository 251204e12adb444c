"""What jobs need from storage, as protocols: the outbox, signs of life, notices."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from casework.jobs.job import Backlog, Job, Queue, WorkerBeat
from casework.jobs.notice import Notice


class Outbox(Protocol):
    """Jobs written with their cause; a job may run twice and must not mind."""

    def put(self, job: Job) -> None:
        """Add a job."""

    def claim(self, now: datetime, holder: str, queues: Sequence[Queue]) -> Job | None:
        """Take the oldest due job for a lease and count the attempt; None when idle.

        A lease that ended without `finish` or `fail` counts as the death of its holder.
        """

    def claim_one(self, job_id: str, now: datetime, holder: str) -> Job | None:
        """Take this job; None when it is not due, held, finished or given up."""

    def finish(self, job: Job) -> None:
        """The job is done: call it in the transaction of its effect.

        Raises:
            StaleVersionError: the lease was lost; leave the transaction, another worker has it.
        """

    def fail(self, job: Job, *, error: str, retry_at: datetime | None) -> bool:
        """Record a failure (class name only); None means give up and leave it for a person.

        False when the lease was lost: nothing was changed.
        """

    def release_dead(self, now: datetime, silent_since: datetime) -> int:
        """End the leases of workers without a sign of life since then; returns how many jobs.

        So are those that would wait for longer than any lease or pause: the clock was set back.
        """

    def to_dispatch(self, now: datetime, again_before: datetime, limit: int) -> tuple[Job, ...]:
        """Due jobs that nobody holds and the broker was not told of since `again_before`.

        They count as dispatched from here on; at most `limit` are on their way at a time.
        """

    def forget_dispatches(self) -> int:
        """The broker has lost everything: all of it is to be dispatched again."""

    def pending(self, subject_id: str | None = None) -> int:
        """How many jobs (about one subject) are neither finished nor given up."""

    def backlogs(self, now: datetime) -> tuple[Backlog, ...]:
        """How every queue stands."""

    def revive(self, job_id: str, now: datetime) -> bool:
        """Try a job again that was given up, as if it were new; False when it was not."""


class WorkerStore(Protocol):
    """Signs of life."""

    def beat(self, beat: WorkerBeat) -> None:
        """Keep the latest sign of life of a worker."""

    def beats(self) -> tuple[WorkerBeat, ...]:
        """The latest of every worker, newest first."""

    def forget(self, silent_since: datetime) -> int:
        """Remove workers without a sign of life since then; returns how many."""


class NoticeStore(Protocol):
    """Notices for people at a station."""

    def add(self, notice: Notice) -> bool:
        """Keep a notice; False when it was told already."""

    def unseen(self, station: str, limit: int) -> tuple[Notice, ...]:
        """What nobody at the station has put away, newest first."""

    def see(self, notice_id: str, station: str, user_id: str) -> bool:
        """Put a notice away; False when it is not there, not the station's or put away already."""
