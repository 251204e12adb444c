"""A job as the in-memory outbox keeps it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from casework.jobs.job import Job


class JobState(StrEnum):
    """Where a job stands."""

    PENDING = "pending"
    FINISHED = "finished"
    GIVEN_UP = "given_up"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredJob:
    """One row."""

    job: Job
    #: Not to be claimed before: a lease, or the pause before another try.
    not_before: datetime
    state: JobState = JobState.PENDING
    holder: str | None = None
    dispatched_at: datetime | None = None
