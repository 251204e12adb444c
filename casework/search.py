"""The search of one case: score the registry, keep explained leads, leave a trace even of no hit.

The job may run twice: a second run updates what the first one proposed and never touches a lead
that a person has already moved.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from casework.context import Context
from casework.copied_photos import copied_records
from casework.errors import UnavailableError
from casework.gallery import OwnerKind, StoredFace
from casework.jobs import Job
from casework.lead_rules import lead_rules
from casework.leads import Lead, LeadState
from casework.matcher import Matcher, MatchResult
from casework.ports import UnitOfWork
from casework.probe import probe_of
from matching.model import Probe
from matching.ranking import RankedLead


class GalleryNotWholeError(UnavailableError):
    """The faces of a gallery could not be searched; the words were."""

    def __init__(self) -> None:
        super().__init__("人脸库正在重建，本次只按文字线索比对；稍后会自动补上人脸比对。")


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
    matcher.refresh()
    with context.open_work() as work:
        probe = probe_of(work.cases.get(case_id).case_id, work.cases.entries(case_id))
        faces = work.faces.of_owner(OwnerKind.CASE, case_id)
    result = _match(context, matcher, probe, faces)
    with context.open_work() as work:
        leads = _store(context, work, case_id, result)
        context.trace(
            work,
            "search.run",
            f"case:{case_id}",
            leads=str(len(leads)),
            gallery=str(result.gallery_size),
            **({} if result.faces_are_whole else {"faces": "degraded"}),
        )
        if job is not None and result.faces_are_whole:
            work.outbox.finish(job)
        work.commit()
    if not result.faces_are_whole:
        raise GalleryNotWholeError
    return SearchOutcome(leads=leads, gallery_size=result.gallery_size)


def _match(
    context: Context, matcher: Matcher, probe: Probe, faces: Sequence[StoredFace]
) -> MatchResult:
    """The ranking; made again when a record turns out to have a photo of the resident's own file."""
    result = matcher.match(probe, faces)
    with context.open_work() as work:
        copied = copied_records(work, faces, [lead.record_id for lead in result.leads])
    return matcher.match(probe, faces, copied) if copied else result


def _store(
    context: Context, work: UnitOfWork, case_id: str, result: MatchResult
) -> tuple[Lead, ...]:
    station = work.cases.get(case_id).station
    known = {lead.record_id: lead for lead in work.leads.of_case(case_id)}
    for ranked in result.leads:
        old = known.get(ranked.record_id)
        # Without the faces nothing may replace or take back what was found with them.
        if old is None or result.faces_are_whole:
            _keep(context, work, old, _lead(context, case_id, station, ranked, result))
    if result.faces_are_whole:
        _withdraw(work, known.values(), {ranked.record_id for ranked in result.leads})
    return work.leads.of_case(case_id)


def _keep(context: Context, work: UnitOfWork, old: Lead | None, fresh: Lead) -> None:
    if old is None:
        work.leads.add(fresh)
    elif old.state in {LeadState.PROPOSED, LeadState.WITHDRAWN}:
        _renew(work, old, replace(fresh, whats_new=old.whats_new))
    elif old.state in {LeadState.REJECTED, LeadState.REFUTED}:
        new = whats_new(old, fresh, context.clock())
        if new:
            _renew(work, old, replace(fresh, whats_new=new))


def _renew(work: UnitOfWork, old: Lead, fresh: Lead) -> None:
    """The lead keeps its id and what was judged; score and explanation are today's."""
    renewed = replace(
        fresh,
        lead_id=old.lead_id,
        judged=old.judged,
        judged_at=old.judged_at,
        version=old.version + 1,
    )
    work.leads.save(renewed, read_version=old.version)


def whats_new(old: Lead, fresh: Lead, now: datetime) -> tuple[str, ...]:
    """Why a pair that was rejected may be proposed again; empty when nothing speaks for it."""
    rules = lead_rules()
    gained = tuple(
        f"新的依据：{each.detail}"
        for each in fresh.evidence
        if each.bits > 0
        and each.bits - old.judged.get(each.signal.value, 0.0) >= rules.new_evidence_bits
    )
    if gained:
        return gained
    if old.judged_at is not None and now - old.judged_at >= rules.verdict_expires:
        return ("上次排除已满一年，按规定重新核对",)
    return ()


def _withdraw(work: UnitOfWork, known: Iterable[Lead], found: set[str]) -> None:
    for lead in known:
        if lead.state is LeadState.PROPOSED and lead.record_id not in found:
            gone = replace(lead, state=LeadState.WITHDRAWN, version=lead.version + 1)
            work.leads.save(gone, read_version=lead.version)


def _lead(
    context: Context, case_id: str, station: str, ranked: RankedLead, result: MatchResult
) -> Lead:
    return Lead(
        lead_id=context.new_id(),
        case_id=case_id,
        record_id=ranked.record_id,
        station=station,
        rank=ranked.rank,
        probability=ranked.probability,
        bits=ranked.bits,
        prior_bits=ranked.prior_bits,
        band=ranked.band,
        evidence=ranked.evidence,
        versions=dict(result.versions),
        found_at=context.clock(),
    )
