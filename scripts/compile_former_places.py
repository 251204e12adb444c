"""Derive `matching/text/former_places.tsv`: what divisions were called, and whose they were, before.

Sources: yescallop/areacodes (CC0), county codes since 1981 and township changes 2014-2023, in the
development data folder; current divisions from jionlp's dictionary. The table is for experts to
read and correct, so it is text; `compile_gazetteer` reads it.

    python -m scripts.compile_former_places "$GUITU_DEVDATA" [--check]
"""

import csv
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from matching.text.place_core import core
from scripts.derived_files import write_or_check
from scripts.division_tree import Division, divisions

FILE: Final = Path("matching/text/former_places.tsv")
HEAD: Final = """\
# Former names and former parents of divisions: 襄樊市 is 襄阳市 now, 英德县 was under 韶关.
# One row: the path as it was / the last year it held / the full path of a division it became (part of).
# Derived from yescallop/areacodes (CC0) by scripts/compile_former_places.py; corrections belong in
# former_places_by_hand.tsv, which has the same columns and is read as well.
# former\tuntil\tnow
"""
#: Chains of renumbering end; a longer one is a circle in the source.
_LONGEST_CHAIN: Final = 12
#: 420602[1984]: the code, and the year where it is not that of the row's own end.
_SUCCESSOR: Final = re.compile(r"(\d{6})(?:\[(\d{4})\])?")
_STILL: Final = 9999
#: The division went on under its code with another name or parent.
_RENAMED: Final = "变更"
Path_ = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """One county-or-above division as it was for some years."""

    path: Path_
    code: int
    since: int
    until: int
    #: Code, and the year from which it took over.
    successors: tuple[tuple[int, int], ...]


def main() -> None:
    """Write the table, or compare it with what would be written."""
    if len(sys.argv) < 2:  # noqa: PLR2004 - the folder
        sys.exit(__doc__)
    content = HEAD + "".join(f"{row}\n" for row in sorted(rows(Path(sys.argv[1]))))
    write_or_check({FILE: content.encode()})


def rows(folder: Path) -> Iterator[str]:
    """Every former name or parent, as a row of the table; each once."""
    now = list(divisions())
    records = county_records(folder / "areas/county_codes_1981_2024.csv")
    by_code = {each.code: each.path for each in now if each.code}
    found: dict[tuple[Path_, Path_], int] = {}
    for former, until, path in (
        *former_counties(records, by_code),
        *former_towns(folder / "areas/township_changes_2014_2023.csv", records, now),
    ):
        found[former, path] = max(until, found.get((former, path), 0))
    for (former, path), until in found.items():
        yield f"{'/'.join(former)}\t{until}\t{'/'.join(path)}"


def county_records(file: Path) -> list[Record]:
    """All records of the county table."""
    with file.open(encoding="utf-8", newline="") as lines:
        return [_record(row) for row in csv.reader(lines) if row[0].isdecimal()]


def _record(row: list[str]) -> Record:
    code, province, city, name, _, state, since, until, successors = row
    parents = dict.fromkeys(each for each in (province, city, name) if each and each != "直辖")
    after = [(int(match[1]), int(match[2] or until)) for match in _SUCCESSOR.finditer(successors)]
    if state == _RENAMED:
        after.append((int(code), int(until)))
    # A year before the end is a part that was given away; the rest went on.
    whole = tuple(each for each in after if each[1] == int(until or 0))
    return Record(
        path=tuple(parents),
        code=int(code),
        since=int(since),
        until=int(until) if until else 0,
        successors=whole or tuple(after),
    )


def former_counties(
    records: list[Record], by_code: Mapping[int, Path_]
) -> Iterator[tuple[Path_, int, Path_]]:
    """County-and-above names or parents that are not today's."""
    of_code: dict[int, list[Record]] = defaultdict(list)
    for each in records:
        of_code[each.code].append(each)
    for record in records:
        if record.until:
            codes = current_codes(record, of_code)
            paths = [by_code[code] for code in codes if code in by_code]
            same = [path for path in paths if core(path[-1]) == core(record.path[-1])]
            for path in same or paths:
                if _differs(record.path, path):
                    yield record.path, record.until, path


def current_codes(record: Record, of_code: Mapping[int, list[Record]]) -> set[int]:
    """The codes in use today of what a record became."""
    ends: set[int] = set()
    level = [record]
    for _ in range(_LONGEST_CHAIN):
        after = [each for one in level for each in _next(one, of_code)]
        ends.update(each.code for each in after if not each.until)
        level = [each for each in after if each.until]
    return ends


def _next(record: Record, of_code: Mapping[int, list[Record]]) -> Iterator[Record]:
    """The records that stood under the successors' codes when this one ended."""
    for code, year in record.successors:
        for each in of_code.get(code, ()):
            if each.since <= year < (each.until or _STILL) and each is not record:
                yield each


def _differs(former: Path_, now: Path_) -> bool:
    """Another name, or another city above it. A change of suffix only (县 -> 市) is no other name."""
    return (
        core(former[-1]) != core(now[-1])
        or {core(each) for each in former[1:-1]} - {core(each) for each in now} != set()
    )


def former_towns(
    file: Path, records: list[Record], now: list[Division]
) -> Iterator[tuple[Path_, int, Path_]]:
    """Towns that were renamed or merged within a county that still stands under its code."""
    counties = {each.code: each.path for each in now if each.code}
    counties |= {
        each.code: counties[s]
        for each in records
        for s, _ in each.successors
        if s in counties and each.code not in counties
    }
    towns = {each.path for each in now if not each.code}
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            code = (row["new_code"] or row["old_code"])[:6]
            county = counties.get(int(code)) if code.isdecimal() else None
            if county is None or not row["old_name"] or not row["new_name"]:
                continue
            path = (*county, row["new_name"])
            if path in towns and core(row["old_name"]) != core(row["new_name"]):
                yield (*county, row["old_name"]), int(row["year"]), path


if __name__ == "__main__":
    main()
