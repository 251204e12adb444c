"""Symbols: the characters of a set of names, each with the ways it may be read there.

铅 in 铅山 may be read yan as well: it is another symbol than 铅 elsewhere. Names are arrays of
symbol numbers, so that one written character is compared with every symbol once, and a whole
name costs as many look-ups as it has characters.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from matching.text.heard_name import HeardSyllable
from matching.text.sound_classes import sound_classes
from matching.text.sound_costs import SoundCosts
from matching.text.syllables import UNREAD
from matching.text.written_form import WrittenForms, written_weights

Costs = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Symbols:
    """N symbols. Readings are flat, `starts` says where each symbol's begin (at least one each)."""

    characters: tuple[str, ...]
    readings: NDArray[np.intp]
    #: For each reading the row of sound matrices that the character has with it.
    sounds: NDArray[np.intp]
    starts: NDArray[np.intp]
    forms: WrittenForms

    @classmethod
    def of(cls, rows: Sequence[tuple[str, tuple[int, ...]]]) -> "Symbols":
        """Each row is a character and its syllable numbers."""
        found = [readings or (UNREAD,) for _, readings in rows]
        row_of = sound_classes().row
        sounds = [
            row_of(row[0], each) for row, one in zip(rows, found, strict=True) for each in one
        ]
        lengths = np.array([len(each) for each in found], np.intp)
        characters = tuple(char for char, _ in rows)
        return cls(
            characters=characters,
            readings=np.array([each for one in found for each in one], np.intp),
            sounds=np.array(sounds, np.intp),
            starts=np.cumsum(lengths) - lengths,
            forms=WrittenForms.of(list(characters)),
        )

    def costs(self, heard: HeardSyllable, sound: SoundCosts) -> Costs:
        """-ln P(heard, written so | meant) of one position for every symbol, float32, shape (N,)."""
        columns = sound.costs[:, list(heard.readings)]
        by_sound = columns.min(1)
        best = np.minimum.reduceat(by_sound[self.sounds], self.starts)
        if not heard.char:
            return best
        chances = np.exp(-best) * np.float32(written_weights().sound) + self.written(heard)
        costs: Costs = -np.log(chances)
        return costs

    def written(self, heard: HeardSyllable) -> Costs:
        """What the form of a written character, and Cantonese, add to each symbol's chance, shape (N,)."""
        chances = np.zeros(len(self.starts), np.float32)
        self.forms.add_chances(chances, heard.char)
        return chances

    def sounds_of(self, symbols: NDArray[np.intp]) -> NDArray[np.intp]:
        """The rows of sound matrices of some symbols, shape (len(symbols), most readings), filled up."""
        return self._padded_sounds[symbols]

    @cached_property
    def _padded_sounds(self) -> NDArray[np.intp]:
        counts = np.diff(np.append(self.starts, len(self.sounds)))
        offsets = np.minimum(np.arange(int(counts.max())), counts[:, None] - 1)
        padded: NDArray[np.intp] = self.sounds[self.starts[:, None] + offsets]
        return padded

    def reading_meant(
        self, symbol: int, heard: HeardSyllable, sound: SoundCosts
    ) -> tuple[int, int]:
        """The pair (meant, heard) of syllable numbers that explains a position best."""
        own = self._own(symbol)
        table = sound.costs[np.ix_(self.sounds[own], np.array(heard.readings))]
        row, column = np.unravel_index(int(table.argmin()), table.shape)
        return int(self.readings[own][row]), heard.readings[int(column)]

    def readings_of(self, symbol: int) -> NDArray[np.intp]:
        """The syllable numbers of one symbol."""
        return self.readings[self._own(symbol)]

    def _own(self, symbol: int) -> slice:
        """Where the readings of one symbol stand."""
        end = self.starts[symbol + 1] if symbol + 1 < len(self.starts) else len(self.readings)
        return slice(int(self.starts[symbol]), int(end))
