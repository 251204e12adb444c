"""Likelihood ratios by a chance model: these words if this record is meant, against any record."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Anybody:
    """How likely the words are whoever is meant: the registry's mean, with the country's mixed in."""

    #: The sum of the chances of `count` values of the registry.
    total: float
    count: int
    #: The chance over the country's population, which counts like `weight` further values.
    population: float
    weight: float

    @classmethod
    def of(cls, chances: NDArray[np.floating[Any]], population: float, weight: float) -> "Anybody":
        """`chances`: of the words, by value."""
        total = float(chances.sum(dtype=np.float64))
        return cls(total=total, count=len(chances), population=population, weight=weight)

    def ratio(self, chance: float) -> float:
        """The likelihood ratio of one value against everybody else."""
        others = max(self.total - chance, 0.0) + self._rest
        return chance / (others / (self.count - 1 + self.weight))

    def ratios(self, chances: NDArray[np.floating[Any]]) -> Floats:
        """The same for many; a value is left out of the mean that it is held against."""
        others = np.maximum(self.total - chances.astype(np.float64), 0.0) + self._rest
        found: Floats = chances / (others / (self.count - 1 + self.weight))
        return found

    @property
    def _rest(self) -> float:
        return self.population * self.weight
