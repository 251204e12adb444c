"""The search of one case: score the registry, keep explained leads, leave a trace even of no hit.

The job may run twice: a second run updates what the first one proposed and never touches a lead
that a person has already moved.
"""

from collections.abc import Collection
from dataclasses import dataclass

from casework.clock.station_time import station_day
from casework.context import Context
from casework.jobs.job import Job
from casework.jobs.notice import NoticeKind
from casework.leads.keeping import Scored, keep, withdraw
from casework.leads.lead import Lead
from casework.ports import UnitOfWork
from casework.search.matcher import Matcher, MatchResult
from casework.search.scoring import GalleryNotWholeError, basis_after, read_resident, score


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchOutcome:
    """What one search found."""

    leads: tuple[Lead, ...]
    gallery_size: int


def search_case(
    context: Context, matcher: Matcher, case_id: str, *, job: Job | None = None
) -> SearchOutcome:
    """Score one case against the registry and store its leads.

    Matching runs between two transactions, so that a long search never holds the database. The job
    that asked for it is finished in the transaction that stores the leads.

    While a face gallery is being rebuilt, what is found by words is kept beside what was known, and
    the job stays: it is to be tried again.

    Raises:
        NotFoundError: there is no such case.
        StaleVersionError: somebody changed a lead meanwhile, or the job's lease was lost; nothing
            was written.
        GalleryNotWholeError: the faces could not be searched.
    """
    resident = read_resident(context, matcher, case_id)
    result = score(context, matcher, resident)
    with context.open_work() as work:
        before = {lead.lead_id for lead in work.leads.of_case(case_id)}
        leads = _store(context, work, case_id, result)
        _notify(context, work, leads, before)
        context.trace(
            work,
            "search.run",
            f"case:{case_id}",
            leads=str(len(leads)),
            gallery=str(result.gallery_size),
            **({} if result.faces_are_whole else {"faces": "degraded"}),
        )
        if result.faces_are_whole:
            work.rematch.keep_basis(case_id, basis_after(resident, result), result.noted)
            # What re-matching found and has not told yet is among these leads, or no longer true.
            work.rematch.drop_waiting(case_id)
            if job is not None:
                work.outbox.finish(job)
        work.commit()
    if not result.faces_are_whole:
        raise GalleryNotWholeError
    return SearchOutcome(leads=leads, gallery_size=result.gallery_size)


def _notify(
    context: Context, work: UnitOfWork, leads: tuple[Lead, ...], before: Collection[str]
) -> None:
    """New leads are told once for a case and day."""
    new = [lead for lead in leads if lead.lead_id not in before]
    if new:
        day = station_day(context.clock()).isoformat()
        subject = f"case:{new[0].case_id}:{day}"
        context.notify(work, new[0].station, NoticeKind.NEW_LEADS, subject)


def _store(
    context: Context, work: UnitOfWork, case_id: str, result: MatchResult
) -> tuple[Lead, ...]:
    station = work.cases.get(case_id).station
    known = {lead.record_id: lead for lead in work.leads.of_case(case_id)}
    for ranked in result.leads:
        old = known.get(ranked.record_id)
        # Without the faces nothing may replace or take back what was found with them.
        if old is None or result.faces_are_whole:
            scored = Scored(
                case_id=case_id, station=station, ranked=ranked, versions=result.versions
            )
            keep(context, work, old, scored)
    if result.faces_are_whole:
        found = {ranked.record_id for ranked in result.leads}
        withdraw(work, (lead for lead in known.values() if lead.record_id not in found))
    return work.leads.of_case(case_id)
