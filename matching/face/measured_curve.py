"""Turns distances of known pairs into a calibration: bits at some distances, never rising.

The pairs of both kinds are put into bins of equal numbers; a bin's bits are log2 of how many times
larger a share of the mated pairs falls into it. Bins that contradict the order are pooled
(pool-adjacent-violators; Zadrozny and Elkan, KDD 2002).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log2
from typing import Final

import numpy as np

from matching.errors import BadFactError
from matching.face.evaluation import PairDistances

#: Fewer pairs than this say nothing about their tails.
LEAST_MATED: Final = 50
LEAST_OTHERS: Final = 200
#: Pairs of both kinds in a bin.
_BIN: Final = 40
#: Half a pair more of either kind in every bin, so that an empty one is not taken for certainty.
_HALF: Final = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class _Bin:
    """Pairs of neighbouring distances."""

    distance: float
    mated: float
    others: float
    bins: int = 1

    def joined(self, other: "_Bin") -> "_Bin":
        both = self.bins + other.bins
        return _Bin(
            distance=(self.distance * self.bins + other.distance * other.bins) / both,
            mated=self.mated + other.mated,
            others=self.others + other.others,
            bins=both,
        )


def measured_points(pairs: PairDistances) -> tuple[tuple[float, float], ...]:
    """(distance, bits), by rising distance and falling bits.

    Raises:
        BadFactError: there are too few pairs of either kind.
    """
    if len(pairs.mated) < LEAST_MATED or len(pairs.others) < LEAST_OTHERS:
        raise BadFactError("too few pairs to measure what a distance is worth")
    bins: list[_Bin] = []
    for each in _bins(pairs):
        bins.append(each)
        while len(bins) > 1 and _ratio(bins[-2]) <= _ratio(bins[-1]):
            later = bins.pop()
            bins[-1] = bins[-1].joined(later)
    count = sum(each.bins for each in bins)
    prior = (len(pairs.others) + _HALF * count) / (len(pairs.mated) + _HALF * count)
    return tuple((round(b.distance, 4), round(log2(_ratio(b) * prior), 2)) for b in bins)


def _ratio(each: _Bin) -> float:
    return each.mated / each.others


def _bins(pairs: PairDistances) -> list[_Bin]:
    everything = np.sort(np.concatenate([pairs.mated, pairs.others]))
    count = max(2, len(everything) // _BIN)
    edges = everything[np.linspace(0, len(everything), count + 1).astype(int)[1:-1]]
    edges = np.unique(edges)
    mated = np.bincount(np.searchsorted(edges, pairs.mated, "right"), minlength=len(edges) + 1)
    others = np.bincount(np.searchsorted(edges, pairs.others, "right"), minlength=len(edges) + 1)
    places = np.searchsorted(edges, everything, "right")
    return [
        _Bin(
            distance=float(everything[places == at].mean()),
            mated=float(mated[at]) + _HALF,
            others=float(others[at]) + _HALF,
        )
        for at in range(len(edges) + 1)
        if mated[at] + others[at]
    ]


def calibration_table(
    engine: str, version: str, pairs: PairDistances, provenance: Sequence[str]
) -> str:
    """A section of `calibration.toml` for these pairs, to be read and put in place by a person.

    Raises:
        BadFactError: there are too few pairs of either kind.
    """
    points = measured_points(pairs)
    rows = ",\n".join(f"  [{distance}, {bits}]" for distance, bits in points)
    most = max(bits for _, bits in points)
    least = min(bits for _, bits in points)
    return "".join(
        [
            *(f"# {line}\n" for line in provenance),
            f"# {len(pairs.mated)} pairs of one person, {len(pairs.others)} of two; {version}.\n",
            f'[engines."{engine}"]\n',
            "assumed = false\n",
            f"points = [\n{rows},\n]\n",
            "# Nothing beyond what the measured bins show.\n",
            f"most_bits = {max(most, 0.1)}\nleast_bits = {min(least, -0.1)}\n",
            'warnings = ["亲属、双胞胎也可能距离很近，不能单凭人脸认定身份。"]\n',
        ]
    )
