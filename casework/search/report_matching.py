"""Reverse matching: everyone in care against one record that was just reported.

The police wait for an answer within the day, so these leads are not held back by any budget. One
record is compared with two thousand residents as fast as one resident with two thousand records.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from casework.cases.in_care import unidentified
from casework.context import Context
from casework.jobs.job import Job
from casework.leads.keeping import Scored, keep, order_again
from casework.ports import UnitOfWork
from casework.search.matcher import Matcher
from casework.search.scoring import GalleryNotWholeError, part_for, read_resident, score


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportMatches:
    """What one report's matching found."""

    residents: int
    #: Leads that are new, came back or changed.
    leads: int


def match_report(
    context: Context, matcher: Matcher, record_id: str, *, job: Job | None = None
) -> ReportMatches:
    """Score everyone unidentified against one record, and keep the leads in one transaction.

    Raises:
        StaleVersionError: somebody changed a lead meanwhile, or the job's lease was lost; nothing
            was written.
        GalleryNotWholeError: the faces cannot be searched now; nothing was written.
    """
    case_ids = [case.case_id for case in unidentified(context.open_work)]
    found = list(_found(context, matcher, record_id, case_ids))
    with context.open_work() as work:
        kept = sum(_keep(context, work, scored) for scored in found)
        context.trace(
            work,
            "report.match",
            f"record:{record_id}",
            residents=str(len(case_ids)),
            leads=str(kept),
        )
        if job is not None:
            work.outbox.finish(job)
        work.commit()
    return ReportMatches(residents=len(case_ids), leads=kept)


def _found(
    context: Context, matcher: Matcher, record_id: str, case_ids: list[str]
) -> Iterator[Scored]:
    for case_id in case_ids:
        resident = read_resident(context, matcher, case_id)
        part = part_for(context, resident, frozenset({record_id}))
        result = score(context, matcher, resident, part)
        if not result.faces_are_whole:
            raise GalleryNotWholeError
        for ranked in result.leads:
            yield Scored(
                case_id=case_id,
                station=resident.case.station,
                ranked=ranked,
                versions=result.versions,
                changes=("走失记录是新报来的",),
            )


def _keep(context: Context, work: UnitOfWork, scored: Scored) -> bool:
    known = {lead.record_id: lead for lead in work.leads.of_case(scored.case_id)}
    is_kept = keep(context, work, known.get(scored.ranked.record_id), scored)
    if is_kept:
        work.rematch.drop_waiting(scored.case_id, {scored.ranked.record_id})
        order_again(work, scored.case_id)
    return is_kept
