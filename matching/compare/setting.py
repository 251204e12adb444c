"""What every comparator may look at beside the person: the registry, the policy, the ears."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.compare.likelihood import Anybody
from matching.compare.notes import Notes
from matching.policy import MatchPolicy, Outcomes
from matching.registry.registry import Registry
from matching.text.place_resolver import PlaceResolver
from matching.text.sound_costs import SoundCosts


@dataclass(frozen=True, kw_only=True)
class Setting:
    """One search: against whom, by which numbers, and through which mishearings."""

    registry: Registry
    policy: MatchPolicy
    sound: SoundCosts
    notes: Notes = field(default_factory=Notes)
    #: The registry of which this one is a part; None when it is the whole.
    whole: Registry | None = None

    @property
    def everyone(self) -> Registry:
        """The whole registry, whichever part of it is compared."""
        return self.whole or self.registry

    def anybody(self, said: str, chances: NDArray[np.floating[Any]], population: float) -> Anybody:
        """How likely the words are whoever of everyone is meant."""
        return self.notes.anybody(said, chances, population, self.policy.background)

    def worth(
        self, compared: str, outcomes: NDArray[np.integer[Any]], table: Outcomes
    ) -> tuple[float, ...]:
        """The bits of each outcome, by how common it is among everyone."""
        return self.notes.worth(compared, outcomes, table, self.policy.background)

    def counts(self, compared: str, here: Sequence[int]) -> tuple[int, ...]:
        """How many of everyone there are of each kind, when `here` there are so many."""
        return self.notes.counts(compared, here)

    @cached_property
    def resolver(self) -> PlaceResolver:
        """Places as this person may have named them."""
        return _resolver(self.sound)


@lru_cache(maxsize=16)
def _resolver(sound: SoundCosts) -> PlaceResolver:
    return PlaceResolver(sound=sound)
