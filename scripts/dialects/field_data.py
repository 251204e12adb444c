"""The field data: dialect points, their character readings, and which points are held back.

Readings are volunteer compilations (MCPDict) and stay outside the project; only aggregates leave here.
"""

import csv
import gzip
import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from opencc import OpenCC

from matching.dialect.groups import group_of_class

#: One county in this many is held back for benchmarks.
HELD_BACK_SHARE: Final = 5
#: Not fields: the standard language itself (written in pinyin), and speech outside China.
_STANDARD: Final = "普通話"
_ABROAD: Final = "海外"
#: The tone category and the marks of the reading's layer (2=, 3-, 7a) stand behind the segments.
_FROM_TONE: Final = re.compile(r"[0-9].*$")


@dataclass(frozen=True, slots=True)
class Point:
    """A place where somebody's speech was written down; names are in simplified characters."""

    name: str
    group: str
    #: Province, prefecture, county; empty where the source says nothing.
    place: tuple[str, str, str]
    #: Degrees; None where the source has none.
    lon: float | None
    lat: float | None


@cache
def _simplifier() -> OpenCC:
    return OpenCC("t2s")


@cache
def simplified(text: str) -> str:
    """Character by character: phrases would change names."""
    return "".join(_simplifier().convert(char) for char in text)


def read_points(table: Path) -> list[Point]:
    """The points of `points.tsv` or `register.tsv` that belong to a dialect group, in file order."""
    with table.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    points = (_point(row) for row in rows)
    return [each for each in points if each is not None]


def _point(row: Mapping[str, str]) -> Point | None:
    group = group_of_class(simplified(row["class"].replace("－", "-")))
    if group is None or row["point"] == _STANDARD or row["province"] == _ABROAD:
        return None
    place = (simplified(row[level]) for level in ("province", "city", "county"))
    lon, lat = (float(row[axis]) if row[axis] else None for axis in ("lon", "lat"))
    return Point(row["point"], group, (*place,), lon, lat)  # type: ignore[arg-type]  # three levels


def read_readings(table: Path) -> Iterator[tuple[str, str, str]]:
    """`point, simplified character, segments` for each reading; tones and layer marks are cut off."""
    with gzip.open(table, "rt", encoding="utf-8", newline="") as lines:
        next(lines)
        for line in lines:
            point, char, written = line.rstrip("\n").split("\t")
            segments = _FROM_TONE.sub("", written)
            if segments and len(char) == 1:
                yield point, simplified(char), segments


def held_back(points: list[Point]) -> frozenset[str]:
    """Names of the points that nothing is ever learned from.

    Points of one county go together, because neighbours speak alike: a county is held back when the
    SHA-256 of its name leaves no rest by `HELD_BACK_SHARE`. A group with several counties of which none
    falls out so gives the one with the smallest hash; a group with one county gives none.
    """
    counties: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for point in points:
        counties[point.group][_hash("/".join(point.place))].append(point.name)
    chosen: set[str] = set()
    for by_hash in counties.values():
        hit = [number for number in by_hash if number % HELD_BACK_SHARE == 0]
        if not hit and len(by_hash) > 1:
            hit = [min(by_hash)]
        chosen.update(name for number in hit for name in by_hash[number])
    return frozenset(chosen)


def is_held_back_place(place: tuple[str, str, str], points: list[Point]) -> bool:
    """Whether a place outside `points` is in a county that is held back: by its hash, or as a point there is."""
    kept = held_back(points)
    by_hash = _hash("/".join(place)) % HELD_BACK_SHARE == 0
    return by_hash or any(each.name in kept and each.place == place for each in points)


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode("utf-8")).digest(), "big")
