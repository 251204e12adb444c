"""Draw the tables of the simulated population: how names are shared, who speaks how, what is misheard.

    python -m scripts.draw_population_tables --data $GUITU_DEVDATA [--check]

- `surnames.tsv`, `given_characters.tsv`: bearers per million and, for characters, by sex and decade of birth,
  rounded, of the commonest only; from published national statistics of people born 1930 to 2008.
- `speech.tsv`: for each county of the gazetteer the dialect group that most points of the county (else of its
  city, else of its province) belong to, and a held-back point of that group, the nearest by division.
- `hearings.tsv`: what a clerk who knows only Mandarin hears at such a point. For each character of names and
  places that has a homophone there with another Mandarin syllable, one such homophone, drawn at random.

Points are those of `scripts.dialects.field_data.held_back` only: no shipped matrix learns from them. At most
`POINTS_OF_GROUP` of each group are drawn, of different counties where there are enough. No reading leaves the data
folder, only drawn pairs. The files are the same bit for bit; `--check` compares instead of writing.
"""

import csv
import hashlib
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from matching.text.gazetteer import COUNTY, gazetteer
from matching.text.pinyin import surname_table, syllables
from matching.text.place_core import core
from scripts.derived_files import data_folder, write_or_check
from scripts.dialects.field_data import Point, read_points, simplified
from scripts.dialects.homophones import PointHomophones
from scripts.draw_mishearings import Field, read_field

SEED: Final = 20261125
SURNAMES: Final = 400
CHARACTERS: Final = 700
POINTS_OF_GROUP: Final = 4
PER: Final = 1_000_000
DECADES: Final = ("1930_1959", "1960_1969", "1970_1979", "1980_1989", "1990_1999", "2000_2008")
OUT = Path(__file__).parents[1] / "benchmarks" / "population" / "data"

Row = tuple[str, ...]


def main() -> None:
    """Write the files, or compare them; the exit code is 1 when one differs."""
    drawn = tables(data_folder(__doc__))
    write_or_check({OUT / file: _text(rows).encode() for file, rows in drawn.items()})


def tables(data: Path) -> dict[str, list[Row]]:
    """File name -> rows, the first one naming the columns."""
    field = read_field(data / "dialect")
    speakers = choose_points(field)
    counties = speech(read_points(data / "dialect" / "register.tsv"), speakers)
    surnames = surname_rows(data / "names" / "surnames.tsv")
    characters = character_rows(data / "names" / "given_characters.tsv")
    named = {char for rows in (surnames, characters) for row in rows for char in row[0]}
    wanted = sorted(named | place_characters())
    pairs = (hearings(field.homophones[each.name], wanted, each.name) for each in speakers)
    return {
        "surnames.tsv": [("surname", "per_million"), *surnames],
        "given_characters.tsv": [("character", "male", "female", *DECADES), *characters],
        "speech.tsv": [("province", "city", "county", "group", "point"), *counties],
        "hearings.tsv": [
            ("point", "group", "meant_and_heard"),
            *((each.name, each.group, text) for each, text in zip(speakers, pairs, strict=True)),
        ],
    }


def surname_rows(table: Path) -> list[Row]:
    """`surname, bearers per million`, the commonest first."""
    rows = [(simplified(row["surname"]), int(row["people_1930_2008"])) for row in _csv(table)]
    everybody = sum(people for _, people in rows)
    common = sorted(rows, key=lambda row: (-row[1], row[0]))[:SURNAMES]
    return [(name, str(round(people * PER / everybody))) for name, people in common]


def character_rows(table: Path) -> list[Row]:
    """`character`, bearers per million of each sex, then percent of its bearers born in each decade."""
    rows = list(_csv(table))
    totals = {sex: sum(int(row[sex]) for row in rows) for sex in ("male", "female")}
    rows.sort(key=lambda row: (-int(row["male"]) - int(row["female"]), row["character"]))
    return [_character(row, totals) for row in rows[:CHARACTERS]]


def _character(row: Mapping[str, str], totals: Mapping[str, int]) -> Row:
    born = [int(row[decade]) for decade in DECADES]
    return (
        simplified(row["character"]),
        *(str(round(int(row[sex]) * PER / everybody)) for sex, everybody in totals.items()),
        *(str(round(100 * each / sum(born))) for each in born),
    )


def choose_points(field: Field) -> list[Point]:
    """Held-back points, at most `POINTS_OF_GROUP` of each group, new counties before known ones."""
    chosen: list[Point] = []
    for group in sorted(field.points):
        by_county: dict[tuple[str, ...], int] = Counter()
        ranked: list[tuple[int, int, Point]] = []
        for point in sorted(field.points[group], key=lambda each: _hash(each.name)):
            ranked.append((by_county[point.place], len(ranked), point))
            by_county[point.place] += 1
        chosen += [point for *_, point in sorted(ranked, key=lambda row: row[:2])[:POINTS_OF_GROUP]]
    return chosen


@dataclass(frozen=True, slots=True)
class _Votes:
    """How many points of each group lie in a county, a city, a province."""

    by_place: Mapping[tuple[str, ...], Counter[str]]

    @classmethod
    def count(cls, points: Iterable[Point]) -> "_Votes":
        votes: dict[tuple[str, ...], Counter[str]] = {}
        for point in points:
            for key in _keys(*point.place):
                votes.setdefault(key, Counter())[point.group] += 1
        return cls(votes)

    def group(self, path: tuple[str, ...]) -> str:
        """The commonest group of the narrowest place that has points; "" where nobody looked."""
        for key in _keys(*path):
            if key in self.by_place:
                return min(self.by_place[key].items(), key=lambda row: (-row[1], row[0]))[0]
        return ""


def _keys(province: str, city: str, county: str) -> list[tuple[str, ...]]:
    """The place as keys, narrowest first; provinces are told apart by two characters."""
    keys: list[tuple[str, ...]] = [(province[:2], "", core(county))] if county else []
    if len(city) > 1:
        keys.append((province[:2], core(city)))
    return [*keys, (province[:2],)]


def speech(register: Iterable[Point], speakers: list[Point]) -> list[Row]:
    """`province, city, county, group, point` of every county; the point may be empty."""
    votes, places = _Votes.count(register), gazetteer()
    rows: list[Row] = []
    for node in np.flatnonzero(places.levels == COUNTY).tolist():
        path = places.path(node)
        group = votes.group((path[0], path[1], path[-1]))
        rows.append((path[0], path[1], path[-1], group, _speaker(path, group, speakers)))
    return rows


def _speaker(path: tuple[str, ...], group: str, speakers: list[Point]) -> str:
    """The point of the group in the same city, else in the same province, else anywhere."""
    near = [
        (-_levels_shared(path, each), _hash("".join(path) + each.name), each.name)
        for each in speakers
        if each.group == group
    ]
    return min(near)[2] if near else ""


def _levels_shared(path: tuple[str, ...], point: Point) -> int:
    same_province = path[0][:2] == point.place[0][:2]
    same_city = same_province and core(path[1]) == core(point.place[1])
    return same_province + same_city


def place_characters() -> set[str]:
    """The commonest characters of names of counties and above, towns and villages, as of 2026-11-25.

    A file, so that the simulated world stays what it was when the gazetteer gains names.
    """
    return set((OUT / "place_characters.txt").read_text(encoding="utf-8")) - {"\n"}


def hearings(homophones: PointHomophones, wanted: Iterable[str], seed: str) -> str:
    """`meant` and `heard` character by character, for those that are misheard there."""
    return "".join(_misheard(homophones, wanted, f"{SEED} {seed}"))


def _misheard(homophones: PointHomophones, wanted: Iterable[str], seed: str) -> Iterator[str]:
    # Each character draws by itself: what changes for one changes nothing for the others.
    for char in wanted:
        readings = surname_table().readings.get(char, syllables(char))
        partners = homophones.partners(char, readings[0])
        if partners:
            yield char + random.Random(f"{seed} {char}").choice(partners)


def _csv(table: Path) -> Iterator[dict[str, str]]:
    with table.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines, delimiter="\t")


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _text(rows: Iterable[Row]) -> str:
    return "".join("\t".join(row) + "\n" for row in rows)


if __name__ == "__main__":
    main()
