"""The divisions of China as a tree in depth-first order, cleaned of the source's placeholder rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from scripts.jionlp_files import dictionary_lines

PROVINCE, CITY, COUNTY, TOWN, VILLAGE = range(5)
#: 省直辖行政区划, 市直辖行政区划, 乡直辖村: rows that stand for no place of their own.
_PLACEHOLDERS: Final = ("直辖行政区划", "直辖村")
#: 市辖区 as a row of its own would be a placeholder too; the source has none.


@dataclass(frozen=True, slots=True)
class Division:
    """One division. `code` is the six-digit one, 0 below county."""

    level: int
    path: tuple[str, ...]
    code: int


def divisions() -> Iterator[Division]:
    """Every division once, parents before children, in the source's order.

    A town whose row repeats its county (济源市下冶镇) bears its own name.
    """
    seen: set[tuple[str, ...]] = set()
    stack: list[str | None] = []
    for line in dictionary_lines("china_location"):
        level = len(line) - len(line.lstrip("\t"))
        name, code, *_ = [*line.strip().split("\t"), "0"]
        del stack[level:]
        if name.endswith(_PLACEHOLDERS):
            stack.append(None)
            continue
        parents = tuple(each for each in stack if each)
        own = _own_name(name, parents, level)
        stack.append(own)
        path = (*parents, own)
        if path not in seen:
            seen.add(path)
            yield Division(level, path, int(code))


def _own_name(name: str, parents: tuple[str, ...], level: int) -> str:
    repeated = level == TOWN and parents and name.startswith(parents[-1])
    rest = name.removeprefix(parents[-1]) if repeated else name
    return rest if len(rest) > 1 else name
