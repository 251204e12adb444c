"""Several named arrays in one file that is mapped, not read: tables of facts, shipped as data.

Layout: 8 bytes magic, 4 bytes little-endian length of a JSON header, the header, then each array
at a multiple of 64 bytes. The same arrays and facts give the same bytes.
"""

import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from matching.errors import BadFactError

_MAGIC: Final = b"GUITUPA1"
_ALIGN: Final = 64
Arrays = Mapping[str, NDArray[Any]]


@dataclass(frozen=True, slots=True, eq=False)
class PackedArrays:
    """The arrays of one file, read-only, and what the file says about itself."""

    arrays: Arrays
    facts: Mapping[str, Any]


def pack(arrays: Arrays, facts: Mapping[str, Any]) -> bytes:
    """One file's content. Arrays are stored little-endian, in the order given."""
    plain = {name: _little_endian(array) for name, array in arrays.items()}
    rows: list[tuple[str, str, list[int], int]] = []
    offset = 0
    for name, array in plain.items():
        rows.append((name, array.dtype.str, list(array.shape), offset))
        offset = _aligned(offset + array.nbytes)
    header = json.dumps({"facts": dict(facts), "arrays": rows}, ensure_ascii=False).encode()
    start = _aligned(len(_MAGIC) + 4 + len(header))
    body = bytearray(start + offset)
    body[: len(_MAGIC)] = _MAGIC
    struct.pack_into("<I", body, len(_MAGIC), len(header))
    body[len(_MAGIC) + 4 : len(_MAGIC) + 4 + len(header)] = header
    for (_, _, _, at), array in zip(rows, plain.values(), strict=True):
        body[start + at : start + at + array.nbytes] = array.tobytes()
    return bytes(body)


def load_packed(path: Path) -> PackedArrays:
    """Map a file made by `pack`; nothing is read before it is used.

    Raises:
        BadFactError: the file is not one, or is shorter than its header says.
    """
    # A plain array over the map: `np.memmap` itself makes every small slice slow.
    content = np.memmap(path, dtype=np.uint8, mode="r").view(np.ndarray)
    head = len(_MAGIC) + 4
    if len(content) < head or content[: len(_MAGIC)].tobytes() != _MAGIC:
        raise BadFactError("not a file of packed arrays")
    (length,) = struct.unpack("<I", content[len(_MAGIC) : head].tobytes())
    header = json.loads(content[head : head + length].tobytes())
    start = _aligned(head + length)
    arrays = {
        name: _view(content[start + offset :], dtype, tuple(shape))
        for name, dtype, shape, offset in header["arrays"]
    }
    return PackedArrays(arrays, header["facts"])


def _view(content: NDArray[np.uint8], dtype: str, shape: tuple[int, ...]) -> NDArray[Any]:
    kind = np.dtype(dtype)
    count = int(np.prod(shape, dtype=np.int64))
    if len(content) < count * kind.itemsize:
        raise BadFactError("a file of packed arrays is cut short")
    return content[: count * kind.itemsize].view(kind).reshape(shape)


def _little_endian(array: NDArray[Any]) -> NDArray[Any]:
    return np.ascontiguousarray(array, dtype=array.dtype.newbyteorder("<"))


def _aligned(size: int) -> int:
    return -(-size // _ALIGN) * _ALIGN
