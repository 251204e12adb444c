"""One size of the gallery, measured in a process of its own; prints its figures as JSON."""

import json
import resource
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final, TypeVar

import faiss as _faiss
import numpy as np
from numpy.typing import NDArray

from benchmarks.rows import milliseconds
from casework.search.gallery import GalleryName, OwnerKind
from fixtures.faces import DIMENSIONS, another_photo, synthetic_vectors
from matching.face.columns import FaceColumns
from matching.face.embedding import Vector
from matching.face.id_column import IdColumn
from matching.face.index import FaceRow
from matching.face.layered_index import LayeredIndex
from storage.face_snapshots import SnapshotFolder

#: Its type stubs lack half of the names.
faiss: Any = _faiss

Matrix = NDArray[np.float32]
Figures = dict[str, float]
Nearest = NDArray[np.int64]
T = TypeVar("T")

BLOCK: Final = 100_000
#: Enough to tell a recall of 0.9990 from one of 0.9995; the exact answers of ten million take long.
QUERIES: Final = 1_000
FEWER_QUERIES: Final = 200
#: Chosen when the index was tuned no more; the tuning used another.
QUERY_SEED: Final = 20_261_125
#: Queries that every side is timed with, so many in a turn.
TIMED: Final = 40
TURN: Final = 10
NEAREST: Final = 50
#: Peers are measured up to here; beyond, their memory would be the machine's.
PEERS_UP_TO: Final = 1_000_000
BATCH: Final = 1_000
MB: Final = 1 << 20
HNSW_LINKS: Final = 16
HNSW_BREADTH: Final = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Other photos of some people, and who they are."""

    queries: tuple[Vector, ...]
    mates: tuple[int, ...]


def figures(count: int) -> Figures:
    """Everything that is measured at one size."""
    faiss.omp_set_num_threads(1)
    asked = _asked(count)
    begun = time.perf_counter()
    index = LayeredIndex.of(_parts(count))
    found = {"build_rate": count / (time.perf_counter() - begun)}
    found["ours_ms"] = _median(partial(index.search, k=NEAREST), asked.queries)
    found |= _snapshot_figures(index)
    found["peak_gb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e9
    exact = _exact(count, asked)
    answers = [_people(index, query) for query in asked.queries]
    found |= _found_figures(answers, exact, asked.mates)
    if count <= PEERS_UP_TO:
        found |= _change_figures(index, asked.queries)
        found |= _peer_figures(index, asked, exact)
    return found


def _parts(count: int) -> Iterator[FaceColumns]:
    """The gallery in blocks; person n is called n."""
    for start in range(0, count, BLOCK):
        ids = IdColumn.of([f"{n:032x}" for n in range(start, start + BLOCK)])
        yield FaceColumns(
            face_ids=ids,
            owner_ids=ids,
            is_poor=np.zeros(BLOCK, dtype=np.bool_),
            vectors=_block(start // BLOCK),
        )


def _block(number: int) -> Matrix:
    return synthetic_vectors(BLOCK, seed=number)


def _asked(count: int) -> Asked:
    number = QUERIES if count <= PEERS_UP_TO else FEWER_QUERIES
    mates = np.random.default_rng(QUERY_SEED).integers(0, count, number).tolist()
    blocks: dict[int, Matrix] = {}
    queries: dict[int, Vector] = {}
    for mate in sorted(mates):
        if mate // BLOCK not in blocks:
            blocks = {mate // BLOCK: _block(mate // BLOCK)}
        queries[mate] = another_photo(blocks[mate // BLOCK][mate % BLOCK], seed=QUERY_SEED + mate)
    return Asked(queries=tuple(queries[mate] for mate in mates), mates=tuple(mates))


def _people(index: LayeredIndex, query: Vector) -> list[int]:
    return [int(hit.owner_id, 16) for hit in index.search(query, NEAREST)]


def _exact(count: int, asked: Asked) -> list[list[int]]:
    """The true nearest people of every query, block by block."""
    heaps = faiss.ResultHeap(len(asked.queries), NEAREST)
    matrix = np.stack(asked.queries)
    for number in range(count // BLOCK):
        gaps, rows = faiss.knn(matrix, _block(number), NEAREST)
        heaps.add_result(gaps, rows + number * BLOCK)
    heaps.finalize()
    nearest: list[list[int]] = heaps.I.tolist()
    return nearest


def _found_figures(
    answers: Sequence[Sequence[int]], exact: Sequence[Sequence[int]], mates: Sequence[int]
) -> Figures:
    lost = [
        mate
        for mate, ours, theirs in zip(mates, answers, exact, strict=True)
        if mate in theirs and mate not in ours
    ]
    return {"recall": _recall(answers, exact), "mates_lost": len(lost), "mates": len(mates)}


def _recall(found: Sequence[Sequence[int]], exact: Sequence[Sequence[int]]) -> float:
    shares = [len(set(a) & set(b)) / NEAREST for a, b in zip(found, exact, strict=True)]
    return float(np.mean(shares))


def _snapshot_figures(index: LayeredIndex) -> Figures:
    gallery = GalleryName(kind=OwnerKind.RECORD, model_id="benchmark")
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        snapshots = SnapshotFolder(Path(folder))
        begun = time.perf_counter()
        pin = snapshots.write(gallery, index, generation=1, revision=1)
        written = time.perf_counter()
        if index.size <= PEERS_UP_TO:  # the peak of two galleries would not be one's
            assert snapshots.read(pin).size == index.size
        size = sum(path.stat().st_size for path in Path(folder).iterdir())
        return {
            "save_s": written - begun,
            "load_s": time.perf_counter() - written,
            "stored_mb": size / MB,
        }


def _change_figures(index: LayeredIndex, queries: Sequence[Vector]) -> Figures:
    new = [
        FaceRow(face_id=f"new{n}", owner_id=f"new{n}", vector=vector)
        for n, vector in enumerate(synthetic_vectors(11 * BATCH, seed=10_001))
    ]
    index = index.updated(new[-1:], ())  # the ids are sorted once
    batches = [new[start : start + BATCH] for start in range(BATCH, 11 * BATCH, BATCH)]
    gone = [f"{n:032x}" for n in range(BATCH)]
    calm, during = _while_swapping(index, queries, batches)
    return {
        "add_rate": _rate(new[:BATCH], lambda one, row: one.updated([row], ()), index),
        "add_many_rate": BATCH * _rate(batches, lambda one, rows: one.updated(rows, ()), index),
        "remove_rate": _rate(gone, lambda one, owner: one.updated((), [owner]), index),
        "calm_p99_ms": calm,
        "swap_p99_ms": during,
    }


def _rate(
    items: Sequence[T], change: Callable[[LayeredIndex, T], LayeredIndex], index: LayeredIndex
) -> float:
    """Items a second, each making a new snapshot of the one before."""
    begun = time.perf_counter()
    for item in items:
        index = change(index, item)
    return len(items) / (time.perf_counter() - begun)


def _while_swapping(
    index: LayeredIndex, queries: Sequence[Vector], batches: Sequence[list[FaceRow]]
) -> tuple[float, float]:
    """99th percentiles of a search in peace, and while another thread swaps in new galleries."""
    serving = [index]

    def search(query: Vector) -> float:
        return milliseconds(lambda: serving[0].search(query, NEAREST))

    def swap() -> None:
        for batch in batches:
            serving[0] = serving[0].updated(batch, ())

    calm = [search(query) for query in queries]
    writer = threading.Thread(target=swap)
    writer.start()
    during: list[float] = []
    while writer.is_alive():
        during.append(search(queries[len(during) % len(queries)]))
    return float(np.percentile(calm, 99)), float(np.percentile(during, 99))


def _peer_figures(index: LayeredIndex, asked: Asked, exact: Sequence[Sequence[int]]) -> Figures:
    matrix = np.concatenate([_block(number) for number in range(index.size // BLOCK)])
    flat = faiss.IndexFlatL2(DIMENSIONS)
    flat.add(matrix)
    hnsw = faiss.IndexHNSWFlat(DIMENSIONS, HNSW_LINKS)
    hnsw.hnsw.efSearch = HNSW_BREADTH
    begun = time.perf_counter()
    hnsw.add(matrix)
    rate = len(matrix) / (time.perf_counter() - begun)
    near = [hnsw.search(query[None], NEAREST)[1][0].tolist() for query in asked.queries]
    squares = np.einsum("ij,ij->i", matrix, matrix)
    sides: dict[str, Callable[[Vector], object]] = {
        "ours_ms": lambda q: index.search(q, NEAREST),
        "flat_ms": lambda q: flat.search(q[None], NEAREST),
        "numpy_ms": lambda q: _nearest(squares - 2 * (matrix @ q)),
        "norm_ms": lambda q: _nearest(np.linalg.norm(matrix - q, axis=1)),
        "hnsw_ms": lambda q: hnsw.search(q[None], NEAREST),
    }
    return {
        **_in_turns(sides, asked.queries[:TIMED]),
        "cold_ms": _cold(sides["ours_ms"], lambda: squares.sum() + matrix.sum(), asked.queries),
        "hnsw_recall": _recall(near, exact),
        "hnsw_rate": rate,
        "flat_mb": matrix.nbytes / MB,
    }


def _in_turns(sides: dict[str, Callable[[Vector], object]], queries: Sequence[Vector]) -> Figures:
    """Medians of all sides, some queries each in turn: a busy moment of the machine hits everybody."""
    times: dict[str, list[float]] = {name: [] for name in sides}
    for start in range(0, len(queries), TURN):
        for name, search in sides.items():
            for query in queries[start : start + TURN]:
                times[name].append(_busy_ms(partial(search, query)))
    return {name: float(np.median(each)) for name, each in times.items()}


def _cold(
    search: Callable[[Vector], object], sweep: Callable[[], object], queries: Sequence[Vector]
) -> float:
    """Median of a search right after something else has gone through the caches."""
    times = []
    for query in queries[:TIMED]:
        sweep()
        times.append(_busy_ms(partial(search, query)))
    return float(np.median(times))


def _nearest(distances: Matrix) -> Nearest:
    nearest = np.argpartition(distances, NEAREST)[:NEAREST]
    return nearest[np.argsort(distances[nearest])]


def _median(search: Callable[[Vector], object], queries: Sequence[Vector]) -> float:
    return float(np.median([_busy_ms(partial(search, query)) for query in queries]))


def _busy_ms(call: Callable[[], object]) -> float:
    """Processor time of one call; other processes on the machine do not count."""
    begun = time.thread_time()
    call()
    return (time.thread_time() - begun) * 1000


if __name__ == "__main__":
    sys.stdout.write(json.dumps(figures(int(sys.argv[1]))))
