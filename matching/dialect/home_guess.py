"""What the way a person speaks says about home: never a filter, always a weight."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from matching.dialect.geography import people, shares_by_division
from matching.dialect.inference import MIXED_SHARE, LogOdds
from matching.text.gazetteer import CITY, COUNTY, Gazetteer, Path_

#: The most that words say against every place that they do not name (house figure).
MOST_BITS: Final = 6.0


@dataclass(frozen=True, slots=True, kw_only=True)
class CountyGuess:
    """A county, or a city without counties, and how likely home is there."""

    path: Path_
    probability: float


def guess_counties(speech: LogOdds, places: Gazetteer, limit: int) -> tuple[CountyGuess, ...]:
    """The likeliest counties, likeliest first.

    `speech`: ln(P(how somebody speaks | group) / P(... | mixed)), shape (G,), see `inference.log_likelihood`.
    Without evidence counties are as likely as they are large.
    """
    return posterior_counties((), speech, places, limit)


class SaidPlace(Protocol):
    """A division that the person's words may mean (`text.testimony.home.HomeCandidate`)."""

    @property
    def path(self) -> Path_:
        """Full official names from the province down."""

    @property
    def bits(self) -> float:
        """Log2 odds that it is home, by the words alone."""


def posterior_counties(
    said: Sequence[SaidPlace], speech: LogOdds, places: Gazetteer, limit: int
) -> tuple[CountyGuess, ...]:
    """Where home is by words and way of speaking together, likeliest first.

    The words give each division that they may mean its odds against "none of these", which is shared
    by all counties as they are large, and is never less than one in 2**`MOST_BITS`: however clearly
    a place was named, somebody may have lived there later. A division above county shares its odds
    among its counties in the same way. The way of speaking then weighs every county (Bayes).

    Args:
        said: divisions that may be home by the words; of divisions in one county the best counts.
        speech: shape (G,), see `inference.log_likelihood`.
        places: the gazetteer.
        limit: at most so many.
    """
    sizes = people(places) * _is_lowest(places)
    chances = sizes / sizes.sum()
    best_bits = _best_by_division(said, places)
    excess = max(0.0, max(best_bits.values(), default=0.0) - MOST_BITS)
    for at, bits in best_bits.items():
        inside = sizes * _is_within(at, places)
        chances = chances + 2.0 ** (bits - excess) * inside / inside.sum()
    chances = chances * _likelihood(speech, places)
    chances /= chances.sum()
    best = np.argsort(-chances, kind="stable")[: max(0, limit)]
    return tuple(
        CountyGuess(path=places.path(int(places.upper[at])), probability=float(chances[at]))
        for at in best.tolist()
    )


def _best_by_division(said: Sequence[SaidPlace], places: Gazetteer) -> dict[int, float]:
    """Row of `places.upper` -> the best bits of what was said of it or of somewhere in it."""
    known, best = _by_path(places), dict[int, float]()
    for each in said:
        prefixes = (each.path[:depth] for depth in range(len(each.path), 0, -1))
        at = next((known[path] for path in prefixes if path in known), None)
        if at is not None:
            best[at] = max(each.bits, best.get(at, each.bits))
    return best


def _is_within(at: int, places: Gazetteer) -> NDArray[np.bool_]:
    """Which of `places.upper` lie in one of them, itself included."""
    node = int(places.upper[at])
    within: NDArray[np.bool_] = (places.upper >= node) & (places.upper < places.ends[node])
    return within


def household_bits(speech: LogOdds, household: Path_, places: Gazetteer) -> float:
    """log2(P(how somebody speaks | from that place) / P(... | from anywhere)).

    `household` is a path of any depth; the deepest division of county level or above that the gazetteer
    knows counts. 0 without evidence, and for a place that is not known. Never below what a speaker who
    moved, or was moved, leaves possible: the shares of `geography` reach every county.
    """
    known = _by_path(places)
    prefixes = (household[:depth] for depth in range(len(household), 0, -1))
    at = next((known[path] for path in prefixes if path in known), None)
    if at is None or not speech.any():
        return 0.0
    likelihood = _likelihood(speech, places)
    anywhere = float((likelihood * people(places)).sum() / people(places).sum())
    return math.log2(float(likelihood[at]) / anywhere)


def _likelihood(speech: LogOdds, places: Gazetteer) -> NDArray[np.float64]:
    """P(speech | from each of `places.upper`), up to a factor; shape (U,)."""
    top = max(0.0, float(speech.max()))
    by_group = np.exp(speech - top)
    spoken = (shares_by_division(places) * by_group).sum(1)
    likelihood: NDArray[np.float64] = (1 - MIXED_SHARE) * spoken + MIXED_SHARE * math.exp(-top)
    return likelihood


@lru_cache(maxsize=2)
def _is_lowest(places: Gazetteer) -> NDArray[np.bool_]:
    """Counties, and cities that have none."""
    levels = places.levels[places.upper]
    above = places.parents[places.upper[levels == COUNTY]]
    childless = (levels == CITY) & ~np.isin(places.upper, above)
    lowest: NDArray[np.bool_] = (levels == COUNTY) | childless
    return lowest


@lru_cache(maxsize=2)
def _by_path(places: Gazetteer) -> dict[Path_, int]:
    return {places.path(node): at for at, node in enumerate(places.upper.tolist())}
