"""What every comparator may look at beside the person: the registry, the policy, the ears."""

from dataclasses import dataclass
from functools import cached_property, lru_cache

from matching.policy import MatchPolicy
from matching.registry.registry import Registry
from matching.text.place_resolver import PlaceResolver
from matching.text.sound_costs import SoundCosts


@dataclass(frozen=True, kw_only=True)
class Setting:
    """One search: against whom, by which numbers, and through which mishearings."""

    registry: Registry
    policy: MatchPolicy
    sound: SoundCosts

    @cached_property
    def resolver(self) -> PlaceResolver:
        """Places as this person may have named them."""
        return _resolver(self.sound)


@lru_cache(maxsize=16)
def _resolver(sound: SoundCosts) -> PlaceResolver:
    return PlaceResolver(sound=sound)
