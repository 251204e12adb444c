"""The program without term frequencies: what agrees says the same, however common it is."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import exp, fsum, log
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.compare.likelihood import Anybody
from matching.compare.setting import Setting
from matching.model import Probe
from matching.policy import Outcomes
from matching.ranking import Search
from matching.text.sound_costs import SoundCosts


@dataclass(frozen=True, kw_only=True)
class EvenSetting(Setting):
    """Words of one kind (names, relatives, homes) are all as common as each other."""

    means: Mapping[str, float]

    def anybody(self, said: str, _chances: NDArray[np.floating[Any]], population: float) -> Anybody:
        """The same for every word of a kind."""
        mean = self.means.get(_kind(said), population)
        return Anybody(total=0.0, count=1, population=mean, weight=1.0)

    def worth(
        self, _compared: str, _outcomes: NDArray[np.integer[Any]], table: Outcomes
    ) -> tuple[float, ...]:
        """The table's own bits."""
        return table.bits()

    def counts(self, _compared: str, here: Sequence[int]) -> tuple[int, ...]:
        """Nobody is counted."""
        return (0,) * len(here)


@dataclass(frozen=True, slots=True)
class EvenSearch(Search):
    """Asked as the program's own search."""

    means: Mapping[str, float] = field(default_factory=dict)

    @classmethod
    def of(cls, search: Search, probes: Iterable[Probe]) -> "EvenSearch":
        """How common words of each kind are: the geometric mean of what these people say."""
        logs = defaultdict(list)
        for probe in probes:
            for said, (total, count) in search.leads(probe).noted.chances.items():
                if total > 0:
                    logs[_kind(said)].append(log(total / count))
        means = {kind: exp(fsum(each) / len(each)) for kind, each in logs.items()}
        return cls(search.registry, search.policy, search.sound, search.writer, means)

    def setting(self, sound: SoundCosts) -> Setting:
        """As the program's, but even."""
        return EvenSetting(
            registry=self.registry, policy=self.policy, sound=sound, means=self.means
        )


def _kind(said: str) -> str:
    return said.split(maxsplit=1)[0]
