"""Face vectors: checked float32 arrays, their stored form, and the distance between two."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching.errors import BadEmbeddingError

Vector = NDArray[np.float32]
"""Components of one face, shape (dim,), finite and not all zero."""

_STORED: Final = np.dtype("<f4")


def checked(components: Sequence[float] | NDArray[np.floating], dim: int | None = None) -> Vector:
    """A contiguous float32 copy of `components`, shape (dim,).

    Raises:
        BadEmbeddingError: not one-dimensional, empty, not `dim` long, not finite, or all zeros.
    """
    # Overflow to infinity is reported below, as what it is: not a face vector.
    with np.errstate(over="ignore"):
        vector = np.array(components, dtype=np.float32)
    if vector.ndim != 1 or not vector.size:
        raise BadEmbeddingError("a face vector is a non-empty row of numbers")
    if dim is not None and vector.size != dim:
        raise BadEmbeddingError(f"a face vector of {dim} numbers was expected, got {vector.size}")
    if not np.isfinite(vector).all():
        raise BadEmbeddingError("a face vector must be finite")
    if not vector.any():
        raise BadEmbeddingError("a face vector must not be all zeros")
    return vector


def checked_rows(vectors: Sequence[NDArray[np.floating]]) -> NDArray[np.float32]:
    """A float32 copy of these vectors below each other, shape (vectors, dim).

    Raises:
        BadEmbeddingError: they differ in length, or one of them is what `checked` refuses.
    """
    if not vectors:
        return np.empty((0, 0), dtype=np.float32)
    checked(vectors[0])
    if len({vector.shape for vector in vectors}) > 1:
        raise BadEmbeddingError("face vectors of one gallery have one length")
    with np.errstate(over="ignore"):
        rows = np.array(vectors, dtype=np.float32)
    if not np.isfinite(rows).all():
        raise BadEmbeddingError("a face vector must be finite")
    if not rows.any(axis=1).all():
        raise BadEmbeddingError("a face vector must not be all zeros")
    return rows


def pack(components: Sequence[float] | NDArray[np.floating]) -> bytes:
    """Little-endian float32 components, 4 bytes each. Raises BadEmbeddingError."""
    return checked(components).astype(_STORED).tobytes()


def unpack(stored: bytes, dim: int | None = None) -> Vector:
    """The vector that `pack` stored. Raises BadEmbeddingError, also for a torn value."""
    if len(stored) % _STORED.itemsize:
        raise BadEmbeddingError("a stored face vector has 4 bytes per number")
    return checked(np.frombuffer(stored, dtype=_STORED), dim)


def distance(
    a: Sequence[float] | NDArray[np.floating], b: Sequence[float] | NDArray[np.floating]
) -> float:
    """Euclidean (not squared) distance between two vectors of one model. Raises BadEmbeddingError."""
    first = checked(a)
    second = checked(b, first.size)
    return float(np.linalg.norm(first.astype(np.float64) - second.astype(np.float64)))
