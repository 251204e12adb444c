"""Residents who may be one person: a second file, another name, help sought again elsewhere.

Every resident is compared with all others, of every station and every year, by everything that is
known: the search that compares them with missing-person records. Who is alike is told, never
merged: two files become one person's by a person's word (`casework.alike.judging`).
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from casework.alike.pairs import AlikePair, AlikeState
from casework.alike.registry import read_changed_files
from casework.cases.case import Case
from casework.context import Context
from casework.jobs.job import Job
from casework.jobs.notice import NoticeKind
from casework.leads.keeping import is_shown_the_same, whats_new
from casework.ports import UnitOfWork
from casework.search.matcher import ResidentMatcher
from casework.search.scoring import GalleryNotWholeError, Resident, read_resident
from matching.ranking import RankedLead


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """Two files that are alike today."""

    later: Case
    earlier: Case
    ranked: RankedLead
    versions: Mapping[str, str]


def match_residents(
    context: Context, matcher: ResidentMatcher, case_id: str, *, job: Job | None = None
) -> tuple[AlikePair, ...]:
    """Compare one resident with all others and keep the pairs, told to both stations once.

    Whichever file is searched, the later one is held against the earlier one: a pair has one score.

    Raises:
        NotFoundError: there is no such case.
        GalleryNotWholeError: the faces cannot be searched now; the job is to be tried again.
        StaleVersionError: somebody judged a pair meanwhile, or the job's lease was lost; nothing
            was written.
    """
    read_changed_files(context.open_work)
    found = _found(context, matcher, read_resident(context, matcher, case_id))
    with context.open_work() as work:
        known = {pair.beside(case_id): pair for pair in work.alike.of_case(case_id)}
        for other_id, each in found.items():
            _keep(context, work, known.get(other_id), each)
        _withdraw(work, (pair for other_id, pair in known.items() if other_id not in found))
        context.trace(work, "case.alike", f"case:{case_id}", found=str(len(found)))
        if job is not None:
            work.outbox.finish(job)
        work.commit()
    with context.open_work() as work:
        return work.alike.of_case(case_id)


def _found(context: Context, matcher: ResidentMatcher, resident: Resident) -> dict[str, _Found]:
    """The pairs of a resident by the other file."""
    case, case_id = resident.case, resident.case.case_id
    near = {each.earlier_id: each for each in _near(matcher, resident)}
    with context.open_work() as work:
        standing = {pair.beside(case_id) for pair in work.alike.of_case(case_id)}
        others = work.cases.covers({*near, *standing})
    found = {}
    for other_id, other in sorted(others.items()):
        if _opened(other) < _opened(case):
            pair = near.get(other_id)
            later, earlier = case, other
        else:
            again = _near(matcher, read_resident(context, matcher, other_id), {case_id})
            pair = next(iter(again), None)
            later, earlier = other, case
        if pair is not None:
            found[other_id] = _Found(
                later=later, earlier=earlier, ranked=pair.ranked, versions=pair.versions
            )
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Near:
    """Somebody near to a resident."""

    ranked: RankedLead
    versions: Mapping[str, str]

    @property
    def earlier_id(self) -> str:
        return self.ranked.record_id


def _near(
    matcher: ResidentMatcher, resident: Resident, only: Collection[str] | None = None
) -> tuple[_Near, ...]:
    result = matcher.alike_residents(resident.probe, resident.faces, only)
    if not result.faces_are_whole:
        raise GalleryNotWholeError
    return tuple(_Near(ranked=each, versions=result.versions) for each in result.leads)


def _opened(case: Case) -> tuple[datetime, str]:
    return case.opened_at, case.case_id


def _keep(context: Context, work: UnitOfWork, old: AlikePair | None, found: _Found) -> None:
    """A new pair is told; one that nobody judged is brought up to date; the others need news."""
    now = context.clock()
    if old is None:
        pair = AlikePair(
            pair_id=context.new_id(),
            later_id=found.later.case_id,
            earlier_id=found.earlier.case_id,
            ranked=found.ranked,
            versions=dict(found.versions),
            found_at=now,
        )
        work.alike.add(pair)
        _tell(context, work, found, pair)
        return
    new = whats_new(old, found.ranked.evidence, now) if old.state is AlikeState.DIFFERENT else ()
    is_open = old.state is AlikeState.WITHDRAWN or (
        old.state is AlikeState.PROPOSED
        and not is_shown_the_same(old.ranked.evidence, found.ranked.evidence)
    )
    if not (new or is_open):
        return
    pair = replace(
        old,
        ranked=found.ranked,
        versions=dict(found.versions),
        found_at=now,
        state=AlikeState.PROPOSED,
        whats_new=new or old.whats_new,
        version=old.version + 1,
    )
    work.alike.save(pair, read_version=old.version)
    if new:
        _tell(context, work, found, pair)


def _withdraw(work: UnitOfWork, pairs: Iterable[AlikePair]) -> None:
    for pair in pairs:
        if pair.state is AlikeState.PROPOSED:
            gone = replace(pair, state=AlikeState.WITHDRAWN, version=pair.version + 1)
            work.alike.save(gone, read_version=pair.version)


def _tell(context: Context, work: UnitOfWork, found: _Found, pair: AlikePair) -> None:
    """One notice for each station of the pair."""
    for station in sorted({found.later.station, found.earlier.station}):
        subject = f"alike:{pair.pair_id}:{pair.version}"
        context.notify(work, station, NoticeKind.ALIKE_RESIDENTS, subject)
