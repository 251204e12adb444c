"""What each kind of job does. One handler per kind.

A handler calls `outbox.finish(job)` inside the transaction of its effect: then the effect happens
once however often the job is delivered, and a worker that has lost its lease changes nothing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from casework.alike.residents import match_residents
from casework.context import Context
from casework.jobs.job import Job, JobKind
from casework.rematch.jobs import run_part
from casework.search.matcher import ResidentMatcher
from casework.search.report_matching import match_report
from casework.search.search import search_case
from runtime.model_change import Readers, move_part


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """What handlers work with beside the database."""

    matcher: ResidentMatcher
    #: What reads photos when every face is moved to another model.
    readers: Readers


Handler = Callable[[Context, Tools, Job], None]


def search(context: Context, tools: Tools, job: Job) -> None:
    """Search for the case that the job names."""
    search_case(context, tools.matcher, job.subject_id, job=job)


def report(context: Context, tools: Tools, job: Job) -> None:
    """Match everyone in care with the record that the job names."""
    match_report(context, tools.matcher, job.subject_id, job=job)


def residents(context: Context, tools: Tools, job: Job) -> None:
    """Compare the resident that the job names with all others."""
    match_residents(context, tools.matcher, job.subject_id, job=job)


def rematch(context: Context, tools: Tools, job: Job) -> None:
    """Go on with the run of re-matching that the job names."""
    run_part(context, tools.matcher, job)


def reembed(context: Context, tools: Tools, job: Job) -> None:
    """Go on with moving every face to the model that the job names."""
    move_part(context, tools.readers, job)


HANDLERS: Mapping[JobKind, Handler] = {
    JobKind.SEARCH_CASE: search,
    JobKind.MATCH_REPORT: report,
    JobKind.MATCH_RESIDENTS: residents,
    JobKind.REMATCH: rematch,
    JobKind.REEMBED: reembed,
}
