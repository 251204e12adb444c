"""The toneless Mandarin syllables and their numbers; names are compared as arrays of these."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

#: The number of "no reading": private-use characters, letters, what no table knows.
UNREAD: Final = 0
NO_INITIAL: Final = "-"


@dataclass(frozen=True, slots=True)
class Syllable:
    """One row of `syllables.tsv`: zhuang is zh + uang."""

    text: str
    initial: str
    final: str


@cache
def syllable_table() -> tuple[Syllable, ...]:
    """Every syllable; a syllable's place in the tuple is its number, 0 is `UNREAD`."""
    return (Syllable("", "", ""), *_rows())


@cache
def syllable_numbers() -> Mapping[str, int]:
    """Toneless pinyin (ü as v) -> number."""
    return {each.text: number for number, each in enumerate(syllable_table()) if each.text}


def _rows() -> Iterator[Syllable]:
    text = files("matching.text").joinpath("syllables.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            yield Syllable(*line.split("\t"))
