"""Work to be done after a commit: names and payloads. Payloads carry ids only."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class JobKind(StrEnum):
    """Every kind of job; `runtime.handlers` has one handler for each."""

    SEARCH_CASE = "search_case"


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One outbox row, written in the same transaction as its cause."""

    job_id: str
    kind: JobKind
    #: What the job is about, a row id.
    subject_id: str
    created_at: datetime
    attempts: int = 0
