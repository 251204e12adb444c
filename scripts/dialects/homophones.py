"""Which common characters sound alike at one dialect point but not in Mandarin."""

import random
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from matching.text.pinyin import syllables

#: GB 2312 level 1, the 3,755 common characters: first bytes B0 to D7.
_COMMON_ROWS: Final = range(0xB0, 0xD8)


@cache
def common_characters() -> frozenset[str]:
    """The characters that a clerk writes without looking them up."""
    cells = (bytes((row, cell)) for row in _COMMON_ROWS for cell in range(0xA1, 0xFF))
    return frozenset(cell.decode("gb2312", errors="ignore") for cell in cells) - {""}


@dataclass(frozen=True, slots=True)
class PointHomophones:
    """One point's readings, turned both ways."""

    by_char: Mapping[str, frozenset[str]]
    by_sound: Mapping[str, frozenset[str]]

    @classmethod
    def build(cls, readings: Iterable[tuple[str, str]]) -> "PointHomophones":
        """From `character, segments` pairs; only common characters are kept."""
        by_char: dict[str, set[str]] = defaultdict(set)
        by_sound: dict[str, set[str]] = defaultdict(set)
        for char, sound in readings:
            if char in common_characters():
                by_char[char].add(sound)
                by_sound[sound].add(char)
        return cls(
            {char: frozenset(each) for char, each in by_char.items()},
            {sound: frozenset(each) for sound, each in by_sound.items()},
        )

    def partners(self, char: str, mandarin: str) -> list[str]:
        """Characters homophonous here whose toneless Mandarin syllable is another; sorted."""
        alike = {c for sound in self.by_char.get(char, ()) for c in self.by_sound[sound]}
        return sorted(c for c in alike if syllables(c)[0] not in {mandarin, syllables(char)[0]})


def mandarin_homophone(char: str, mandarin: str, choice: random.Random) -> str:
    """Another common character of the same toneless Mandarin syllable; the same one if there is none."""
    others = [c for c in _common_by_syllable().get(mandarin, ()) if c != char]
    return choice.choice(others) if others else char


@cache
def _common_by_syllable() -> Mapping[str, tuple[str, ...]]:
    table: dict[str, list[str]] = defaultdict(list)
    for char in sorted(common_characters()):
        table[syllables(char)[0]].append(char)
    return {syllable: tuple(chars) for syllable, chars in table.items()}
