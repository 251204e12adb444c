"""A name as somebody wrote it down: one written character, or one typed syllable, a position."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from matching.text.characters import char_readings
from matching.text.normalize import is_han, normalize
from matching.text.syllables import UNREAD, syllable_numbers

_PINYIN: Final = re.compile(r"[a-zü]+")
_LONGEST_SYLLABLE: Final = 6


@dataclass(frozen=True, slots=True)
class HeardSyllable:
    """One position: what was written ("" for typed pinyin) and every way to read it."""

    char: str
    readings: tuple[int, ...]


HeardName = tuple[HeardSyllable, ...]


def heard_name(text: str, *, longest: int) -> HeardName:
    """The first `longest` positions of a written name; pinyin in it counts by the syllable."""
    plain = normalize(text[: 8 * longest])
    return tuple(_positions(plain))[:longest]


def _positions(text: str) -> Iterator[HeardSyllable]:
    at = 0
    while at < len(text):
        run = _PINYIN.match(text, at)
        if run is not None:
            yield from (HeardSyllable("", (each,)) for each in spelled(run.group()))
            at = run.end()
        else:
            if is_han(text[at]) or text[at].isdigit():
                yield HeardSyllable(text[at], char_readings(text[at]) or (UNREAD,))
            at += 1


def spelled(letters: str) -> tuple[int, ...]:
    """Pinyin without tones or spaces as syllable numbers, the fewest syllables; () when it is none."""
    numbers = syllable_numbers()
    best: list[tuple[int, ...] | None] = [()]
    text = letters.replace("ü", "v")
    for end in range(1, len(text) + 1):
        found: tuple[int, ...] | None = None
        for start in range(max(0, end - _LONGEST_SYLLABLE), end):
            before, number = best[start], numbers.get(text[start:end])
            if before is not None and number and (found is None or len(before) + 1 < len(found)):
                found = (*before, number)
        best.append(found)
    return best[-1] or ()
