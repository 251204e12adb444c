"""Work to be done after a commit: names and ids. A row says what, never about whom.

A claim is a lease: the job's number of attempts is the token with which it is finished, so a worker
that was taken for dead and comes back finds its token spent and its whole transaction refused.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

#: A job whose workers died this often waits for a person: it may be what kills them.
MOST_DEATHS: Final = 3
#: A job that failed this often waits for a person.
MOST_FAILURES: Final = 5
#: The pause after the first failure; each further one is four times as long.
FIRST_PAUSE: Final = timedelta(seconds=30)
#: No lease and no pause is longer; a job that is due later was written by a clock that ran ahead.
LONGEST_WAIT: Final = timedelta(hours=1)


class Queue(StrEnum):
    """What kind of worker a job needs: each queue has processes of its own."""

    #: Reads photos; one at a time, because a face model fills the memory.
    FACE = "face"
    #: Somebody at a desk may be waiting for it.
    TEXT = "text"
    #: May take all night.
    BATCH = "batch"


#: What a request may run on the spot: batch jobs are for the workers.
AT_THE_DESK: Final = (Queue.FACE, Queue.TEXT)


class JobKind(StrEnum):
    """Every kind of job; `runtime.handlers` has one handler for each."""

    SEARCH_CASE = "search_case"
    #: Everyone in care against one record that was just reported.
    MATCH_REPORT = "match_report"
    #: One resident against all others.
    MATCH_RESIDENTS = "match_residents"
    #: The next part of a run of re-matching.
    REMATCH = "rematch"
    #: The next part of moving every face to another model.
    REEMBED = "reembed"


QUEUE_OF: Final[Mapping[JobKind, Queue]] = {
    JobKind.SEARCH_CASE: Queue.TEXT,
    JobKind.MATCH_REPORT: Queue.TEXT,
    JobKind.MATCH_RESIDENTS: Queue.TEXT,
    JobKind.REMATCH: Queue.BATCH,
    JobKind.REEMBED: Queue.BATCH,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One outbox row, written in the same transaction as its cause."""

    job_id: str
    kind: JobKind
    #: What the job is about, a row id.
    subject_id: str
    created_at: datetime
    #: How often it was claimed, this time included: the token of the lease.
    attempts: int = 0
    #: How many of the earlier attempts ended with the death of their worker.
    deaths: int = 0

    @property
    def queue(self) -> Queue:
        """Which workers may take it."""
        return QUEUE_OF[self.kind]

    @property
    def is_poisonous(self) -> bool:
        """Whether it has killed too many workers to be tried again."""
        return self.deaths >= MOST_DEATHS


def retry_at(job: Job, now: datetime) -> datetime | None:
    """When a job that has just failed is tried again; None when it has failed often enough."""
    failures = job.attempts - job.deaths
    if failures >= MOST_FAILURES:
        return None
    pause: timedelta = FIRST_PAUSE * 4 ** (failures - 1)
    return now + pause


@dataclass(frozen=True, slots=True, kw_only=True)
class Backlog:
    """How one queue stands."""

    queue: Queue
    #: Neither finished nor given up.
    pending: int
    #: Of these, held by a worker now.
    held: int
    given_up: int
    #: When the oldest job that is due and that nobody holds was written; None when there is none.
    oldest_waiting: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerBeat:
    """A sign of life of one process that runs jobs."""

    worker_id: str
    started_at: datetime
    beat_at: datetime
