"""Adding up: prior and evidence to a total, a probability and a band.

Fellegi-Sunter: the total is prior log-odds plus the sum of the log-likelihood ratios, so anyone can
check it by hand. Signals that say the same thing twice are capped together, in the open: the
evidence of a lead carries the bits that were counted.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from math import exp2, fsum

from matching.evidence import Evidence, Signal, Stance
from matching.policy import Cap, MatchPolicy


class Band(StrEnum):
    """How strong a lead is, in the words of the pages."""

    STRONG = "strong"  # 高度疑似
    POSSIBLE = "possible"  # 疑似
    WEAK = "weak"  # 待核


@dataclass(frozen=True, slots=True, kw_only=True)
class Fused:
    """A pair's total and how it came about."""

    prior_bits: float
    #: In the order given, each with the bits that count after caps.
    evidence: tuple[Evidence, ...]
    total_bits: float
    probability: float
    band: Band


def fuse(evidence: Iterable[Evidence], *, prior_bits: float, policy: MatchPolicy) -> Fused:
    """Add up a pair's evidence. The order of the evidence does not matter."""
    counted = tuple(evidence)
    for cap in policy.caps:
        counted = _capped(counted, cap)
    total = prior_bits + fsum(each.bits for each in counted)
    chance = probability(total)
    return Fused(
        prior_bits=prior_bits,
        evidence=counted,
        total_bits=total,
        probability=chance,
        band=_band(chance, counted, policy),
    )


def probability(bits: float) -> float:
    """The probability of log2 odds, without overflow at either end."""
    if bits >= 0:
        return 1 / (1 + exp2(-bits))
    return exp2(bits) / (1 + exp2(bits))


def _capped(evidence: tuple[Evidence, ...], cap: Cap) -> tuple[Evidence, ...]:
    """Shrink the supporting members of a group in proportion when together they say too much."""
    members = [each for each in evidence if each.signal in cap.signals and each.bits > 0]
    total = fsum(each.bits for each in members)
    if total <= cap.most:
        return evidence
    share = cap.most / total
    return tuple(
        replace(each, bits=each.bits * share) if each in members else each for each in evidence
    )


def _band(chance: float, evidence: tuple[Evidence, ...], policy: MatchPolicy) -> Band:
    """Strong needs a second kind of evidence: a face alone never sends anyone to the police."""
    others = fsum(
        each.bits
        for each in evidence
        if each.signal is not Signal.FACE and each.stance is not Stance.SILENT
    )
    if chance >= policy.strong and others >= policy.strong_without_face:
        return Band.STRONG
    return Band.POSSIBLE if chance >= policy.possible else Band.WEAK
