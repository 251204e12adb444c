"""What each kind of job does. One handler per kind; a handler may run twice."""

from collections.abc import Callable, Mapping

from casework.context import Context
from casework.jobs import Job, JobKind
from casework.matcher import Matcher
from casework.search import search_case

Handler = Callable[[Context, Matcher, Job], None]


def search(context: Context, matcher: Matcher, job: Job) -> None:
    """Search for the case that the job names."""
    search_case(context, matcher, job.subject_id)


HANDLERS: Mapping[JobKind, Handler] = {JobKind.SEARCH_CASE: search}
