"""Distinct surnames or given names, scored as a whole against what was heard.

A name costs what its surname and its given name cost, and both are shared by many people: a
registry of millions has far fewer parts than names.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from matching.text.heard_name import HeardName
from matching.text.name_costs import name_symbols
from matching.text.names import PersonName
from matching.text.sound_columns import HeardCosts, SoundColumns
from matching.text.sound_costs import SoundCosts
from matching.text.speakers import Speakers
from matching.text.spoken_costs import position_by_speaker
from matching.text.symbols import Costs, Symbols


@dataclass(frozen=True, slots=True, eq=False)
class NameParts:
    """N distinct surnames, or given names, ready to be scored; part 0 is the empty one."""

    symbols: Symbols
    columns: SoundColumns
    shares: NDArray[np.float32]

    @classmethod
    def surnames(cls, texts: Iterable[str]) -> "NameParts":
        """Distinct surnames, the first of them ""."""
        return cls._of([name_symbols(PersonName(surname=text, given="")) for text in texts])

    @classmethod
    def given(cls, texts: Iterable[str]) -> "NameParts":
        """Distinct given names, the first of them ""."""
        return cls._of([name_symbols(PersonName(surname="", given=text)) for text in texts])

    @classmethod
    def _of(cls, spelled: Sequence[Sequence[tuple[str, tuple[int, ...]]]]) -> "NameParts":
        numbers: dict[tuple[str, tuple[int, ...]], int] = {}
        flat = [numbers.setdefault(each, len(numbers)) for one in spelled for each in one]
        rows = list(numbers) or [("\0", ())]
        counts = np.bincount(np.array(flat, np.intp), minlength=len(rows)) + 1
        return cls(
            symbols=Symbols.of(rows),
            columns=SoundColumns.of(
                np.array([len(each) for each in spelled]), np.array(flat, np.intp)
            ),
            shares=(counts / counts.sum()).astype(np.float32),
        )

    def part(self, numbers: NDArray[np.integer]) -> tuple["NameParts", NDArray[np.int32]]:
        """The parts with these numbers and the empty one, weighed as among all, and their new numbers."""
        kept, at = np.unique(np.append(numbers, 0), return_inverse=True)
        return replace(self, columns=self.columns.kept(kept)), at[:-1].astype(np.int32)

    def costs(self, heard: HeardName, sound: SoundCosts, unsaid: float) -> Costs:
        """The cost of each part; `unsaid` where either side has none."""
        if not heard:
            costs = np.full(self.columns.size, unsaid, np.float32)
            costs[0] = 0.0
            return costs
        positions = [self.symbols.costs(each, sound) for each in heard]
        found = HeardCosts.of(positions, self.shares, sound.dropped, sound.inserted)
        costs = self.columns.costs(found)
        costs[0] = unsaid + found.chance
        return costs

    def costs_by_speaker(
        self, heard: HeardName, sound: SoundCosts, speakers: Speakers, unsaid: float
    ) -> Costs:
        """The cost of each part by each group of speakers, shape (G, N); lengths cost what they cost in `costs`."""
        mean = self.costs(heard, sound, unsaid)
        if not heard:
            return np.tile(mean, (len(speakers.weights), 1))
        symbols = np.arange(len(self.symbols.starts))
        by_speaker = [position_by_speaker(self.symbols, symbols, each, speakers) for each in heard]
        costs = np.stack(
            [
                self.columns.costs(HeardCosts.of(each, self.shares, sound.dropped, sound.inserted))
                for each in zip(*by_speaker, strict=True)
            ]
        )
        costs[:, 0] = mean[0]
        return costs
