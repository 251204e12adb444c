"""What every comparator may look at beside the two people."""

from dataclasses import dataclass, field

from matching.frequencies import Frequencies
from matching.policy import MatchPolicy
from matching.text.places import HeardPlaces


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """The registry's frequencies, the policy, and what the resident's words may name."""

    policy: MatchPolicy
    frequencies: Frequencies = field(default_factory=Frequencies)
    heard: HeardPlaces = field(default_factory=HeardPlaces)
