"""Learn, for each dialect group, how Mandarin syllables merge; write the matrices that are shipped.

    python -m scripts.learn_dialects --data $GUITU_DEVDATA [--check]

Merger channel: at one point, P(heard syllable h | meant syllable t) is the sum over the sounds x of
P(x | t) P(h | x). P(x | t) counts the readings of common characters (GB 2312 level 1) whose toneless Mandarin
syllable is t; P(h | x) counts the common characters that sound like x there. Tones are left aside. A group's
matrix is the mean over its points, row by row over the points that have the syllable. Points of
`scripts.dialects.field_data.held_back` are never read.

The file is the same bit for bit: a line of JSON, then for each group and for "all" (the mean of the groups)
424 row lengths (uint16), columns (uint16) and costs (uint8, steps of `COST_STEP` nats), little-endian.
`--check` compares with the shipped file instead of writing it. No reading leaves the data folder.
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from matching.dialect.groups import dialect_groups
from matching.dialect.matrices import ALL, COST_STEP, Chances
from matching.text.pinyin import syllables
from matching.text.syllables import syllable_numbers, syllable_table
from scripts.dialects.field_data import held_back, read_points, read_readings
from scripts.dialects.homophones import common_characters

VERSION, DATE = "dialect-mergers-1", "2026-11-25"
SOURCE = "aggregates of character readings in MCPDict tables (volunteer compilation, github osfans/MCPDict)"
#: Chances below this are left to the built-in matrix.
SMALLEST = 0.002
OUT = Path(__file__).parents[1] / "matching" / "dialect" / "mergers.bin"


def main() -> int:
    """Write the file, or compare it; the exit code is 1 when it differs."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--check", action="store_true")
    given = options.parse_args()
    learned = packed(learn(given.data / "dialect"))
    if given.check:
        return int(learned != OUT.read_bytes())
    OUT.write_bytes(learned)
    return 0


def learn(folder: Path) -> dict[str, Chances]:
    """Group id -> P(heard | meant), shape (S, S); rows without data are zero."""
    points = read_points(folder / "points.tsv")
    kept = held_back(points)
    group_of = {each.name: each.group for each in points if each.name not in kept}
    readings: dict[str, set[tuple[int, str]]] = defaultdict(set)
    for point, char, sound in read_readings(folder / "readings.tsv.gz"):
        if point in group_of and char in common_characters():
            readings[point].add((ord(char), sound))
    by_group: dict[str, list[Chances]] = defaultdict(list)
    for name in sorted(readings):
        by_group[group_of[name]].append(mergers(readings[name]))
    learned = {
        group.id: _mean(by_group[group.id]) for group in dialect_groups() if by_group[group.id]
    }
    return learned | {ALL: _mean(learned.values())}


def mergers(readings: Iterable[tuple[int, str]]) -> Chances:
    """The merger channel of one point from its `code point, segments` pairs."""
    size = len(syllable_table())
    rows = sorted(readings)
    sounds = {sound: number for number, sound in enumerate(sorted({sound for _, sound in rows}))}
    counts = np.zeros((size, len(sounds)))
    for char, sound in rows:
        number = syllable_numbers().get(syllables(chr(char))[0])
        if number is not None:
            counts[number, sounds[sound]] += 1
    forward = counts / np.maximum(counts.sum(1, keepdims=True), 1)
    backward = counts / np.maximum(counts.sum(0, keepdims=True), 1)
    chances: Chances = forward @ backward.T
    return chances


def _mean(matrices: Iterable[Chances]) -> Chances:
    """Row by row over those that have the row."""
    stacked = list(matrices)
    seen = sum((each.sum(1, keepdims=True) > 0).astype(float) for each in stacked)
    mean: Chances = sum(stacked) / np.maximum(seen, 1)
    return mean


def packed(matrices: dict[str, Chances]) -> bytes:
    """The bytes of the file."""
    header = {
        "version": VERSION,
        "date": DATE,
        "source": SOURCE,
        "syllables": len(syllable_table()),
        "groups": list(matrices),
    }
    line = json.dumps(header, ensure_ascii=True).encode() + b"\n"
    return line + b"".join(_packed_matrix(each) for each in matrices.values())


def _packed_matrix(chances: Chances) -> bytes:
    rows, columns = np.nonzero(chances >= SMALLEST)
    costs = np.rint(-np.log(chances[rows, columns]) / COST_STEP).astype("u1")
    lengths = np.bincount(rows, minlength=len(chances)).astype("<u2")
    return lengths.tobytes() + columns.astype("<u2").tobytes() + costs.tobytes()


if __name__ == "__main__":
    raise SystemExit(main())
