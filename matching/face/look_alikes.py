"""Candidates who look like each other more than like the resident: twins, siblings, or one person twice."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, kw_only=True)
class NearPerson:
    """A candidate whose face speaks for them."""

    #: Distance of the resident's nearest photo.
    distance: float
    #: One row per photo of the candidate, shape (photos, dim).
    vectors: NDArray[np.floating]


def look_alikes(people: Mapping[str, NearPerson]) -> frozenset[str]:
    """Those of whom another is nearer than the resident is to either of the two.

    The face then cannot say which of them it is, however small the distance.
    """
    return frozenset(
        owner
        for one, other in combinations(people, 2)
        if _gap(people[one], people[other]) < min(people[one].distance, people[other].distance)
        for owner in (one, other)
    )


def _gap(one: NearPerson, other: NearPerson) -> float:
    """Distance of the nearest pair of photos."""
    apart = one.vectors[:, None].astype(np.float64) - other.vectors[None].astype(np.float64)
    return float(np.sqrt((apart * apart).sum(axis=2)).min())
