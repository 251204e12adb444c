"""From ranked pairs to leads: new ones are kept, known ones renewed, vanished ones withdrawn.

A lead that a person has moved is never touched. A pair whose evidence is what it was is left alone,
so that nobody finds their reading changed under their eyes.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Protocol

from casework.context import Context
from casework.leads.lead import Lead, LeadState
from casework.leads.rules import lead_rules
from casework.ports import UnitOfWork
from matching.evidence import Evidence
from matching.explain import SIGNAL_WORDS
from matching.ranking import RankedLead

#: A signal whose worth moved by less than this is not worth a sentence.
LEAST_CHANGE: Final = 0.05
#: Nobody has acted on it (yet, or any more).
UNTOUCHED: Final = frozenset({LeadState.PROPOSED, LeadState.WITHDRAWN})
#: A person has said that the two are not one.
DENIED: Final = frozenset({LeadState.REJECTED, LeadState.REFUTED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """One ranked pair of a case, with what made its score."""

    case_id: str
    station: str
    ranked: RankedLead
    versions: Mapping[str, str]
    #: What changed since last time, one sentence each; worked out from a known lead when empty.
    changes: tuple[str, ...] = ()


class Judged(Protocol):
    """A pair of which a person may have said that the two are not one."""

    @property
    def judged(self) -> Mapping[str, float]:
        """What each signal was worth then: signal -> bits."""

    @property
    def judged_at(self) -> datetime | None:
        """When that was; None when nobody said so."""


def keep(context: Context, work: UnitOfWork, old: Lead | None, scored: Scored) -> bool:
    """Make the pair a lead, or bring its lead up to date; False when there was nothing to do."""
    if old is None:
        work.leads.add(_lead(context, scored))
        return True
    if not is_worth_keeping(old, scored.ranked, context.clock()):
        return False
    new = whats_new(old, scored.ranked.evidence, context.clock()) if old.state in DENIED else None
    _renew(work, old, replace(_lead(context, scored), whats_new=new or old.whats_new))
    return True


def is_worth_keeping(old: Lead, ranked: RankedLead, now: datetime) -> bool:
    """Whether today's score of a known pair changes its lead."""
    if old.state in DENIED:
        return bool(whats_new(old, ranked.evidence, now))
    return old.state is LeadState.WITHDRAWN or (
        old.state is LeadState.PROPOSED and not _is_same(old, ranked)
    )


def withdraw(work: UnitOfWork, leads: Iterable[Lead]) -> None:
    """Take back leads that nobody has acted on and that are no longer found."""
    for lead in leads:
        if lead.state is LeadState.PROPOSED:
            gone = replace(lead, state=LeadState.WITHDRAWN, version=lead.version + 1)
            work.leads.save(gone, read_version=lead.version)


def order_again(work: UnitOfWork, case_id: str) -> None:
    """Give the proposed leads of a case their places by strength; a place that is right stays."""
    standing = [x for x in work.leads.of_case(case_id) if x.state is not LeadState.WITHDRAWN]
    standing.sort(key=lambda lead: (-lead.bits, lead.record_id))
    for rank, lead in enumerate(standing, start=1):
        if lead.state is LeadState.PROPOSED and lead.rank != rank:
            moved = replace(lead, rank=rank, version=lead.version + 1)
            work.leads.save(moved, read_version=lead.version)


def whats_new(old: Judged, evidence: Iterable[Evidence], now: datetime) -> tuple[str, ...]:
    """Why a pair that was rejected may be proposed again; empty when nothing speaks for it."""
    rules = lead_rules()
    gained = tuple(
        f"新的依据：{each.detail}"
        for each in evidence
        if each.bits > 0
        and each.bits - old.judged.get(each.signal.value, 0.0) >= rules.new_evidence_bits
    )
    if gained:
        return gained
    if old.judged_at is not None and now - old.judged_at >= rules.verdict_expires:
        return ("上次排除已满一年，按规定重新核对",)
    return ()


def since_last(before: Iterable[Evidence], after: Iterable[Evidence]) -> tuple[str, ...]:
    """What changed in the evidence of a pair, strongest change first."""
    old = {each.signal: each.bits for each in before}
    new = {each.signal: each.bits for each in after}
    moved = {signal: new.get(signal, 0.0) - old.get(signal, 0.0) for signal in (*old, *new)}
    told = sorted(moved.items(), key=lambda pair: (-abs(pair[1]), pair[0]))
    return tuple(
        f"{SIGNAL_WORDS[signal]} {gap:+.1f} 比特"
        for signal, gap in told
        if abs(gap) >= LEAST_CHANGE
    )


def _is_same(old: Lead, ranked: RankedLead) -> bool:
    """Whether a pair's place and everything that is shown about it are what they were."""
    return old.rank == ranked.rank and is_shown_the_same(old.evidence, ranked.evidence)


def is_shown_the_same(before: Iterable[Evidence], after: Iterable[Evidence]) -> bool:
    """Whether a reader would see no difference."""
    return _shown(before) == _shown(after)


def _shown(evidence: Iterable[Evidence]) -> list[tuple[object, ...]]:
    return [
        (e.signal, round(e.bits, 3), e.detail, e.probe_value, e.candidate_value) for e in evidence
    ]


def _renew(work: UnitOfWork, old: Lead, fresh: Lead) -> None:
    """The lead keeps its id and what was judged; score and explanation are today's."""
    renewed = replace(
        fresh,
        lead_id=old.lead_id,
        judged=old.judged,
        judged_at=old.judged_at,
        version=old.version + 1,
        changes=fresh.changes or since_last(old.evidence, fresh.evidence),
    )
    work.leads.save(renewed, read_version=old.version)


def _lead(context: Context, scored: Scored) -> Lead:
    ranked = scored.ranked
    return Lead(
        lead_id=context.new_id(),
        case_id=scored.case_id,
        record_id=ranked.record_id,
        station=scored.station,
        rank=ranked.rank,
        probability=ranked.probability,
        bits=ranked.bits,
        prior_bits=ranked.prior_bits,
        band=ranked.band,
        evidence=ranked.evidence,
        calibration_bits=ranked.calibration_bits,
        same_person_bits=ranked.same_person_bits,
        rival_bits=ranked.rival_bits,
        fingerprint=ranked.fingerprint,
        versions=dict(scored.versions),
        found_at=context.clock(),
        changes=scored.changes,
    )
