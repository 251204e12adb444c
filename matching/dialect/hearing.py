"""What ears that know Mandarin only make of a group's sounds: the initial and the final of a syllable apart.

`hearing.bin` is learned by `scripts/learn_hearing.py`, which has the formula and the format. The table of mergers
(`matrices`) says what somebody who knows the dialect may take a name for; this one what a stranger writes.
"""

import zlib
from functools import cache
from importlib.resources import files
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching.dialect.groups import dialect_groups
from matching.text.sound_classes import sound_classes
from matching.text.syllables import syllable_table

Numbers = NDArray[np.intp]
#: Nats for one step of a stored cost.
HEARING_STEP: Final = 0.1
#: What is rarer is as rare as this many steps.
LARGEST_STEP: Final = 50
#: P(what is written has nothing to do with what was said), and the chance of a syllable then. House figures; 0.05,
#: 0.1 and 0.2 were compared on folds of the learning part and hit alike.
_ANYTHING, _ANY_SYLLABLE = 0.1, 0.01


@cache
def heard_parts() -> tuple[Numbers, Numbers]:
    """Of each syllable of the table the number of its initial and of its final, in alphabetical order."""
    initials, finals = (
        np.unique([getattr(each, part) for each in syllable_table()], return_inverse=True)[1]
        for part in ("initial", "final")
    )
    return initials, finals


def heard_by_strangers(heard: int, row: int) -> NDArray[np.float64]:
    """P(heard syllable | sound meant, group), shape (G,); `row` as in `sound_classes`."""
    costs = [table[part[heard], row] for table, part in zip(_tables(), heard_parts(), strict=True)]
    both = np.exp(-HEARING_STEP * np.add(*costs, dtype=np.float64))
    chances: NDArray[np.float64] = (1 - _ANYTHING) * both + _ANYTHING * _ANY_SYLLABLE
    return chances


@cache
def _tables() -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Steps of cost, shapes (initials, K, G) and (finals, K, G)."""
    packed = files("matching.dialect").joinpath("hearing.bin").read_bytes().partition(b"\n")[2]
    body = np.frombuffer(zlib.decompress(packed), "u1")
    shape = len(sound_classes().syllables), len(dialect_groups())
    sizes = [int(part.max()) + 1 for part in heard_parts()]
    initials, finals = np.split(body, [sizes[0] * shape[0] * shape[1]])
    return initials.reshape(sizes[0], *shape), finals.reshape(sizes[1], *shape)
