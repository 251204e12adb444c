"""What the written character says beyond its Mandarin syllable: who hears as the speaker does writes by that.

福, 扶 and 符 are one syllable in Mandarin. A Cantonese takes 湖 for 扶 and never for 福, which ends in -k there.
`heard_classes.bin` is learned by `scripts/learn_dialects.py`, which describes the format.
"""

import json
import lzma
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching.dialect.groups import dialect_groups, group_numbers
from matching.text.sound_classes import sound_classes
from matching.text.syllables import syllable_table

Numbers = NDArray[np.intp]
Chances = NDArray[np.float32]

#: Nats for one step of a stored cost.
CLASS_COST_STEP: Final = 0.1
#: The share of writers who hear as the speaker does; to the others the characters of a syllable are alike. A house
#: figure: on a fold of the learning points 0.6, 0.7 and 0.9 were compared and hit alike.
_SAME_EARS: Final = 0.7
#: Below about this chance of the syllable its characters are taken for alike.
_TOO_RARE: Final = 0.003


@dataclass(frozen=True, slots=True, eq=False)
class HeardClasses:
    """Entries P(class written | class meant, group, misheard), flat arrays of one length, by `written`."""

    groups: Numbers
    #: Numbers of classes, from 0.
    meant: Numbers
    written: Numbers
    chances: Chances
    #: P(class | its Mandarin syllable) of a written character, shape (J,); 0 where no common one is in it.
    shares: Chances
    #: Where the entries of each written class start; one more for the end of the last.
    starts: Numbers


@cache
def heard_classes() -> HeardClasses:
    """The entries of `heard_classes.bin`."""
    packed = files("matching.dialect").joinpath("heard_classes.bin").read_bytes()
    line, _, body = packed.partition(b"\n")
    header = json.loads(line)
    raw, size = lzma.decompress(body), int(header["classes"])
    counts = np.frombuffer(raw, "u1", size).astype(np.intp)
    offset, parts = size, []
    for group in header["groups"]:
        lengths = np.frombuffer(raw, "<u2", size, offset)
        count, offset = int(lengths.sum()), offset + 2 * size
        written = np.frombuffer(raw, "<u2", count, offset).astype(np.intp)
        steps = np.frombuffer(raw, "u1", count, offset + 2 * count).astype(np.intp)
        offset += 3 * count
        number = np.full(count, group_numbers()[group])
        parts.append((number, np.repeat(np.arange(size), lengths), written, steps))
    groups, meant, written, steps = (np.concatenate(each) for each in zip(*parts, strict=True))
    order = np.argsort(written, kind="stable")
    return HeardClasses(
        groups=groups[order],
        meant=meant[order],
        written=written[order],
        chances=np.exp(-CLASS_COST_STEP * steps[order]).astype(np.float32),
        shares=_shares(counts),
        starts=np.searchsorted(written[order], np.arange(size + 1)),
    )


def _shares(counts: Numbers) -> Chances:
    syllables = _class_syllables()
    totals = np.bincount(syllables, counts, len(syllable_table()))
    shares: Chances = (counts / np.maximum(totals[syllables], 1)).astype(np.float32)
    return shares


def _class_syllables() -> Numbers:
    return sound_classes().syllables[len(syllable_table()) :]


def lift_of_class(row: int, backing_off: Chances) -> Chances:
    """P(written by a character of this class | meant, this syllable heard) / P(... | this syllable), shape (G, K).

    `row`: of `sound_classes`, not a syllable as a whole. `backing_off`: how much each group (row) takes from the
    figures of each group, shape (G, G). 1 where the class says nothing.
    """
    whole, table = len(syllable_table()), heard_classes()
    lift = np.ones((len(dialect_groups()), len(sound_classes().syllables)), np.float32)
    share = float(table.shares[row - whole])
    if not share:
        return lift
    sisters = np.flatnonzero(_class_syllables() == _class_syllables()[row - whole])
    # Classes stand by their syllables, so that those of one are neighbours.
    own, every = (
        _entries(first, last + 1)
        for first, last in ((row - whole, row - whole), (int(sisters[0]), int(sisters[-1])))
    )
    own, every = (np.einsum("gh,hk->gk", backing_off, each) for each in (own, every))
    chance = (own + _TOO_RARE * share) / (every + _TOO_RARE)
    lift[:, whole:] = 1 - _SAME_EARS + _SAME_EARS * chance / share
    return lift


def _entries(first: int, last: int) -> Chances:
    """P(a class of `first` to `last` written | class meant, group), shape (G, J)."""
    table = heard_classes()
    at = slice(*table.starts[[first, last]].tolist())
    size = len(table.shares)
    places = table.groups[at] * size + table.meant[at]
    sums = np.bincount(places, table.chances[at], len(dialect_groups()) * size)
    return sums.reshape(-1, size).astype(np.float32)
