"""Giving a job up: it waits for a person, and somebody is told."""

from casework.context import Context
from casework.errors import NotFoundError
from casework.jobs.job import Job
from casework.jobs.notice import NoticeKind
from casework.ports import UnitOfWork


def give_up(context: Context, job: Job, error: str) -> bool:
    """Put a job aside and tell the station; False when another worker has it meanwhile.

    Args:
        context: the system's.
        job: as claimed.
        error: the class of the last error; its text may hold personal data.
    """
    with context.open_work() as work:
        if not work.outbox.fail(job, error=error, retry_at=None):
            return False
        subject = f"job:{job.job_id}"
        context.notify(work, _station(work, job), NoticeKind.JOB_GIVEN_UP, subject)
        context.trace(work, "job.give_up", subject, kind=job.kind, error=error)
        work.commit()
    return True


def _station(work: UnitOfWork, job: Job) -> str:
    """The station of the case that the job is about; every station when it is about none."""
    try:
        return work.cases.get(job.subject_id).station
    except NotFoundError:
        return ""
