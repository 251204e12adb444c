"""Adding up: prior and evidence to a total, and totals of all records to probabilities.

Fellegi-Sunter: a record's total is prior log-odds plus the sum of the log-likelihood ratios, so
anyone can check it by hand. Signals that say the same thing twice are capped together, in the open:
the evidence of a lead carries the bits that were counted.

At most one record can be the right one. So each record's odds are held against "nobody" *and* every
other record: two records that fit equally well share the chance, and neither shows 0.9. Records of one person
(`same_person`) are no rivals: their odds are added up, and each shows the chance that it is this person.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from math import exp2, fsum, log2

import numpy as np
from numpy.typing import NDArray

from matching.evidence import Evidence, Signal, Stance
from matching.policy import Cap, MatchPolicy

Floats = NDArray[np.float64]

#: Beyond this many bits nothing changes any more, and powers of two still have room.
_MOST_BITS = 300.0


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
    #: prior_bits + the bits of the evidence.
    total_bits: float
    #: What calibration takes off all evidence together, or adds to it.
    calibration_bits: float
    #: What further records of the same person add; never below 0.
    same_person_bits: float = 0.0
    #: What the records of others take off; never above 0.
    rival_bits: float

    @property
    def alone_bits(self) -> float:
        """Log2 odds against nobody, as if there were no other record."""
        return self.total_bits + self.calibration_bits

    @property
    def final_bits(self) -> float:
        """Log2 odds that the person of this record is the one."""
        return self.alone_bits + self.same_person_bits + self.rival_bits

    @property
    def probability(self) -> float:
        """The chance that the person of this record is the one."""
        return probability(self.final_bits)


def fuse(evidence: Iterable[Evidence], *, prior_bits: float, policy: MatchPolicy) -> Fused:
    """Add up a pair's evidence, as if there were no other record. Its order does not matter."""
    counted = tuple(evidence)
    for cap in policy.caps:
        counted = _capped(counted, cap)
    bits = fsum(each.bits for each in counted)
    return Fused(
        prior_bits=prior_bits,
        evidence=counted,
        total_bits=prior_bits + bits,
        calibration_bits=(policy.calibration - 1) * bits,
        rival_bits=0.0,
    )


def total_bits(parts: Mapping[Signal, Floats], size: int, policy: MatchPolicy) -> Floats:
    """The evidence of every record, capped and calibrated; shape (N,).

    `parts`: the bits of each signal that is not silent throughout.
    """
    total = np.zeros(size)
    for bits in parts.values():
        total += bits
    for cap in policy.caps:
        members = [bits for signal, bits in parts.items() if signal in cap.signals]
        if members:
            together = np.zeros(size)
            for bits in members:
                together += np.maximum(bits, 0.0)
            strongest = np.maximum(np.max(members, axis=0), 0.0)
            total -= together - _allowed(together, strongest, cap)
    return total * policy.calibration


@dataclass(frozen=True, slots=True, kw_only=True)
class Odds:
    """Every record's odds against nobody, added up; nobody's own are 1."""

    total: float

    @classmethod
    def of(cls, bits: Floats, others: float = 1.0, *, is_counted: bool = False) -> "Odds":
        """All odds together.

        Args:
            bits: prior and evidence of every record.
            others: the odds of nobody and of the records that are not among them.
            is_counted: these records' odds of before are among the others'.
        """
        odds = float(np.exp2(np.minimum(bits, _MOST_BITS)).sum())
        return cls(total=max(others, 1.0 + odds) if is_counted else others + odds)

    @property
    def nobody(self) -> float:
        """The chance that no record is the right one."""
        return 1 / self.total

    def rival_bits(self, bits: float) -> float:
        """What all others take off a record with so many bits."""
        others = max(self.total - exp2(min(bits, _MOST_BITS)), 1.0)
        return -log2(others)


def with_rivals(fused: Fused, odds: Odds, same_person: Collection[float] = ()) -> Fused:
    """The same pair among all others.

    `same_person`: the bits of further records of the same person, as in `Fused.alone_bits`.
    """
    added = [min(bits, _MOST_BITS) for bits in (fused.alone_bits, *same_person)]
    together = log2(fsum(exp2(bits) for bits in added)) if same_person else fused.alone_bits
    return replace(
        fused,
        same_person_bits=max(together - fused.alone_bits, 0.0),
        rival_bits=odds.rival_bits(together),
    )


def probability(bits: float) -> float:
    """The probability of log2 odds, without overflow at either end."""
    if bits >= 0:
        return 1 / (1 + exp2(-bits))
    return exp2(bits) / (1 + exp2(bits))


def _allowed(together: Floats | float, strongest: Floats | float, cap: Cap) -> Floats:
    """What a group may say: the strongest in full, the others a share, up to `most`."""
    found: Floats = np.minimum(strongest + cap.further * (together - strongest), cap.most)
    return found


def _capped(evidence: tuple[Evidence, ...], cap: Cap) -> tuple[Evidence, ...]:
    """Shrink the supporting members of a group in proportion when together they say too much."""
    members = [each for each in evidence if each.signal in cap.signals and each.bits > 0]
    total = fsum(each.bits for each in members)
    if not members:
        return evidence
    share = float(_allowed(total, max(each.bits for each in members), cap)) / total
    return tuple(
        replace(each, bits=each.bits * share) if each in members else each for each in evidence
    )


def band(fused: Fused, policy: MatchPolicy) -> Band:
    """Strong needs a second kind of evidence: a face alone never sends anyone to the police."""
    bands = policy.bands
    others = fsum(
        each.bits
        for each in fused.evidence
        if each.signal is not Signal.FACE and each.stance is not Stance.SILENT
    )
    if fused.probability >= bands.strong and others >= bands.strong_without_face:
        return Band.STRONG
    return Band.POSSIBLE if fused.probability >= bands.possible else Band.WEAK
