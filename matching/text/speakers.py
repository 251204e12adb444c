"""Who may be speaking: groups of people who mishear, and live, each in their own way."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if (
    TYPE_CHECKING
):  # the gazetteer's symbols are scored by sound matrices, which bring their speakers
    from matching.text.gazetteer import Gazetteer

Chances = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Speakers:
    """A posterior over G groups; K and S as in `sound_classes`."""

    #: What pages call each group.
    names: tuple[str, ...]
    #: Shape (G,), summing to 1.
    weights: Chances
    #: Row of what was heard, a syllable or the class of the character written for it -> P(heard | sound meant, group)
    #: of that syllable, weighed by what the class says; shape (G, K).
    chances: Callable[[int], Chances]
    #: By county (`Gazetteer.upper`): how many times likelier than anybody else a speaker of the group is
    #: to be from there, shape (U, G).
    homes: Callable[["Gazetteer"], Chances]
