"""How likely somebody names a division, when the right one is each place of a column.

Somebody whose place is h names a division t of some level. Most name one that h lies in, some one
that parts from h at a village, town, county, city or province (`policy.toml`); which of the
divisions that part there is anybody's guess, so each has an equal share.
"""

from collections.abc import Sequence

import numpy as np

from matching.compare.likelihood import Floats
from matching.registry.places import EVERY, PlaceColumn
from matching.text.gazetteer import LEVELS


def agreement(
    node: int, column: PlaceColumn, parts: Sequence[float], places: slice = EVERY
) -> Floats:
    """P(this division is named | the right one is each of these places of the column, its level said).

    `parts`: the chance to part at each level, province first.
    """
    level = int(column.places.levels[node])
    shared, counts = column.shared(node, places), column.counts(level)[places]
    levels = column.levels[places]
    rows = np.arange(len(shared))
    # A place is known down to its own level only; nothing parts below that.
    whole = np.minimum(level, levels) + 1
    beside = counts[rows, shared] - counts[rows, np.minimum(shared + 1, len(LEVELS))]
    chance = np.array([*parts, 0.0])[shared] / np.maximum(beside, 1)
    left = 1 - np.concatenate(([0.0], np.cumsum(parts)))[whole]
    inside = np.where(levels >= level, 1, np.maximum(counts[rows, whole], 1))
    found: Floats = np.where(shared >= whole, left / inside, chance)
    return found
