"""What the way a person speaks says about home: never a filter, always a weight."""

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from matching.dialect.geography import people, shares_by_division
from matching.dialect.inference import MIXED_SHARE, LogOdds
from matching.text.gazetteer import CITY, COUNTY, Gazetteer, Path_


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
    chances = people(places) * _likelihood(speech, places) * _is_lowest(places)
    chances /= chances.sum()
    best = np.argsort(-chances, kind="stable")[: max(0, limit)]
    return tuple(
        CountyGuess(path=places.path(int(places.upper[at])), probability=float(chances[at]))
        for at in best.tolist()
    )


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
