"""What one line of a benchmark's report says, and how two sides are timed."""

import statistics
import time
from collections.abc import Callable
from typing import Any


def row(
    metric: str,
    unit: str,
    ours: float,
    peer: float | None = None,
    peer_name: str | None = None,
) -> dict[str, Any]:
    """A line; `ratio` is how many times more the peer needs."""
    return _line(metric, unit, (ours, peer), peer_name, peer / ours if peer else None)


def share_row(metric: str, ours: float, peer: float, peer_name: str) -> dict[str, Any]:
    """A line about shares found; `ratio` is how many times more are found, None beside nothing."""
    return _line(metric, "", (ours, peer), peer_name, ours / peer if peer else None)


def _line(
    metric: str,
    unit: str,
    both: tuple[float, float | None],
    peer_name: str | None,
    ratio: float | None,
) -> dict[str, Any]:
    ours, peer = both
    return {
        "metric": metric,
        "unit": unit,
        "ours": ours,
        "peer": peer,
        "peer_name": peer_name,
        "ratio": ratio,
    }


def milliseconds(call: Callable[[], object]) -> float:
    """How long one call takes."""
    begun = time.perf_counter()
    call()
    return (time.perf_counter() - begun) * 1000


def interleaved(
    ours: Callable[[], object], theirs: Callable[[], object], runs: int
) -> tuple[float, float]:
    """Median milliseconds per call of both, measured in turns."""
    mine: list[float] = []
    peer: list[float] = []
    for _ in range(runs):
        mine.append(milliseconds(ours))
        peer.append(milliseconds(theirs))
    return statistics.median(mine), statistics.median(peer)
