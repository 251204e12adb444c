"""The toneless Mandarin syllables and their numbers; names are compared as arrays of these."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from matching.tables import tsv_rows

#: The number of "no reading": private-use characters, letters, what no table knows.
UNREAD: Final = 0


@dataclass(frozen=True, slots=True)
class Syllable:
    """One row of `syllables.tsv`: zhuang is zh + uang."""

    text: str
    initial: str
    final: str


@cache
def syllable_table() -> tuple[Syllable, ...]:
    """Every syllable; a syllable's place in the tuple is its number, 0 is `UNREAD`."""
    return (
        Syllable("", "", ""),
        *(Syllable(*row) for row in tsv_rows("matching.text", "syllables.tsv")),
    )


@cache
def syllable_numbers() -> Mapping[str, int]:
    """Toneless pinyin (ü as v) -> number."""
    return {each.text: number for number, each in enumerate(syllable_table()) if each.text}
