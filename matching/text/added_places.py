"""A gazetteer with the natural villages that a station knows beside the official divisions."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.errors import BadFactError
from matching.text.characters import char_readings, simplified
from matching.text.gazetteer import HAMLET, Gazetteer, Path_
from matching.text.packed_arrays import PackedArrays
from matching.text.place_core import core
from matching.text.syllables import UNREAD

Rows = NDArray[np.integer[Any]]


@dataclass(frozen=True, slots=True)
class AddedPlace:
    """A natural village, and the full path of the division it lies in."""

    inside: Path_
    name: str


def with_places(places: Gazetteer, added: Sequence[AddedPlace]) -> Gazetteer:
    """The gazetteer with these villages in it, each once; nodes and cores are numbered anew.

    Raises:
        BadFactError: a path is no division, or a name is empty.
    """
    each = list(dict.fromkeys(added))
    if not each:
        return places
    parents = [node_at(places, one.inside) for one in each]
    with_cores = _with_cores(places, [core(one.name) for one in each])
    suffixes = [one.name.removeprefix(core(one.name)) for one in each]
    return _with_nodes(with_cores, each, np.array(parents), suffixes)


def node_at(places: Gazetteer, path: Path_) -> int:
    """The division with a full path.

    Raises:
        BadFactError: there is none.
    """
    found = (node for node in places.find(path[-1]) if places.path(node) == path) if path else ()
    for node in found:
        return node
    raise BadFactError("no division has this path")


def _with_cores(places: Gazetteer, cores: Sequence[str]) -> Gazetteer:
    """With these names among the cores, which stay ordered by length, then by writing."""
    if not all(cores):
        raise BadFactError("a place needs a name")
    new = sorted(
        {each for each in cores if places.find_core(each) is None}, key=lambda n: (len(n), n)
    )
    numbers, symbols = _spelled(places, new)
    arrays = dict(places.packed.arrays)
    at = np.array([places.core_position(each) for each in new], np.intp)
    starts = np.append(np.cumsum(arrays["core_length"], dtype=np.intp), 0)[at - 1] * (at > 0)
    lengths = np.array([len(each) for each in new], np.intp)
    arrays["core_symbol"] = np.insert(
        arrays["core_symbol"], np.repeat(starts, lengths), np.array(numbers, np.uint16)
    )
    arrays["core_length"] = np.insert(arrays["core_length"], at, lengths.astype(np.uint8))
    for name in ("node_core", "former_core", "parent_core"):
        arrays[name] = _moved(arrays[name], at)
    return Gazetteer(replace(places.packed, arrays=arrays | symbols))


def _spelled(places: Gazetteer, names: Sequence[str]) -> tuple[list[int], dict[str, Rows]]:
    """The symbols of new cores, and the arrays of symbols with those that were lacking."""
    arrays = places.packed.arrays
    known: dict[str, int] = {}
    for number, char in enumerate(places.symbols.characters):
        known.setdefault(char, number)
    lacking = list(dict.fromkeys(char for name in names for char in name if char not in known))
    known |= {char: len(places.symbols.characters) + at for at, char in enumerate(lacking)}
    readings = [char_readings(simplified(char)) or (UNREAD,) for char in lacking]
    flat = np.array([one for each in readings for one in each], np.uint16)
    ends = len(arrays["symbol_reading"]) + np.cumsum([len(each) for each in readings])
    return [known[char] for name in names for char in name], {
        "symbol_character": np.append(
            arrays["symbol_character"], np.array([ord(each) for each in lacking], np.uint32)
        ),
        "symbol_reading": np.append(arrays["symbol_reading"], flat),
        "symbol_reading_end": np.append(arrays["symbol_reading_end"], ends.astype(np.uint32)),
    }


def _with_nodes(
    places: Gazetteer, added: Sequence[AddedPlace], parents: Rows, suffixes: Sequence[str]
) -> Gazetteer:
    """With one node right behind each parent: before its own divisions, which are of higher levels."""
    arrays, facts = dict(places.packed.arrays), dict(places.packed.facts)
    numbers = {
        suffix: at for at, suffix in enumerate(dict.fromkeys((*facts["suffixes"], *suffixes)))
    }
    cores = [places.find_core(core(each.name)) for each in added]
    at = parents + 1
    for name, rows in (
        ("node_level", [HAMLET] * len(added)),
        ("node_core", cores),
        ("node_suffix", [numbers[each] for each in suffixes]),
    ):
        arrays[name] = np.insert(arrays[name], at, np.array(rows).astype(arrays[name].dtype))
    for name in ("former_node", "parent_node"):
        arrays[name] = _moved(arrays[name], np.sort(at))
    return Gazetteer(PackedArrays(arrays, facts | {"suffixes": list(numbers)}))


def _moved(numbers: Rows, inserted: Rows) -> Rows:
    """The new numbers of rows, after others were inserted before the rows `inserted` (sorted)."""
    moved = numbers + np.searchsorted(inserted, numbers, side="right")
    result: Rows = moved.astype(numbers.dtype)
    return result
