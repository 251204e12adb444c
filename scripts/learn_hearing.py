"""Learn, for each dialect group, what ears that know Mandarin only make of its sounds; write the shipped table.

    python -m scripts.learn_hearing --data $GUITU_DEVDATA [--check]

Each reading of a learning point is heard as the nearest Mandarin syllable (`scripts.dialects.hearing`). A point has one
vote for each sound class (and each whole syllable) on the initial, and one on the final, that are heard; so have the
dialects of the word list (汉语方言词汇, CC-BY-4.0), by the words for things that are not held back. A group's chances
are its votes, backed off to its family's, to all groups' and to what Mandarin has there:

    P(part | row, group) = (votes + OWN * P(part | row, family)) / (points + OWN)

Beijing speaks as it is written but for little. Points of counties that are held back
(`scripts.dialects.field_data.held_back`), and dialects of the word list from such counties, are never read.

The file: a line of JSON, then, compressed by zlib, costs (uint8, steps of `HEARING_STEP` nats) of shape
(initials, rows, groups) and (finals, rows, groups). `--check` compares with the shipped file. No reading leaves the
data folder.
"""

import json
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching.dialect.groups import dialect_groups, group_numbers
from matching.dialect.hearing import HEARING_STEP, LARGEST_STEP, heard_parts
from matching.text.pinyin import syllables
from matching.text.sound_classes import sound_classes
from matching.text.syllables import UNREAD, syllable_numbers
from scripts.derived_files import data_folder, write_or_check
from scripts.dialects.field_data import held_back, is_held_back_place, read_points, read_readings
from scripts.dialects.hearing import heard_as
from scripts.learn_word_markers import GROUPS, is_held_back, read_words, sounds_of

VERSION, DATE = "dialect-hearing-1", "2026-11-25"
SOURCE = (
    "aggregates of character readings in MCPDict tables (volunteer compilation, github osfans/MCPDict) and of "
    "Hanyu fangyan cihui (Beijing University 1964), lexibank/beidasinitic, CC-BY-4.0"
)
OUT = Path(__file__).parents[1] / "matching" / "dialect" / "hearing.bin"
#: How many points the family, all groups and Mandarin are worth. Chosen on folds of the learning part, counties
#: and things left out: 1 to 15 were compared.
OWN, FAMILY, ALL = 3.0, 3.0, 3.0
#: Points of a group beyond this many weigh no more in the mean of all groups.
_SURE: Final = 10
#: What Mandarin has in place of a part, where nobody has a vote.
_AS_WRITTEN: Final = 0.7
_STANDARD, _STANDARD_RIGHT, _STANDARD_POINTS, _LIKE_STANDARD = "beijing", 0.95, 4.0, "jilu"
#: Where the dialects of the word list are spoken, as `points.tsv` writes places.
PLACES: Final[Mapping[str, tuple[str, str, str]]] = {
    "Beijing": ("北京", "", ""),
    "Jinan": ("山东", "济南", ""),
    "Shenyang": ("辽宁", "沈阳", ""),
    "Xi_an": ("陕西", "西安", ""),
    "Chengdu": ("四川", "成都", ""),
    "Kunming": ("云南", "昆明", "五华"),
    "Hefei": ("安徽", "合肥", ""),
    "Yangzhou": ("江苏", "扬州", ""),
    "Suzhou": ("江苏", "苏州", ""),
    "Wenzhou": ("浙江", "温州", ""),
    "Changsha": ("湖南", "长沙", ""),
    "Nanchang": ("江西", "南昌", ""),
    "Meixian": ("广东", "梅州", "梅江"),
    "Guangzhou": ("广东", "广州", ""),
    "Yangjiang": ("广东", "阳江", "江城"),
    "Xiamen": ("福建", "厦门", ""),
    "Chaozhou": ("广东", "潮州", ""),
    "Fuzhou": ("福建", "福州", ""),
}
Chances = NDArray[np.float64]
#: `character, segments` pairs of one point.
Readings = list[tuple[str, str]]


def main() -> None:
    """Write the file, or compare it; the exit code is 1 when it differs."""
    write_or_check({OUT: packed(data_folder(__doc__) / "dialect")})


def packed(folder: Path) -> bytes:
    """The whole file."""
    points = list(_learning_points(folder))
    header = {"version": VERSION, "date": DATE, "source": SOURCE, "points": len(points)}
    body = b"".join(_steps(_learned(points, part)) for part in range(2))
    return json.dumps(header, ensure_ascii=True).encode() + b"\n" + zlib.compress(body, 9)


def _steps(chances: Chances) -> bytes:
    steps = np.rint(-np.log(chances) / HEARING_STEP)
    # Groups innermost: those without readings of a row have their family's, which packs well.
    return np.minimum(steps, LARGEST_STEP).astype("u1").transpose(2, 1, 0).tobytes()


def _learning_points(folder: Path) -> Iterator[tuple[str, Readings]]:
    """Group and readings of each point, field points in the order of their names first."""
    points = read_points(folder / "points.tsv")
    kept = held_back(points)
    group_of = {each.name: each.group for each in points if each.name not in kept}
    readings: dict[str, Readings] = defaultdict(list)
    for point, char, sound in read_readings(folder / "readings.tsv.gz"):
        if point in group_of:
            readings[point].append((char, sound))
    yield from ((group_of[point], readings[point]) for point in sorted(readings))
    for dialect, things in read_words(folder / "words_beida.tsv").items():
        if not is_held_back_place(PLACES[dialect], points):
            said = [
                each for thing, words in things.items() if not is_held_back(thing) for each in words
            ]
            yield GROUPS[dialect], [pair for word, value in said for pair in sounds_of(word, value)]


def _learned(points: Iterable[tuple[str, Readings]], part: int) -> Chances:
    """P(part heard | row, group), shape (G, K, parts); part 0 is the initial, 1 the final."""
    parts = heard_parts()[part]
    sums = np.zeros((len(dialect_groups()), len(sound_classes().syllables), int(parts.max()) + 1))
    for group, readings in points:
        sums[group_numbers()[group]] += _votes(readings, parts)
    return _with_standard(_backed_off(sums, parts), sums, parts)


def _votes(readings: Readings, parts: NDArray[np.intp]) -> Chances:
    """One point's: for each row with a reading shares that sum to 1, shape (K, parts)."""
    classes = sound_classes()
    votes = np.zeros((len(classes.syllables), int(parts.max()) + 1))
    known = [(_row(char), _nearest(sound)) for char, sound in readings]
    rows, heard = np.array([each for each in known if min(each) > UNREAD], np.intp).reshape(-1, 2).T
    np.add.at(votes, (rows, parts[heard]), 1)
    whole = classes.syllables[rows]
    np.add.at(votes, (whole, parts[heard]), (whole != rows).astype(float))
    shares: Chances = votes / np.maximum(votes.sum(1, keepdims=True), 1)
    return shares


@cache
def _row(char: str) -> int:
    number = syllable_numbers().get(syllables(char)[0], UNREAD)
    return sound_classes().row(char, number) if number != UNREAD else UNREAD


@cache
def _nearest(segments: str) -> int:
    """`UNREAD` when the segments are no syllable."""
    return int(heard_as(segments).argmax())


def _backed_off(sums: Chances, parts: NDArray[np.intp]) -> Chances:
    counts = sums.sum(2, keepdims=True)
    fair = (sums * np.minimum(1, _SURE / np.maximum(counts, 1))).sum(0)
    whole = _joined(fair, ALL, _as_written(parts))
    families = [each.family for each in dialect_groups()]
    of_family = {
        name: _joined(sums[[each == name for each in families]].sum(0), FAMILY, whole)
        for name in sorted(set(families))
    }
    return np.array([_joined(sums[at], OWN, of_family[name]) for at, name in enumerate(families)])


def _joined(votes: Chances, weight: float, above: Chances) -> Chances:
    joined: Chances = (votes + weight * above) / (votes.sum(1, keepdims=True) + weight)
    return joined


def _as_written(parts: NDArray[np.intp], share: float = _AS_WRITTEN) -> Chances:
    """The part that Mandarin has, and any other alike."""
    rows, size = sound_classes().syllables, int(parts.max()) + 1
    chances = np.full((len(rows), size), (1 - share) / size)
    chances[np.arange(len(rows)), parts[rows]] += share
    return chances


def _with_standard(chances: Chances, sums: Chances, parts: NDArray[np.intp]) -> Chances:
    """Where the standard is spoken, next to everything is heard as it is written."""
    at = group_numbers()[_STANDARD]
    rule = (1 - _STANDARD_RIGHT) * chances[group_numbers()[_LIKE_STANDARD]]
    rule += _STANDARD_RIGHT * _as_written(parts, 1.0)
    chances[at] = _joined(sums[at], _STANDARD_POINTS, rule)
    return chances


if __name__ == "__main__":
    main()
