"""The natural villages that a station knows: a table in its data folder, added to the gazetteer."""

from pathlib import Path
from typing import Final

from casework.errors import BadInputError
from matching.errors import BadFactError
from matching.text.added_places import AddedPlace, node_at, with_places
from matching.text.gazetteer import Gazetteer, gazetteer
from matching.text.normalize import is_han

_HEAD: Final = """\
# 本站知道而行政区划里没有的自然村、屯、寨。一行一个：所在区划的完整路径（用 / 分开）、制表符、地名。
# Natural villages that this station knows: the full path of the division, a tab, the name.
"""
#: Longer is no name of a village.
_LONGEST: Final = 12


def station_gazetteer(table: Path) -> Gazetteer:
    """Every division of China, and what the station's table adds; the table need not exist.

    Raises:
        BadInputError: a row is no full path and name; the sentence gives its line number.
    """
    return with_places(gazetteer(), added_places(table))


def added_places(table: Path) -> tuple[AddedPlace, ...]:
    """The rows of the station's table in order; none when there is no table.

    Raises:
        BadInputError: as `station_gazetteer`.
    """
    if not table.exists():
        return ()
    lines = table.read_text(encoding="utf-8-sig").splitlines()
    return tuple(
        _checked(_parsed(line), f"{table.name} 第 {number} 行：")
        for number, line in enumerate(lines, 1)
        if line.strip() and not line.startswith("#")
    )


def add_place(table: Path, path: str, name: str) -> AddedPlace:
    """Write one village into the station's table.

    `path`: full official names joined by /.

    Raises:
        BadInputError: no such division, no Chinese name, or a place that is there already.
    """
    place = _checked(_parsed(f"{path}\t{name}"), "")
    places = station_gazetteer(table)
    if (*place.inside, place.name) in {places.path(node) for node in places.find(place.name)}:
        raise BadInputError("这个地名已经有了，不用再加。")
    table.parent.mkdir(parents=True, exist_ok=True)
    is_new = not table.exists()
    with table.open("a", encoding="utf-8") as lines:
        lines.write(f"{_HEAD if is_new else ''}{'/'.join(place.inside)}\t{place.name}\n")
    return place


def _parsed(line: str) -> AddedPlace:
    path, _, name = line.partition("\t")
    return AddedPlace(tuple(path.strip().split("/")), name.strip())


def _checked(place: AddedPlace, where: str) -> AddedPlace:
    if not 1 <= len(place.name) <= _LONGEST or not all(is_han(char) for char in place.name):
        raise BadInputError(f"{where}地名要写 1 到 {_LONGEST} 个汉字。")
    try:
        node_at(gazetteer(), place.inside)
    except BadFactError as error:
        raise BadInputError(
            f"{where}没有这个上级区划，请写完整路径，例如 湖南省/邵阳市/隆回县/荷田乡。"
        ) from error
    return place
