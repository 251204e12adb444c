"""What a whole registry says of one person's words, noted so that a part can be scored by itself.

A likelihood ratio is held against the mean of the registry, and a probability against all other
records. Both are noted while everybody is scored. A few changed records are then scored with the
noted sums, their own added: as everybody would have been, but for what the registry has changed.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from matching.compare.comparison import SILENT
from matching.compare.likelihood import Anybody
from matching.policy import Outcomes
from matching.text.heard_places import HeardPlace

#: A registry of which more has changed says other things: everybody is scored again.
MOST_ADDED: Final = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """One person's notes: plain values, to be kept."""

    #: Records that were scored, and how many of them one by one afterwards.
    size: int = 0
    added: int = 0
    #: Odds of all records against nobody, added up; nobody's own are 1.
    odds: float = 1.0
    #: The likeliest records -> prior and evidence of each, calibrated.
    likeliest: Mapping[str, float] = field(default_factory=dict)
    #: What was said -> the sum of its chances, and over how many values.
    chances: Mapping[str, tuple[float, int]] = field(default_factory=dict)
    #: What was compared -> how many records had each outcome.
    outcomes: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    #: What was said of home -> the divisions that it may mean.
    places: Mapping[str, tuple[HeardPlace, ...]] = field(default_factory=dict)

    def is_good_for(self, further: int) -> bool:
        """Whether so many records may be scored by it: the registry has not changed too much since."""
        return self.added + further <= MOST_ADDED * self.size


@dataclass(frozen=True, slots=True)
class Notes:
    """Taken while a registry is scored; with the notes of before, they go on from there."""

    before: Noted = field(default_factory=Noted)
    #: The records were counted before, as they were then: they are not counted again.
    is_counted: bool = False
    _chances: dict[str, tuple[float, int]] = field(default_factory=dict)
    _outcomes: dict[str, tuple[int, ...]] = field(default_factory=dict)
    _places: dict[str, tuple[HeardPlace, ...]] = field(default_factory=dict)

    def anybody(
        self, said: str, chances: NDArray[np.floating[Any]], population: float, weight: float
    ) -> Anybody:
        """How likely the words are whoever is meant; `chances` as in `Anybody.of`."""
        total, count = self.before.chances.get(said, (0.0, 0))
        here = Anybody.of(chances, population, weight)
        if not self.is_counted:
            total, count = total + here.total, count + here.count
        self._chances[said] = (total, count)
        return Anybody(total=total, count=count, population=population, weight=weight)

    def worth(
        self, compared: str, outcomes: NDArray[np.integer[Any]], table: Outcomes, background: float
    ) -> tuple[float, ...]:
        """The bits of each outcome, by how common it is among the records that can be compared."""
        here = np.bincount(outcomes[outcomes != SILENT], minlength=len(table.m))
        return table.bits(self.counts(compared, here.tolist()), background)

    def counts(self, compared: str, here: Sequence[int]) -> tuple[int, ...]:
        """How many records of everyone there are of each kind, when `here` there are so many."""
        known = self.before.outcomes.get(compared, (0,) * len(here))
        both = tuple(one + other for one, other in zip(known, here, strict=True))
        self._outcomes[compared] = known if self.is_counted else both
        return self._outcomes[compared]

    def places(
        self, phrase: str, hear: Callable[[], Sequence[HeardPlace]]
    ) -> tuple[HeardPlace, ...]:
        """The divisions that a phrase may mean; `hear` finds out, which takes the longest of all."""
        found = self.before.places.get(phrase)
        self._places[phrase] = tuple(hear()) if found is None else found
        return self._places[phrase]

    def noted(self, records: int, odds: float, likeliest: Mapping[str, float]) -> Noted:
        """What was noted until now, of so many records, the sum of all odds and the best records."""
        was_empty = self.before.size == 0
        return Noted(
            size=records if was_empty else self.before.size,
            added=0 if was_empty else self.before.added + records,
            odds=self.before.odds if self.is_counted else odds,
            likeliest=likeliest,
            chances={**self.before.chances, **self._chances},
            outcomes={**self.before.outcomes, **self._outcomes},
            places={**self.before.places, **self._places},
        )
