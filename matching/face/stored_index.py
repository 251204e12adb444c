"""A gallery as a stream of bytes: a header, the ids, the marks, and the vectors or the scan."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching.errors import BadModelError
from matching.face.columns import FaceColumns
from matching.face.exact_index import ExactIndex
from matching.face.faiss_index import FaissScan
from matching.face.id_column import IdColumn
from matching.face.layered_index import LayeredIndex
from matching.face.scanned_faces import ScannedFaces

Write = Callable[[bytes], int]
"""Takes bytes and says how many it took: all of them."""

Read = Callable[[int], bytes]
"""Gives at most so many bytes; none at the end."""

_HEADER_BYTES: Final = 256
_BLOCK_BYTES: Final = 1 << 20
_VECTOR: Final = np.dtype("<f4")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Header:
    faces: int
    dim: int
    face_id_bytes: int
    owner_id_bytes: int
    is_scan: bool


def write_index(index: LayeredIndex, write: Write) -> None:
    """Hand the whole gallery to `write`, in blocks; nobody who was removed is in it."""
    whole = index.compacted()
    columns = whole.beside.columns if whole.base is None else whole.base.columns
    header = _Header(
        faces=columns.size,
        dim=columns.dim,
        face_id_bytes=columns.face_ids.stored.itemsize,
        owner_id_bytes=columns.owner_ids.stored.itemsize,
        is_scan=whole.base is not None,
    )
    write(json.dumps(asdict(header)).encode().ljust(_HEADER_BYTES))
    for column in (columns.face_ids.stored, columns.owner_ids.stored, columns.is_poor):
        _write_array(column, write)
    if whole.base is None:
        _write_array(columns.vectors.astype(_VECTOR), write)
    else:
        whole.base.scan.write_to(write)


def read_index(read: Read, kind: type[LayeredIndex] = LayeredIndex) -> LayeredIndex:
    """What `write_index` wrote.

    Raises:
        BadModelError: these are not the bytes of a gallery.
    """
    header = _header(_exactly(read, _HEADER_BYTES))
    face_ids = IdColumn.from_bytes(
        _exactly(read, header.faces * header.face_id_bytes), header.face_id_bytes
    )
    owner_ids = IdColumn.from_bytes(
        _exactly(read, header.faces * header.owner_id_bytes), header.owner_id_bytes
    )
    is_poor = np.frombuffer(_exactly(read, header.faces), dtype=np.bool_)
    scan = FaissScan.read_from(read) if header.is_scan else None
    vectors = _vectors(read, header) if scan is None else scan.around
    if vectors.shape != (header.faces, header.dim):
        raise BadModelError("a face snapshot has not as many vectors as faces")
    columns = FaceColumns(face_ids=face_ids, owner_ids=owner_ids, is_poor=is_poor, vectors=vectors)
    if scan is None:
        return kind(ExactIndex(columns))
    return kind(ExactIndex(FaceColumns.empty()), ScannedFaces.around(scan, columns))


def _header(data: bytes) -> _Header:
    try:
        header = _Header(**json.loads(data))
    except (ValueError, TypeError) as error:
        raise BadModelError("a face snapshot does not begin as one") from error
    return header


def _vectors(read: Read, header: _Header) -> NDArray[np.floating]:
    data = _exactly(read, header.faces * header.dim * _VECTOR.itemsize)
    return np.frombuffer(data, dtype=_VECTOR).reshape(header.faces, header.dim)


def _write_array(array: NDArray[np.generic], write: Write) -> None:
    data = np.ascontiguousarray(array).view(np.uint8).reshape(-1)
    for start in range(0, data.size, _BLOCK_BYTES):
        write(data[start : start + _BLOCK_BYTES].tobytes())


def _exactly(read: Read, count: int) -> bytes:
    parts, missing = [], count
    while missing:
        part = read(min(missing, _BLOCK_BYTES))
        if not part:
            raise BadModelError("a face snapshot ends too early")
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)
