"""Draw what people of each dialect group say, twelve words at a time: the test set of `guitu dialect guess`.

    python -m scripts.draw_spoken_words --data $GUITU_DEVDATA [--check]

The rules, fixed before anything was tuned:

- Of a group that `words_beida.tsv` samples, twelve held-back things as one of its dialects says them. Nothing learns
  from the words for those things (`scripts.learn_word_markers.is_held_back`).
- Of any other group, twelve of the same things by their standard words, as a held-back point reads the characters
  (`scripts.dialects.field_data.held_back`): no word gives such a speaker away, only the sounds.
- Each character is heard as the Mandarin syllable nearest to its sound (`scripts.dialects.hearing`) and written
  with a common character of that syllable. A row has the words as meant and as heard, side by side.

A dialect of the word list may be a learning point of the readings: its sounds are then known, its words are not.
The seed is fixed and the file is the same bit for bit.
"""

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np

from matching.dialect.groups import dialect_groups
from matching.text.pinyin import syllables
from matching.text.syllables import syllable_table
from scripts.derived_files import data_folder, write_or_check
from scripts.dialects.field_data import held_back, read_points, read_readings
from scripts.dialects.hearing import heard_as
from scripts.dialects.homophones import common_characters
from scripts.learn_word_markers import GROUPS, Words, is_held_back, read_words, sounds_of

SEED: Final = 20261125
CASES: Final = 20
WORDS: Final = 12
OUT = Path(__file__).parents[1] / "benchmarks" / "data" / "spoken_words.tsv"
#: Group, words as meant and as heard, each joined by spaces.
Row = tuple[str, str, str]
Said = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Field:
    """The words of the dialects, and by group the readings of its held-back points."""

    words: Words
    points: dict[str, list[dict[str, str]]]


def main() -> None:
    """Write the file, or compare it; the exit code is 1 when it differs."""
    field = read_field(data_folder(__doc__) / "dialect")
    lines = ["\t".join(row) for row in (("group", "meant", "heard"), *draw(field))]
    write_or_check({OUT: ("\n".join(lines) + "\n").encode()})


def read_field(folder: Path) -> Field:
    """Everything that is drawn from."""
    points = read_points(folder / "points.tsv")
    kept = held_back(points)
    first: dict[str, dict[str, str]] = defaultdict(dict)
    for point, char, sound in read_readings(folder / "readings.tsv.gz"):
        if point in kept:
            first[point].setdefault(char, sound)
    by_group: dict[str, list[dict[str, str]]] = defaultdict(list)
    for each in points:
        if each.name in first:
            by_group[each.group].append(first[each.name])
    return Field(read_words(folder / "words_beida.tsv"), by_group)


def draw(field: Field) -> Iterator[Row]:
    """`CASES` rows of each group."""
    choice = random.Random(SEED)
    for group in (each.id for each in dialect_groups()):
        dialects = [name for name, of in GROUPS.items() if of == group]
        for case in range(CASES):
            if dialects:
                said = _own_words(field.words, dialects[case % len(dialects)])
            else:
                readings = field.points[group]
                said = _standard_words(field.words, readings[case % len(readings)])
            chosen = choice.sample(said, WORDS)
            yield group, " ".join(m for m, _ in chosen), " ".join(h for _, h in chosen)


def _own_words(words: Words, dialect: str) -> Sequence[Said]:
    """Held-back things as one dialect says them; words whose sounds do not fit their characters are left out."""
    found = []
    for thing, said in sorted(words[dialect].items()):
        word, value = said[0]
        heard = _heard([segments for _, segments in sounds_of(word, value)])
        if is_held_back(thing) and heard:
            found.append((word, heard))
    return found


def _standard_words(words: Words, readings: dict[str, str]) -> Sequence[Said]:
    """Held-back things by their standard words, as a point reads the characters."""
    things = sorted({thing for said in words.values() for thing in said if is_held_back(thing)})
    found = []
    for thing in things:
        word = re.sub("[^一-鿿]", "", thing)
        heard = _heard([readings.get(char, "") for char in word])
        if heard:
            found.append((word, heard))
    return found


def _heard(sounds: Sequence[str]) -> str:
    """A common character for each sound; "" when one is no syllable."""
    written = [_written(each) for each in sounds]
    return "".join(written) if all(written) else ""


@cache
def _written(segments: str) -> str:
    chances = heard_as(segments)
    if not chances.any():
        return ""
    order = np.argsort(-chances, kind="stable")
    names = [syllable_table()[at].text for at in order.tolist()]
    return next(_common_of()[name] for name in names if name in _common_of())


@cache
def _common_of() -> dict[str, str]:
    """Syllable -> the first common character that is read so."""
    found: dict[str, str] = {}
    for char in sorted(common_characters()):
        found.setdefault(syllables(char)[0], char)
    return found


if __name__ == "__main__":
    main()
