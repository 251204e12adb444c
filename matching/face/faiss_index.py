"""A compressed scan over many faces, with FAISS. The only module that imports faiss.

Every face is scanned, so nobody is lost to a bad partition. Vectors are turned onto their principal
axes, the weakest of which are left out; strong and weak axes are paired, so that every pair has
about the same variance, and each pair becomes a 4-bit code (Ge et al., "Optimized product
quantization", CVPR 2013, the parametric solution). The nearest candidates by code are then measured
on half-precision vectors.
"""

from collections.abc import Callable
from typing import Any, Final

import faiss as _faiss
import numpy as np
from numpy.typing import NDArray

from matching.errors import BadEmbeddingError, BadModelError
from matching.face.embedding import Vector
from matching.face.huge_pages import prefer_huge_pages
from matching.face.id_column import Rows

#: Its type stubs lack half of the names.
faiss: Any = _faiss

#: Faces measured again on half-precision vectors. Chosen with 1000 queries to 1 M synthetic faces (not
#: those of the benchmark): of the nearest 50, 0.999 are among the first 860, 0.9998 among 1270.
CANDIDATES: Final = 1300
#: Up to so many faces. In a larger gallery more strangers have codes as near as the nearest faces':
#: candidates grow with the square root of its size.
_CANDIDATES_FOR: Final = 1_000_000
#: Candidates for each face that is asked for, when many are.
_CANDIDATES_EACH: Final = 8
#: Faces from which axes and codes are learnt.
SAMPLE: Final = 65_536
#: Share of the axes that is coded. With 12/16 a scan takes a tenth less, but twice as many candidates
#: have to be measured again for as many to be found.
_CODED: Final = 14 / 16
#: Axes in one 4-bit code.
_PAIR: Final = 2
_CODE_BITS: Final = 4
_LARGEST_HALF: Final = float(np.finfo(np.float16).max)
_HALF_BYTES: Final = 2
#: The middle is rounded to this, so that whole multiples of it stay exact in half precision.
_STEP: Final = 1 / 256


class FaissScan:
    """Vectors by row number. `add` is for the maker only: a served scan never changes."""

    def __init__(self, refine: Any, middle: Vector) -> None:
        self._refine = refine
        #: Taken from every vector: what is left is smaller, and half precision exacter.
        self.middle = middle
        self._halves = faiss.downcast_index(refine.refine_index)

    @classmethod
    def trained(cls, sample: NDArray[np.floating], middle: Vector | None = None) -> "FaissScan":
        """An empty scan for vectors like these, shape (faces, dim); at least 16 of them."""
        dim = sample.shape[1]
        if middle is None:
            middle = (np.round(sample.mean(axis=0) / _STEP) * _STEP).astype(np.float32)
        turn = _turn(sample.astype(np.float64) - middle)
        codes = faiss.IndexPQFastScan(turn.d_out, max(turn.d_out // _PAIR, 1), _CODE_BITS)
        codes.pq.cp.min_points_per_centroid = 1
        halves = faiss.IndexScalarQuantizer(dim, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_L2)
        refine = faiss.IndexRefine(faiss.IndexPreTransform(turn, codes), halves)
        refine.train(np.ascontiguousarray(sample - middle, dtype=np.float32))
        return cls(refine, middle)

    @classmethod
    def read_from(cls, read: Callable[[int], bytes]) -> "FaissScan":
        """What `write_to` wrote; `read(n)` gives at most n bytes, none at the end.

        Raises:
            BadModelError: these are not the bytes of a scan.
        """
        try:
            middle = faiss.read_index(faiss.PyCallbackIOReader(read))
            refine = faiss.read_index(faiss.PyCallbackIOReader(read))
        except RuntimeError as error:
            raise BadModelError("a face snapshot does not hold a scan") from error
        if not isinstance(refine, faiss.IndexRefine) or middle.ntotal != 1:
            raise BadModelError("a face snapshot holds another kind of index")
        return cls(refine, middle.reconstruct(0))

    def write_to(self, write: Callable[[bytes], int]) -> None:
        """Hand the whole scan to `write`, in blocks."""
        middle = faiss.IndexFlatL2(self.middle.size)
        middle.add(self.middle[np.newaxis])
        for each in (middle, self._refine):
            faiss.write_index(each, faiss.PyCallbackIOWriter(write))

    def __reduce__(self) -> tuple[Callable[..., "FaissScan"], tuple[object, ...]]:
        """The index as an array of bytes, which other processes may share until they read it."""
        return _unpickled, (faiss.serialize_index(self._refine), self.middle)

    def add(self, vectors: NDArray[np.floating]) -> None:
        """Add rows at the end, shape (faces, dim). Raises BadEmbeddingError."""
        if vectors.shape[1] != self._refine.d:
            raise BadEmbeddingError("face vectors of one gallery have one length")
        around = np.ascontiguousarray(vectors - self.middle, dtype=np.float32)
        if np.abs(around).max(initial=0.0) > _LARGEST_HALF:
            raise BadEmbeddingError("a face vector is too long for half precision")
        self._refine.add(around)

    def extended(self, vectors: NDArray[np.floating]) -> "FaissScan":
        """A copy with more rows at the end."""
        longer = FaissScan(faiss.clone_index(self._refine), self.middle)
        longer.add(vectors)
        return longer

    def settle(self) -> None:
        """Make it fast to read, once everything was added."""
        for array in (self.around, self._codes()):
            prefer_huge_pages(array)

    @property
    def size(self) -> int:
        """How many rows there are."""
        return int(self._refine.ntotal)

    @property
    def around(self) -> NDArray[np.float16]:
        """Vectors less `middle`, shape (rows, dim): a view that must not outlive this scan."""
        dim = int(self._refine.d)
        count = self.size * dim * _HALF_BYTES
        view: NDArray[np.uint8] = faiss.rev_swig_ptr(self._halves.codes.data(), count)
        return view.view(np.float16).reshape(self.size, dim)

    def _codes(self) -> NDArray[np.uint8]:
        table = faiss.downcast_index(faiss.downcast_index(self._refine.base_index).index).codes
        codes: NDArray[np.uint8] = faiss.rev_swig_ptr(table.get(), table.size())
        return codes

    def nearest(self, query: Vector, count: int) -> tuple[Rows, NDArray[np.float64]]:
        """The nearest rows and their distances, nearest first.

        No row left out is nearer than the last, unless its code is far off so that it was not among
        the candidates. The benchmark says how often that happens.
        """
        count = min(count, self.size)
        usual = CANDIDATES * max(self.size / _CANDIDATES_FOR, 1.0) ** 0.5
        measured = min(max(usual, _CANDIDATES_EACH * count), self.size)
        parameters = faiss.IndexRefineSearchParameters(k_factor=measured / count)
        squares, rows = self._refine.search(
            (query - self.middle)[np.newaxis], count, params=parameters
        )
        found = rows[0] >= 0
        gaps: NDArray[np.float64] = np.sqrt(squares[0][found].astype(np.float64))
        return rows[0][found], gaps


def _unpickled(index: NDArray[np.uint8], middle: Vector) -> FaissScan:
    return FaissScan(faiss.deserialize_index(index), middle)


def _turn(sample: NDArray[np.float64]) -> Any:
    """The linear map from a vector onto its paired principal axes."""
    mean = sample.mean(axis=0)
    variances, axes = np.linalg.eigh(np.cov((sample - mean).T).reshape(sample.shape[1], -1))
    order = _pairs(variances[::-1])
    kept = axes[:, ::-1][:, order]
    turn = faiss.LinearTransform(sample.shape[1], len(order), True)
    faiss.copy_array_to_vector(kept.T.astype(np.float32).ravel(), turn.A)
    faiss.copy_array_to_vector((-mean @ kept).astype(np.float32), turn.b)
    turn.is_trained = True
    return turn


def _pairs(variances: NDArray[np.float64]) -> list[int]:
    """Axes in the order of their codes: the strongest beside the weakest that is kept."""
    width = min(_PAIR, variances.size)
    kept = max(int(variances.size * _CODED) // width * width, width)
    if width == 1:
        return [0]
    half = kept // 2
    return [axis for pair in range(half) for axis in (pair, kept - 1 - pair)]
