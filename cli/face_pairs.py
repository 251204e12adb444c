"""Reads a list of photo pairs whose truth is known: `file_a,file_b,same`, and `sex`, `age_band`."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from casework.errors import BadInputError
from cli.files import read_text

#: Columns by which error rates are told apart, where a list has them.
GROUPINGS: Final = ("sex", "age_band")
_NEEDED: Final = ("file_a", "file_b", "same")
_SAME: Final = {
    "1": True,
    "true": True,
    "yes": True,
    "是": True,
    "0": False,
    "false": False,
    "no": False,
    "否": False,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPair:
    """Two photos, and whether they show one person."""

    file_a: Path
    file_b: Path
    is_same: bool
    #: Grouping -> value, of those that the list gives.
    groups: Mapping[str, str]


def known_pairs(path: Path) -> list[KnownPair]:
    """The pairs of a list; file names count from its folder, else from the working folder.

    Raises:
        BadInputError: it cannot be read, lacks a column, or says something unknown.
    """
    lines = csv.DictReader(read_text(path).splitlines())
    missing = [name for name in _NEEDED if name not in (lines.fieldnames or ())]
    if missing:
        raise BadInputError(f"照片对清单缺少栏目：{'、'.join(missing)}。")
    return list(_pairs(lines, path.parent))


def _pairs(lines: Iterable[Mapping[str, str]], folder: Path) -> Iterator[KnownPair]:
    for number, line in enumerate(lines, start=2):
        is_same = _SAME.get((line["same"] or "").strip().lower())
        if is_same is None or not line["file_a"] or not line["file_b"]:
            raise BadInputError(f"照片对清单第 {number} 行：要有两个文件名，same 写 1 或 0。")
        yield KnownPair(
            file_a=_place(folder, line["file_a"].strip()),
            file_b=_place(folder, line["file_b"].strip()),
            is_same=is_same,
            groups={name: line[name].strip() for name in GROUPINGS if line.get(name)},
        )


def _place(folder: Path, name: str) -> Path:
    beside = folder / name
    return beside if beside.exists() else Path(name)
