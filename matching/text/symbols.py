"""Symbols: the characters of a set of names, each with the ways it may be read there.

铅 in 铅山 may be read yan as well: it is another symbol than 铅 elsewhere. Names are arrays of
symbol numbers, so that one written character is compared with every symbol once, and a whole
name costs as many look-ups as it has characters.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.text.heard_name import HeardSyllable
from matching.text.sound_costs import SoundCosts
from matching.text.syllables import UNREAD
from matching.text.written_form import WrittenForms, written_weights

Costs = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Symbols:
    """N symbols. Readings are flat, `starts` says where each symbol's begin (at least one each)."""

    characters: tuple[str, ...]
    readings: NDArray[np.intp]
    starts: NDArray[np.intp]
    forms: WrittenForms

    @classmethod
    def of(cls, rows: Sequence[tuple[str, tuple[int, ...]]]) -> "Symbols":
        """Each row is a character and its syllable numbers."""
        found = [readings or (UNREAD,) for _, readings in rows]
        lengths = np.array([len(each) for each in found], np.intp)
        characters = tuple(char for char, _ in rows)
        return cls(
            characters=characters,
            readings=np.array([each for one in found for each in one], np.intp),
            starts=np.cumsum(lengths) - lengths,
            forms=WrittenForms.of(list(characters)),
        )

    def costs(self, heard: HeardSyllable, sound: SoundCosts) -> Costs:
        """-ln P(heard, written so | meant) of one position for every symbol, float32, shape (N,)."""
        columns = sound.costs[:, list(heard.readings)]
        by_syllable = columns.min(1)
        best = np.minimum.reduceat(by_syllable[self.readings], self.starts)
        if not heard.char:
            return best
        chances = np.exp(-best) * np.float32(written_weights().sound)
        self.forms.add_chances(chances, heard.char)
        costs: Costs = -np.log(chances)
        return costs

    def reading_meant(
        self, symbol: int, heard: HeardSyllable, sound: SoundCosts
    ) -> tuple[int, int]:
        """The pair (meant, heard) of syllable numbers that explains a position best."""
        meant = self.readings_of(symbol)
        table = sound.costs[np.ix_(meant, np.array(heard.readings))]
        row, column = np.unravel_index(int(table.argmin()), table.shape)
        return int(meant[row]), heard.readings[int(column)]

    def readings_of(self, symbol: int) -> NDArray[np.intp]:
        """The syllable numbers of one symbol."""
        end = self.starts[symbol + 1] if symbol + 1 < len(self.starts) else len(self.readings)
        return self.readings[self.starts[symbol] : end]
