"""How well an engine tells people apart: error rates from distances of pairs whose truth is known.

Words as in ISO/IEC 19795-1. Mated pairs show one person, others two. FNMR is the share of mated
pairs beyond a threshold, FMR the share of the others within it; a failure to enrol is a photo
without a face. FNIR at rank r: the share of searches in a gallery of N people whose mate is not
among the r nearest.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import lgamma
from typing import Final

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from matching.errors import BadFactError

Distances = NDArray[np.float64]
"""Sorted, finite."""

#: FMR at which FNMR is told.
FMR_GOALS: Final = (0.1, 0.01, 0.001, 0.0001)
RANKS: Final = (1, 10, 50)
#: Points of a DET curve at most, and the bounds of a 95 % interval.
_MOST_POINTS: Final = 200
_INTERVAL: Final = (2.5, 97.5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """A share, with the interval in which 95 % of resampled sets of pairs have it."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DetPoint:
    """Both errors at one threshold; a pair within it counts as one person."""

    threshold: float
    fmr: float
    fnmr: float


class PairDistances:
    """Distances of mated and of other pairs."""

    def __init__(self, mated: Sequence[float], others: Sequence[float]) -> None:
        """Raises BadFactError when there are none of either."""
        if not len(mated) or not len(others):
            raise BadFactError("error rates need pairs of one person and pairs of two")
        self.mated: Distances = np.sort(np.asarray(mated, dtype=np.float64))
        self.others: Distances = np.sort(np.asarray(others, dtype=np.float64))

    def fmr(self, threshold: float) -> float:
        """Share of the pairs of two people that are within the threshold."""
        return float(np.searchsorted(self.others, threshold, "right") / len(self.others))

    def fnmr(self, threshold: float) -> float:
        """Share of the pairs of one person that are beyond the threshold."""
        return 1 - float(np.searchsorted(self.mated, threshold, "right") / len(self.mated))

    def threshold(self, fmr: float) -> float:
        """The widest threshold, among the distances seen, with at most this FMR; 0 when none has."""
        allowed = int(fmr * len(self.others) + 1e-9)
        seen = np.concatenate([self.mated, self.others])
        limit = self.others[allowed] if allowed < len(self.others) else np.inf
        within = seen[seen < limit]
        return float(within.max()) if len(within) else 0.0

    def det(self) -> tuple[DetPoint, ...]:
        """The trade-off of both errors, by rising threshold."""
        seen = np.unique(np.concatenate([self.mated, self.others]))
        places = np.unique(np.linspace(0, len(seen) - 1, _MOST_POINTS).round().astype(int))
        return tuple(
            DetPoint(threshold=at, fmr=self.fmr(at), fnmr=self.fnmr(at))
            for at in seen[places].tolist()
        )

    def fnir(self, gallery_size: int, rank: int, *, is_cautious: bool = False) -> float:
        """Expected share of searches whose mate is not among the `rank` nearest.

        Strangers are taken to be as independent as drawn pairs: of the others in the gallery, a
        binomial number is nearer than the mate. A gallery larger than the number of pairs reaches
        beyond what they show; the cautious figure counts one unseen stranger nearer to every mate.
        """
        nearer = np.searchsorted(self.others, self.mated, "left") + is_cautious
        share = nearer / (len(self.others) + is_cautious)
        return float(np.mean(1 - _at_most(rank - 1, gallery_size - 1, share)))

    def resampled(self, random: Generator) -> "PairDistances":
        """As many pairs of each kind, drawn with replacement."""
        return PairDistances(
            random.choice(self.mated, len(self.mated)).tolist(),
            random.choice(self.others, len(self.others)).tolist(),
        )


def rate(
    pairs: PairDistances,
    of: Callable[[PairDistances], float],
    *,
    samples: int,
    random: Generator,
) -> Rate:
    """A share of these pairs, with its bootstrap interval (Efron's percentile method).

    Pairs are resampled one by one: where one photo is in many pairs, the interval is too narrow.
    """
    drawn = [of(pairs.resampled(random)) for _ in range(samples)]
    low, high = np.percentile(drawn, _INTERVAL)
    return Rate(value=of(pairs), low=float(low), high=float(high))


def _at_most(count: int, trials: int, share: Distances) -> Distances:
    """Chance of at most `count` successes of a binomial draw, for every share in 0..1."""
    is_sure, is_never = share >= 1, share <= 0
    p = np.where(is_sure | is_never, 0.5, share)
    total = np.zeros_like(p)
    for k in range(min(count, trials) + 1):
        ways = lgamma(trials + 1) - lgamma(k + 1) - lgamma(trials - k + 1)
        total += np.exp(ways + k * np.log(p) + (trials - k) * np.log1p(-p))
    total = np.where(is_sure, float(count >= trials), np.minimum(total, 1.0))
    return np.where(is_never, 1.0, total)
