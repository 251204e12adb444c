"""Scoring the cases of one run: against what, and what came of it. Holds no transaction meanwhile."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from casework.context import Context
from casework.leads.keeping import DENIED, is_worth_keeping, since_last
from casework.leads.lead import Lead, LeadState
from casework.ports import UnitOfWork
from casework.rematch.runs import Depth, Find, RematchRun, ScoredCase, Who
from casework.search.gallery import OwnerKind
from casework.search.match_basis import MatchBasis
from casework.search.matcher import Matcher, MatchResult, Part
from casework.search.scoring import (
    GalleryNotWholeError,
    Resident,
    basis_after,
    read_resident,
    score,
)
from matching.compare.notes import Noted
from matching.ranking import RankedLead


@dataclass(frozen=True, slots=True, kw_only=True)
class _Before:
    """What stood before a case is scored."""

    #: What it was scored with last; None when never.
    basis: MatchBasis | None
    #: Records that it must be scored against; None: all of them.
    reach: frozenset[str] | None
    noted: Noted | None
    #: Records that came in after that.
    new_ids: frozenset[str]


@dataclass(slots=True)
class RunScoring:
    """Scores the cases of one run; remembers what changed between two revisions of the registry."""

    context: Context
    matcher: Matcher
    run: RematchRun
    _changed: dict[tuple[int, int, int, int], frozenset[str]] = field(default_factory=dict)
    _came_in: dict[int, frozenset[str]] = field(default_factory=dict)
    #: How many the last case that was scored here had.
    _pairs: int | None = None

    def score(self, case_id: str) -> ScoredCase:
        """Score one case; nothing is written.

        Raises:
            GalleryNotWholeError: the faces cannot be searched now; ask again later.
        """
        resident = read_resident(self.context, self.matcher, case_id)
        with self.context.open_work() as work:
            before = self._before(work, resident)
        result = self._match(resident, before)
        if result is not None and not result.faces_are_whole:
            raise GalleryNotWholeError
        with self.context.open_work() as work:
            return self._scored(work, resident, before, result)

    def score_each(
        self, case_ids: Sequence[str], is_over: Callable[[], bool]
    ) -> Iterator[ScoredCase]:
        """Score cases, in as many processes as there are, and at least one; stop when it is over.

        Raises:
            UnavailableError: faces cannot be searched, or a process died; ask again later.
        """
        waiting = list(case_ids)
        if self._pairs is None and waiting:
            # The first one says how much there is to do.
            yield self._noting_pairs(self.score(waiting.pop(0)))
        hands = self.matcher.hands
        by_others = hands.scored(self.run, waiting, self._pairs or 0, is_over) if hands else None
        if by_others is not None:
            yield from by_others
            return
        for case_id in waiting:
            if is_over():
                return
            yield self._noting_pairs(self.score(case_id))

    def _noting_pairs(self, scored: ScoredCase) -> ScoredCase:
        self._pairs = scored.pairs
        return scored

    def _before(self, work: UnitOfWork, resident: Resident) -> _Before:
        basis = work.rematch.basis(resident.case.case_id)
        is_same = basis is not None and basis.is_of_same_person_and_rules(resident.basis)
        return _Before(
            basis=basis,
            reach=self._reach(work, resident, basis),
            noted=work.rematch.noted(resident.case.case_id) if is_same else None,
            new_ids=self._new(work, basis.record_revision) if basis else frozenset(),
        )

    def _new(self, work: UnitOfWork, revision: int) -> frozenset[str]:
        if revision not in self._came_in:
            self._came_in[revision] = work.records.new_ids(revision)
        return self._came_in[revision]

    def _reach(
        self, work: UnitOfWork, resident: Resident, basis: MatchBasis | None
    ) -> frozenset[str] | None:
        order, now = self.run.order, resident.basis
        is_whole = order.depth is Depth.EVERYTHING or order.who is Who.ONE_CASE
        if is_whole or basis is None or not basis.is_of_same_person_and_rules(now):
            return None
        if order.since is None:
            return self._changes(work, basis.record_revision, basis.face_revision, now)
        if any(entry.recorded_at >= order.since for entry in resident.entries):
            return None
        # Since a moment: from where the registry stood when the last run before it began.
        earlier = next(iter(work.rematch.done_before(order.since, 1)), None)
        records = earlier.record_revision if earlier else 0
        faces = earlier.face_revision if earlier else 0
        return self._changes(work, records, faces, now)

    def _changes(
        self, work: UnitOfWork, records: int, faces: int, now: MatchBasis
    ) -> frozenset[str]:
        key = (records, faces, now.record_revision, now.face_revision)
        if key not in self._changed:
            changed = work.records.changed_ids(records)
            self._changed[key] = changed | work.faces.changed_owners(OwnerKind.RECORD, faces)
        return self._changed[key]

    def _match(self, resident: Resident, before: _Before) -> MatchResult | None:
        if before.reach is None:
            return score(self.context, self.matcher, resident)
        if not before.reach:
            return None
        part = Part(record_ids=before.reach, new_ids=before.new_ids, noted=before.noted)
        return score(self.context, self.matcher, resident, part)

    def _scored(
        self, work: UnitOfWork, resident: Resident, before: _Before, result: MatchResult | None
    ) -> ScoredCase:
        case_id, reach = resident.case.case_id, before.reach
        known = {lead.record_id: lead for lead in work.leads.of_case(case_id)}
        standing = {k for k, lead in known.items() if lead.state is LeadState.PROPOSED}
        found = {ranked.record_id for ranked in result.leads} if result else set()
        gone = (standing | work.rematch.waiting_of(case_id)) - found
        in_reach = (result.gallery_size if result else 0) if reach is None else len(reach)
        return ScoredCase(
            run_id=self.run.run_id,
            case_id=case_id,
            finds=tuple(self._finds(resident, before, known, result)) if result else (),
            gone=tuple(sorted(gone if reach is None else gone & reach)),
            basis=basis_after(resident, result) if result else resident.basis,
            noted=result.noted if result else None,
            pairs=result.pairs if result else 0,
            in_reach=in_reach,
        )

    def _finds(
        self, resident: Resident, before: _Before, known: dict[str, Lead], result: MatchResult
    ) -> Iterator[Find]:
        for found in result.leads:
            old = known.get(found.record_id)
            # Among a part of the registry a known lead's place is not to be seen.
            is_part = old is not None and before.reach is not None
            ranked = replace(found, rank=old.rank) if old and is_part else found
            if old is not None and not is_worth_keeping(old, ranked, self.context.clock()):
                continue
            yield Find(
                run_id=self.run.run_id,
                case_id=resident.case.case_id,
                record_id=ranked.record_id,
                station=resident.case.station,
                is_new=old is None or old.state is not LeadState.PROPOSED,
                is_return=old is not None and old.state in DENIED,
                ranked=ranked,
                versions=dict(result.versions),
                changes=_why(before.basis, resident.basis, old, ranked),
            )


def _why(
    before: MatchBasis | None, now: MatchBasis, old: Lead | None, ranked: RankedLead
) -> tuple[str, ...]:
    """What changed since last time: in the evidence of a known pair, else what brought a new one."""
    if old is not None:
        return since_last(old.evidence, ranked.evidence)
    if before is None:
        return ("首次比对",)
    causes = (
        (before.probe != now.probe, "本人有新的谈话、线索或照片"),
        (before.rules != now.rules, "比对规则、校准、地名表或人脸模型有更新"),
    )
    said = tuple(words for is_so, words in causes if is_so)
    return said or ("走失记录是新登记的，或有更新",)
