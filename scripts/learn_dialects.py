"""Learn, for each dialect group, what Mandarin syllables are misheard as; write the tables that are shipped.

    python -m scripts.learn_dialects --data $GUITU_DEVDATA [--check]

At one point a character is taken for the characters that sound like it there (merger channel,
`scripts.dialects.misheard`), or its sound for the nearest Mandarin syllable (hearing channel,
`scripts.dialects.hearing`): people who know the dialect do the one, people who do not the other. A group's row of a character is the mean over its points; characters of one Mandarin syllable with like rows
form a sound class (`scripts.dialects.sound_classes`), whose row is the mean of theirs. Tones are left aside.
How often a syllable is heard right is kept beside
(both channels count alike), for telling groups apart; how often it is in real talks depends on who listens.
Points of `scripts.dialects.field_data.held_back` are never read.

Beside the syllable, the class of the written character says what was meant to ears that know the dialect
(`scripts.dialects.written_classes`): `heard_classes.bin` holds a line of JSON, then, compressed by LZMA, the number of
common characters of each class (uint8), and for each group the lengths of the rows (uint16, one a class meant), their
columns (uint16, classes written) and costs (uint8, steps of `CLASS_COST_STEP` nats), little-endian.

Three files, the same bit for bit from the same data: `sound_classes.tsv` (syllable, its characters; one class a
line) and `mergers.bin`: a line of JSON, then, compressed by zlib, for each group the chances that each row is heard
right (uint8, steps of `COST_STEP` nats; 255 where nothing is known), the lengths of the rows (uint16; first the 424 syllables as wholes, then the classes), their columns (uint16) and costs (uint8, steps
of `COST_STEP` nats), little-endian. `--check` compares with the shipped files instead of writing them. No
reading leaves the data folder.
"""

import json
import lzma
import zlib
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from matching.dialect.groups import dialect_groups
from matching.dialect.heard_classes import CLASS_COST_STEP
from matching.dialect.matrices import COST_STEP
from matching.text.syllables import syllable_table
from scripts.derived_files import data_folder, write_or_check
from scripts.dialects.field_data import held_back, read_points, read_readings
from scripts.dialects.hearing import heard_by_character
from scripts.dialects.misheard import Chances, learned_characters, mandarin, split, taken_for
from scripts.dialects.sound_classes import sound_classes
from scripts.dialects.written_classes import common_in_class, written_for

VERSION, DATE = "dialect-mergers-2", "2026-11-25"
SOURCE = "aggregates of character readings in MCPDict tables (volunteer compilation, github osfans/MCPDict)"
#: Chances below this are left to the family, to all groups and to the built-in matrix.
SMALLEST = 0.004
#: The same for classes of written characters.
SMALLEST_CLASS = 0.02
Readings = set[tuple[str, str]]
#: The share of the hearing channel. A house figure: simulated mishearings know only mergers, and real ones that
#: say how they came about are too few to count.
HEARING = 0.15
_MATCHING = Path(__file__).parents[1] / "matching"
CLASSES = _MATCHING / "text" / "data" / "sound_classes.tsv"
MERGERS = _MATCHING / "dialect" / "mergers.bin"
WRITTEN = _MATCHING / "dialect" / "heard_classes.bin"


@dataclass(frozen=True, slots=True)
class Learned:
    """Classes as places of characters, and by group the chances of syllables and classes, shape (K, S)."""

    classes: Sequence[Sequence[int]]
    chances: Mapping[str, Chances]
    #: By group the chance that each row is heard right, shape (K,).
    right: Mapping[str, Chances]
    #: By group how many points it was learned from.
    points: Mapping[str, int]
    #: By group P(class of the written character | class meant, misheard), shape (J, J).
    written: Mapping[str, Chances]


@dataclass(frozen=True, slots=True)
class Means:
    """The mean over a group's points of one channel, by character."""

    #: P(heard | character, misheard), shape (characters, S), over the points that have such a row.
    misheard: Chances
    counts: NDArray[np.intp]
    #: P(heard right), shape (characters,), over the points that have a reading.
    right: Chances
    read: NDArray[np.intp]

    @classmethod
    def of(cls, points: Sequence[Readings], channel: Callable[[Readings], Chances]) -> "Means":
        """Every point counts alike."""
        misheard = np.zeros((len(learned_characters()), len(syllable_table())))
        right = np.zeros(len(misheard))
        counts, read = (np.zeros(len(misheard), np.intp) for _ in range(2))
        for readings in points:
            chances = channel(readings)
            rows, own = split(chances)
            misheard += rows
            counts += rows.any(1)
            right += own
            read += chances.any(1)
        return cls(
            misheard / np.maximum(counts, 1)[:, None], counts, right / np.maximum(read, 1), read
        )

    def rows(self, members: Sequence[Sequence[int]]) -> tuple[Chances, Chances]:
        """The means of sets of characters: misheard (sets, S), and right (sets,); 0 where nothing is known."""
        found = np.zeros((len(members), self.misheard.shape[1]))
        right = np.zeros(len(members))
        for place, chars in enumerate(members):
            known = [char for char in chars if self.counts[char]]
            read = [char for char in chars if self.read[char]]
            found[place] = self.misheard[known].mean(0) if known else 0
            right[place] = self.right[read].mean() if read else 0
        return found, right


def main() -> None:
    """Write the files, or compare them; the exit code is 1 when one differs."""
    write_or_check(packed(learn(data_folder(__doc__) / "dialect")))


def learn(folder: Path) -> Learned:
    """Everything that is shipped, from `points.tsv` and `readings.tsv.gz`."""
    readings = _readings_by_group(folder)
    merged = {group: Means.of(points, taken_for) for group, points in readings.items()}
    heard = {group: Means.of(points, heard_by_character) for group, points in readings.items()}
    classes = sound_classes(
        {group: each.misheard for group, each in merged.items()},
        {group: each.counts for group, each in merged.items()},
    )
    members = [*_syllables(), *classes]
    both = {group: (merged[group].rows(members), heard[group].rows(members)) for group in readings}
    return Learned(
        classes,
        {group: _mixed(*(rows for rows, _ in each)) for group, each in both.items()},
        {group: (each[0][1] + each[1][1]) / 2 for group, each in both.items()},
        {group: len(points) for group, points in readings.items()},
        {group: written_for(points, classes) for group, points in readings.items()},
    )


def _readings_by_group(folder: Path) -> dict[str, list[Readings]]:
    """The readings of each learning point, in the order of groups and names."""
    points = read_points(folder / "points.tsv")
    kept = held_back(points)
    group_of = {each.name: each.group for each in points if each.name not in kept}
    readings: dict[str, Readings] = defaultdict(set)
    for point, char, sound in read_readings(folder / "readings.tsv.gz"):
        if point in group_of:
            readings[point].add((char, sound))
    by_group: dict[str, list[Readings]] = {each.id: [] for each in dialect_groups()}
    for point in sorted(readings):
        by_group[group_of[point]].append(readings[point])
    return {group: each for group, each in by_group.items() if each}


def _mixed(merged: Chances, heard: Chances) -> Chances:
    """Both channels; where one has no row, the other's."""
    share = np.where(merged.any(1, keepdims=True), HEARING, 1.0)
    share = np.where(heard.any(1, keepdims=True), share, 0.0)
    mixed: Chances = (1 - share) * merged + share * heard
    return mixed


def _syllables() -> list[list[int]]:
    """For each syllable number the places of its characters."""
    return [np.flatnonzero(mandarin() == each).tolist() for each in range(len(syllable_table()))]


def packed(learned: Learned) -> dict[Path, bytes]:
    """The bytes of each file."""
    return {
        CLASSES: _packed_classes(learned),
        MERGERS: _packed_mergers(learned),
        WRITTEN: _packed_written(learned),
    }


def _packed_classes(learned: Learned) -> bytes:
    chars = learned_characters()
    names = [each.text for each in syllable_table()]
    lines = [
        f"# {VERSION}, {DATE}: Mandarin syllables and the characters that share their fate in the dialects.",
        f"# Made by scripts/learn_dialects.py from {SOURCE}.",
        *(f"{names[mandarin()[c[0]]]}\t{''.join(chars[p] for p in c)}" for c in learned.classes),
    ]
    return "".join(f"{line}\n" for line in lines).encode()


def _packed_mergers(learned: Learned) -> bytes:
    body = b"".join(
        _packed_right(learned.right[group]) + _packed_matrix(each, SMALLEST, COST_STEP)
        for group, each in learned.chances.items()
    )
    return _line(learned, rows=len(syllable_table()) + len(learned.classes)) + zlib.compress(
        body, 9
    )


def _packed_written(learned: Learned) -> bytes:
    common = np.minimum(common_in_class(learned.classes), 255).astype("u1").tobytes()
    body = b"".join(
        _packed_matrix(each, SMALLEST_CLASS, CLASS_COST_STEP) for each in learned.written.values()
    )
    return _line(learned, classes=len(learned.classes)) + lzma.compress(common + body, preset=9)


def _line(learned: Learned, **sizes: int) -> bytes:
    header = {"version": VERSION, "date": DATE, "source": SOURCE, **sizes, "groups": learned.points}
    return json.dumps(header, ensure_ascii=True).encode() + b"\n"


def _packed_right(right: Chances) -> bytes:
    steps = np.rint(-np.log(np.maximum(right, 1e-9)) / COST_STEP)
    return np.minimum(steps, 255).astype("u1").tobytes()


def _packed_matrix(chances: Chances, smallest: float, step: float) -> bytes:
    rows, columns = np.nonzero(chances >= smallest)
    costs = np.rint(-np.log(chances[rows, columns]) / step).astype("u1")
    lengths = np.bincount(rows, minlength=len(chances)).astype("<u2")
    return lengths.tobytes() + columns.astype("<u2").tobytes() + costs.tobytes()


if __name__ == "__main__":
    main()
