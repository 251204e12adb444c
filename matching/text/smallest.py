"""The smallest few of many numbers, without sorting the many."""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

#: Block minima first: a pass over memory, and a bound for the rest.
_BLOCK: Final = 64


def smallest(costs: NDArray[np.floating[Any]], count: int) -> NDArray[np.intp]:
    """Where the `count` smallest finite values are, smallest first, ties in order of place.

    Ties with the last one are dropped from the end, so the answer never depends on chance.
    """
    if count <= 0 or not len(costs):
        return np.empty(0, np.intp)
    bound = _bound(costs, count)
    found = np.flatnonzero(costs <= bound)
    found = found[np.isfinite(costs[found])]
    order = np.argsort(costs[found], kind="stable")[:count]
    best: NDArray[np.intp] = found[order]
    return best


def _bound(costs: NDArray[np.floating[Any]], count: int) -> float:
    """A value that at least `count` elements do not exceed: the count-th smallest block minimum.

    With too few blocks for that, the count-th smallest element itself.
    """
    whole = len(costs) // _BLOCK * _BLOCK
    few = whole // _BLOCK <= count
    values = costs if few else costs[:whole].reshape(-1, _BLOCK).min(1)
    if len(values) <= count:
        return np.inf
    return float(np.partition(values, count - 1)[count - 1])
