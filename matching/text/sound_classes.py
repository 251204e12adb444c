"""Sound classes: characters that share a Mandarin syllable and their fate in the dialects.

Sound matrices have one row for each Mandarin syllable as a whole and, below those, one for each class:
what 江 is misheard as differs from what 姜 is misheard as. `data/sound_classes.tsv` is learned from
dialect readings by `scripts/learn_dialects.py`.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from matching.tables import tsv_rows
from matching.text.characters import simplified
from matching.text.syllables import syllable_numbers, syllable_table


@dataclass(frozen=True, slots=True, eq=False)
class SoundClasses:
    """K rows: the S syllables as wholes, then the classes."""

    #: The syllable of each row, shape (K,).
    syllables: NDArray[np.intp]
    #: Character -> the row of its class.
    rows: dict[str, int]

    def row(self, char: str, syllable: int) -> int:
        """The row of a character read so: its class where that is its usual reading."""
        row = self.rows.get(simplified(char), syllable)
        return row if self.syllables[row] == syllable else syllable


@cache
def sound_classes() -> SoundClasses:
    """The shipped classes."""
    table = tsv_rows("matching.text", "data/sound_classes.tsv")
    numbers, whole = syllable_numbers(), len(syllable_table())
    return SoundClasses(
        syllables=np.array([*range(whole), *(numbers[row[0]] for row in table)], np.intp),
        rows={char: whole + at for at, row in enumerate(table) for char in row[1]},
    )
