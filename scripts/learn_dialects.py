"""Learn, for each dialect group, what Mandarin syllables are misheard as; write the tables that are shipped.

    python -m scripts.learn_dialects --data $GUITU_DEVDATA [--check]

At one point a character is taken for the characters that sound like it there (`scripts.dialects.misheard`).
A group's row of a character is the mean over its points; characters of one Mandarin syllable with like rows
form a sound class (`scripts.dialects.sound_classes`), whose row is the mean of theirs. Tones are left aside.
How often a syllable is misheard at all is not learned here: it depends on who listens.
Points of `scripts.dialects.field_data.held_back` are never read.

Two files, the same bit for bit from the same data: `sound_classes.tsv` (syllable, its characters; one class a
line) and `mergers.bin`: a line of JSON, then, compressed by zlib, for each group the lengths of its rows
(uint16; first the 424 syllables as wholes, then the classes), their columns (uint16) and costs (uint8, steps
of `COST_STEP` nats), little-endian. `--check` compares with the shipped files instead of writing them. No
reading leaves the data folder.
"""

import argparse
import json
import zlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from matching.dialect.groups import dialect_groups
from matching.dialect.matrices import COST_STEP
from matching.text.syllables import syllable_table
from scripts.dialects.field_data import held_back, read_points, read_readings
from scripts.dialects.misheard import Chances, learned_characters, mandarin, misheard_as
from scripts.dialects.sound_classes import sound_classes

VERSION, DATE = "dialect-mergers-2", "2026-11-25"
SOURCE = "aggregates of character readings in MCPDict tables (volunteer compilation, github osfans/MCPDict)"
#: Chances below this are left to the family, to all groups and to the built-in matrix.
SMALLEST = 0.004
_MATCHING = Path(__file__).parents[1] / "matching"
CLASSES = _MATCHING / "text" / "data" / "sound_classes.tsv"
MERGERS = _MATCHING / "dialect" / "mergers.bin"


@dataclass(frozen=True, slots=True)
class Learned:
    """Classes as places of characters, and by group the chances of syllables and classes, shape (K, S)."""

    classes: Sequence[Sequence[int]]
    chances: Mapping[str, Chances]


def main() -> int:
    """Write the files, or compare them; the exit code is 1 when one differs."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--check", action="store_true")
    given = options.parse_args()
    files = packed(learn(given.data / "dialect"))
    if given.check:
        return int(any(path.read_bytes() != content for path, content in files.items()))
    for path, content in files.items():
        path.write_bytes(content)
    return 0


def learn(folder: Path) -> Learned:
    """Everything that is shipped, from `points.tsv` and `readings.tsv.gz`."""
    means, counts = _by_group(folder)
    classes = sound_classes(means, counts)
    members = [*_syllables(), *classes]
    chances = {group: _mean_rows(means[group], counts[group], members) for group in means}
    return Learned(classes, chances)


def _by_group(folder: Path) -> tuple[dict[str, Chances], dict[str, NDArray[np.intp]]]:
    """For each group the mean row of each character, and at how many points it had one."""
    points = read_points(folder / "points.tsv")
    kept = held_back(points)
    group_of = {each.name: each.group for each in points if each.name not in kept}
    readings: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for point, char, sound in read_readings(folder / "readings.tsv.gz"):
        if point in group_of:
            readings[point].add((char, sound))
    size = len(learned_characters())
    sums: dict[str, Chances] = {}
    counts: dict[str, NDArray[np.intp]] = {}
    for group in (each.id for each in dialect_groups()):
        for point in sorted(name for name in readings if group_of[name] == group):
            rows = misheard_as(readings[point])
            sums[group] = sums.get(group, 0) + rows
            counts[group] = counts.get(group, np.zeros(size, np.intp)) + (rows.sum(1) > 0)
    means = {group: sums[group] / np.maximum(counts[group], 1)[:, None] for group in sums}
    return means, counts


def _syllables() -> list[list[int]]:
    """For each syllable number the places of its characters."""
    return [np.flatnonzero(mandarin() == each).tolist() for each in range(len(syllable_table()))]


def _mean_rows(
    means: Chances, counts: NDArray[np.intp], members: Sequence[Sequence[int]]
) -> Chances:
    """The mean row of each set of characters, over those that have a row."""
    rows = np.zeros((len(members), means.shape[1]))
    for place, chars in enumerate(members):
        known = [char for char in chars if counts[char]]
        if known:
            rows[place] = means[known].mean(0)
    return rows


def packed(learned: Learned) -> dict[Path, bytes]:
    """The bytes of each file."""
    return {CLASSES: _packed_classes(learned), MERGERS: _packed_mergers(learned)}


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
    header = {
        "version": VERSION,
        "date": DATE,
        "source": SOURCE,
        "rows": len(syllable_table()) + len(learned.classes),
        "groups": list(learned.chances),
    }
    line = json.dumps(header, ensure_ascii=True).encode() + b"\n"
    body = b"".join(_packed_matrix(each) for each in learned.chances.values())
    return line + zlib.compress(body, 9)


def _packed_matrix(chances: Chances) -> bytes:
    rows, columns = np.nonzero(chances >= SMALLEST)
    costs = np.rint(-np.log(chances[rows, columns]) / COST_STEP).astype("u1")
    lengths = np.bincount(rows, minlength=len(chances)).astype("<u2")
    return lengths.tobytes() + columns.astype("<u2").tobytes() + costs.tobytes()


if __name__ == "__main__":
    raise SystemExit(main())
