"""What the characters of one dialect point are taken for by ears that know Mandarin only."""

from collections.abc import Iterable
from functools import cache

import numpy as np
from numpy.typing import NDArray

from matching.text.pinyin import syllables
from matching.text.syllables import UNREAD, syllable_numbers, syllable_table
from scripts.dialects.homophones import common_characters

Chances = NDArray[np.float64]

#: GB 2312, both levels: B0 to F7. Rarer characters have readings at few points.
_ROWS = range(0xB0, 0xF8)


@cache
def learned_characters() -> tuple[str, ...]:
    """The characters whose fate is learned, in the order of their code points."""
    cells = (bytes((row, cell)) for row in _ROWS for cell in range(0xA1, 0xFF))
    known = {cell.decode("gb2312", errors="ignore") for cell in cells} - {""}
    return tuple(sorted(char for char in known if syllables(char)[0] in syllable_numbers()))


@cache
def mandarin() -> NDArray[np.intp]:
    """The toneless Mandarin syllable of each learned character."""
    numbers = syllable_numbers()
    return np.array([numbers[syllables(char)[0]] for char in learned_characters()], np.intp)


def taken_for(readings: Iterable[tuple[str, str]]) -> Chances:
    """P(heard syllable | character) at one point, shape (characters, S).

    `readings`: `character, segments` pairs. A character is taken for the common characters that sound
    like any of its readings there, each as likely as any other. Rows of characters without a reading,
    or that sound like no common character, are zero.
    """
    places = {char: place for place, char in enumerate(learned_characters())}
    pairs = sorted({(places[char], sound) for char, sound in readings if char in places})
    chars = np.array([char for char, _ in pairs], np.intp)
    _, sounds = np.unique(np.array([sound for _, sound in pairs], str), return_inverse=True)
    counts = _sums(chars, sounds, _sums(sounds, chars, _written()), size=len(places))
    chances: Chances = counts / np.maximum(counts.sum(1, keepdims=True), 1)
    return chances


def split(chances: Chances) -> tuple[Chances, Chances]:
    """P(heard | character, not heard as itself), zero where nothing else is heard, and P(heard as itself)."""
    rows = np.arange(len(chances))
    right = chances[rows, mandarin()]
    misheard = chances.copy()
    misheard[rows, mandarin()] = 0
    return misheard / np.maximum(misheard.sum(1, keepdims=True), 1e-9), right


@cache
def _written() -> Chances:
    """What a clerk may write: for each learned character its syllable if it is a common one."""
    is_common = np.array([char in common_characters() for char in learned_characters()])
    written = np.zeros((len(is_common), len(syllable_table())))
    written[np.flatnonzero(is_common), mandarin()[is_common]] = 1
    written[:, UNREAD] = 0
    return written


def _sums(
    rows: NDArray[np.intp], of: NDArray[np.intp], values: Chances, size: int | None = None
) -> Chances:
    """For each row number the sum of `values[of]` where it stands."""
    order = np.argsort(rows, kind="stable")
    found, starts = np.unique(rows[order], return_index=True)
    sums = np.zeros((size or int(rows.max(initial=-1)) + 1, values.shape[1]))
    if len(found):
        sums[found] = np.add.reduceat(values[of[order]], starts, axis=0)
    return sums
