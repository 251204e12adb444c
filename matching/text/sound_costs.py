"""What a mishearing costs: -ln P(heard syllable | meant syllable), as one matrix.

Searches take the matrix as an argument. The built-in one is made of the commented table
`confusions.toml`; matrices learned from dialect readings have the same shape. What was meant is a
syllable as a whole or one of its `sound_classes`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching.errors import BadFactError
from matching.text.confusions import Confusion, Confusions, built_in_confusions
from matching.text.sound_classes import sound_classes
from matching.text.speakers import Speakers
from matching.text.syllables import UNREAD, syllable_numbers, syllable_table

Matrix = NDArray[np.float64]

#: Rounding of a row's sum that is no mistake.
_SLACK: Final = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SoundCosts:
    """Costs in nats. `costs[meant, heard]` is float32 of shape (K, S), rows as in `sound_classes`."""

    version: str
    costs: NDArray[np.float32]
    #: A syllable of the name that was not heard, and one that was heard beside it.
    dropped: float
    inserted: float
    #: The kinds of speakers of whom the matrix is the mean; None when it speaks of nobody in particular.
    speakers: Speakers | None = None

    @classmethod
    def from_chances(
        cls,
        chances: Matrix,
        *,
        version: str,
        dropped: float,
        inserted: float,
        speakers: Speakers | None = None,
    ) -> "SoundCosts":
        """From P(heard | meant), shape (K, S), each row summing to at most 1 and nowhere 0.

        Raises:
            BadFactError: another shape, a chance outside (0, 1], or a row that sums to more than 1.
        """
        if chances.shape != (len(sound_classes().syllables), len(syllable_table())):
            raise BadFactError(
                "a sound matrix needs a row for each sound, a column for each syllable"
            )
        if not ((chances > 0) & (chances <= 1)).all() or (chances.sum(1) > 1 + _SLACK).any():
            raise BadFactError("a sound matrix holds chances, and no row sums to more than 1")
        return cls(
            version=version,
            costs=np.ascontiguousarray(-np.log(chances), dtype=np.float32),
            dropped=float(-np.log(dropped)),
            inserted=float(-np.log(inserted)),
            speakers=speakers,
        )


@cache
def built_in_costs() -> SoundCosts:
    """The matrix of `confusions.toml`."""
    return costs_from_confusions(built_in_confusions())


def costs_from_confusions(table: Confusions) -> SoundCosts:
    """P(heard | meant) = (1 - tail) * initial * final over syllables that exist, plus the tail."""
    rules = _by_parts(table)
    numbers = syllable_numbers()
    for each in table.syllables:
        one, other = (numbers[name] for name in each.pair)
        rules[one, other] += each.chance
        rules[other, one] += each.chance
    rules[UNREAD, 1:] = 1.0
    rules /= rules.sum(1, keepdims=True)
    return SoundCosts.from_chances(
        ((1 - table.tail) * rules + table.tail * _tail(table))[sound_classes().syllables],
        version=table.version,
        dropped=table.dropped,
        inserted=table.inserted,
    )


def _by_parts(table: Confusions) -> Matrix:
    """Chance by initial times chance by final; what is no syllable drops out."""
    syllables = syllable_table()
    by_initial = part_chances([each.initial for each in syllables], table.initials)
    by_final = part_chances([each.final for each in syllables], table.finals)
    chances = by_initial * by_final
    chances[UNREAD, :] = chances[:, UNREAD] = 0.0
    return chances


def part_chances(of: Sequence[str], confusions: Iterable[Confusion]) -> Matrix:
    """P(part heard | part meant) for each pair of syllables, shape (S, S); `of` has the part of each syllable."""
    parts = {part: number for number, part in enumerate(dict.fromkeys(of))}
    chances = np.zeros((len(parts), len(parts)))
    for each in confusions:
        one, other = (parts[name] for name in each.pair)
        chances[one, other] = chances[other, one] = each.chance
    np.fill_diagonal(chances, np.maximum(1 - chances.sum(1), 0.1))
    index = np.array([parts[part] for part in of])
    spread: Matrix = chances[np.ix_(index, index)]
    return spread


def _tail(table: Confusions) -> Matrix:
    """The chance that anything at all is heard, a little more often with one part kept."""
    syllables = syllable_table()
    keeps_initial = _same([each.initial for each in syllables])
    keeps_final = _same([each.final for each in syllables])
    anything = np.full_like(keeps_initial, 1 / len(syllables))
    rest = 1 - table.tail_keeps_initial - table.tail_keeps_final
    return (
        table.tail_keeps_initial * keeps_initial
        + table.tail_keeps_final * keeps_final
        + rest * anything
    )


def _same(parts: list[str]) -> Matrix:
    labels = np.array(parts)
    same = (labels[:, None] == labels[None, :]).astype(np.float64)
    shares: Matrix = same / same.sum(1, keepdims=True)
    return shares
