"""From candidates to leads: compare, fuse, order, cut."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from matching.compare.face import FaceMatch
from matching.compare.setting import Setting
from matching.compare.table import compare
from matching.evidence import Evidence, Signal
from matching.fusion import Band, Fused, fuse
from matching.model import Candidate, Probe
from matching.policy import MatchPolicy


@dataclass(frozen=True, slots=True, kw_only=True)
class RankedLead:
    """One candidate worth a look, with its explanation."""

    #: From 1.
    rank: int
    record_id: str
    probability: float
    #: prior_bits + the sum of the evidence's bits.
    bits: float
    prior_bits: float
    band: Band
    evidence: tuple[Evidence, ...]


def rank(
    probe: Probe,
    candidates: Iterable[Candidate],
    face_matches: Mapping[str, FaceMatch],
    setting: Setting,
    gallery_size: int,
) -> tuple[RankedLead, ...]:
    """The best candidates, strongest first; equal ones by record id.

    A record that has the resident's own photo stays, whatever it is worth: it is an alarm.

    An empty result means that nobody reached the policy's least bits, not that nobody was compared.
    """
    policy = setting.policy
    prior = policy.prior_bits(gallery_size)
    scored = [
        (
            fuse(
                compare(probe, each, face_matches.get(each.record_id), setting),
                prior_bits=prior,
                policy=policy,
            ),
            each.record_id,
        )
        for each in candidates
    ]
    copied = {record_id for record_id, match in face_matches.items() if match.is_copy}
    kept = [pair for pair in scored if pair[1] in copied or _is_worth_a_look(pair[0], policy)]
    kept.sort(key=lambda pair: (-pair[0].total_bits, pair[1]))
    return tuple(
        _lead(place, record_id, fused)
        for place, (fused, record_id) in enumerate(kept[: policy.leads], start=1)
    )


def _is_worth_a_look(fused: Fused, policy: MatchPolicy) -> bool:
    """Enough in total, or a very near face while everything else is unknown or agrees."""
    others = sum(each.bits for each in fused.evidence if each.signal is not Signal.FACE)
    face = sum(each.bits for each in fused.evidence if each.signal is Signal.FACE)
    is_near = face >= policy.face_worth_a_look and others >= 0
    return fused.total_bits >= policy.least_bits or is_near


def _lead(place: int, record_id: str, fused: Fused) -> RankedLead:
    return RankedLead(
        rank=place,
        record_id=record_id,
        probability=fused.probability,
        bits=fused.total_bits,
        prior_bits=fused.prior_bits,
        band=fused.band,
        evidence=fused.evidence,
    )
