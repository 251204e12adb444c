"""Runs of rows gathered from a flat array."""

from typing import Any

import numpy as np
from numpy.typing import NDArray


def runs(starts: NDArray[np.integer[Any]], lengths: NDArray[np.integer[Any]]) -> NDArray[np.intp]:
    """The indices of every run, one run after the other.

    `starts`, `lengths`: N first indices and N sizes. runs([5, 9], [2, 1]) is [5, 6, 9].
    """
    sizes = lengths.astype(np.intp)
    ends = np.cumsum(sizes)
    total = int(ends[-1]) if len(ends) else 0
    found: NDArray[np.intp] = np.arange(total) + np.repeat(starts - (ends - sizes), sizes)
    return found
