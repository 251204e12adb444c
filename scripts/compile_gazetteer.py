"""Compile `matching/text/data/gazetteer.bin`: every division of China, province to village.

Sources: jionlp's dictionary (Apache-2.0) for the divisions, `former_places*.tsv` for older names
and parents, `characters.bin` and `place_readings.toml` for readings.

    python -m scripts.compile_gazetteer [--check]
"""

import sys
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching.tables import toml_table, tsv_rows
from matching.text.characters import char_readings, simplified
from matching.text.gazetteer import STILL_SAID
from matching.text.packed_arrays import pack
from matching.text.place_core import core
from matching.text.syllables import UNREAD, syllable_numbers
from scripts.derived_files import write_or_check
from scripts.division_tree import COUNTY, Division, divisions

FILE: Final = Path("matching/text/data/gazetteer.bin")
#: The day of the source's last change (jionlp's data commit).
DATE: Final = "2025-11-27"
Symbol = tuple[str, tuple[int, ...]]
Path_ = tuple[str, ...]
#: A name or path that is not today's, the last year it held (or `STILL_SAID`), and today's path.
OtherName = tuple[Path_, int, Path_]


@dataclass(slots=True)
class Numbering:
    """Symbols (a character with its readings), cores and suffixes, numbered as they come."""

    special: dict[str, tuple[tuple[int, ...], ...]]
    symbols: dict[Symbol, int] = field(default_factory=dict)
    cores: dict[str, None] = field(default_factory=dict)
    suffixes: dict[str, int] = field(default_factory=dict)

    def suffix(self, name: str) -> int:
        """The number of what stands behind the core."""
        return self.suffixes.setdefault(name.removeprefix(core(name)), len(self.suffixes))

    def spell(self, name: str) -> list[int]:
        """The symbols of a core."""
        more = self.special.get(name, ((),) * len(name))
        return [
            self.symbols.setdefault((char, readings(char, also)), len(self.symbols))
            for char, also in zip(name, more, strict=True)
        ]


def main() -> None:
    """Write the file, or compare it with what would be written."""
    write_or_check({FILE: compiled()})


def compiled() -> bytes:
    """The file's content."""
    now = list(divisions())
    former = [*former_places(now), *spoken_places(now)]
    numbering = Numbering(special_readings())
    for name in (*(each.path[-1] for each in now), *(path[-1] for path, _, _ in former)):
        numbering.cores.setdefault(core(name))
    for path, _, _ in former:
        numbering.cores.update(dict.fromkeys(core(each) for each in path[:-1]))
    # By length, then by writing: names of one length are compared together.
    order = sorted(numbering.cores, key=lambda each: (len(each), each))
    number = {name: at for at, name in enumerate(order)}
    arrays: dict[str, NDArray[np.generic]] = {
        "node_level": np.array([each.level for each in now], np.uint8),
        "node_core": np.array([number[core(each.path[-1])] for each in now], np.uint32),
        "node_suffix": np.array([numbering.suffix(each.path[-1]) for each in now], np.uint16),
        "upper_code": np.array([each.code for each in now if each.level <= COUNTY], np.int32),
        "core_length": np.array([len(each) for each in order], np.uint8),
        "core_symbol": np.array([s for each in order for s in numbering.spell(each)], np.uint16),
    }
    arrays |= former_arrays(
        former, number, numbering, {each.path: at for at, each in enumerate(now)}
    )
    arrays |= symbol_arrays(numbering.symbols)
    facts = {
        "date": DATE,
        "source": f"jionlp {version('jionlp')}",
        "suffixes": list(numbering.suffixes),
    }
    return pack(arrays, facts)


def symbol_arrays(symbols: Iterable[Symbol]) -> dict[str, NDArray[np.generic]]:
    """Characters and readings of the symbols."""
    rows = list(symbols)
    return {
        "symbol_character": np.array([ord(char) for char, _ in rows], np.uint32),
        "symbol_reading": np.array([each for _, found in rows for each in found], np.uint16),
        "symbol_reading_end": np.cumsum([len(found) for _, found in rows]).astype(np.uint32),
    }


def former_arrays(
    former: list[OtherName],
    number: dict[str, int],
    numbering: Numbering,
    node: dict[Path_, int],
) -> dict[str, NDArray[np.generic]]:
    """Older names of divisions, and the older cities above them."""
    names = [
        (number[core(was[-1])], numbering.suffix(was[-1]), until, node[now])
        for was, until, now in former
        if core(was[-1]) != core(now[-1])
    ]
    parents = sorted(
        {
            (number[core(parent)], node[now])
            for was, _, now in former
            for parent in was[:-1]
            if core(parent) not in {core(each) for each in now}
        }
    )
    columns = np.array(names, np.int64).reshape(-1, 4)
    return {
        "former_core": columns[:, 0].astype(np.uint32),
        "former_suffix": columns[:, 1].astype(np.uint16),
        "former_until": columns[:, 2].astype(np.uint16),
        "former_node": columns[:, 3].astype(np.uint32),
        "parent_core": np.array([each for each, _ in parents], np.uint32),
        "parent_node": np.array([each for _, each in parents], np.uint32),
    }


def former_places(now: list[Division]) -> Iterator[OtherName]:
    """Both tables of former names."""
    known = {each.path for each in now}
    for file in ("former_places.tsv", "former_places_by_hand.tsv"):
        for was, until, path in tsv_rows("matching.text", file):
            yield tuple(was.split("/")), int(until), checked_path(path, known, file)


def spoken_places(now: list[Division]) -> Iterator[OtherName]:
    """The table of names that people use beside the official ones, as if they held to no year."""
    known = {each.path for each in now}
    for word, path in tsv_rows("matching.text", "spoken_places.tsv"):
        yield (word,), STILL_SAID, checked_path(path, known, "spoken_places.tsv")


def checked_path(path: str, known: Container[Path_], file: str) -> Path_:
    """The path in parts; one that does not exist stops the script."""
    parts = tuple(path.split("/"))
    if parts not in known:
        sys.exit(f"{file}: no such division now: {path}")
    return parts


def special_readings() -> dict[str, tuple[tuple[int, ...], ...]]:
    """`place_readings.toml`: core -> one tuple of syllable numbers for each character."""
    table = toml_table("matching.text", "place_readings.toml")
    numbers = syllable_numbers()
    return {
        core(name): tuple((numbers[each],) for each in said.split())[: len(core(name))]
        for name, said in table["readings"].items()
    }


def readings(char: str, also: tuple[int, ...]) -> tuple[int, ...]:
    """Every reading of a character in a place name; at least the number of "no reading"."""
    found = dict.fromkeys((*also, *char_readings(simplified(char))))
    return tuple(found) or (UNREAD,)


if __name__ == "__main__":
    main()
