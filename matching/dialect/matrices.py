"""What a mishearing costs when something is known about how a person speaks.

`mergers.bin` is learned by `scripts/learn_dialects.py`, which describes the channel and the format.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching.errors import BadFactError
from matching.text.sound_costs import SoundCosts, built_in_costs

Chances = NDArray[np.float64]

#: Nats for one step of a stored cost; 255 steps are 7.65 nats.
COST_STEP: Final = 0.03
#: The name of the mean over all groups in the file.
ALL: Final = "all"
#: Shares of the group and of all groups; the rest is the built-in matrix. These and the flattening were
#: compared on mishearings of a fold of the learning points (their counties left out), never on held-back ones.
_GROUP_SHARE: Final = 0.75
_ALL_SHARE: Final = 0.15
#: Chances are raised to this power: points of a group differ more than their mean says.
#: The simulated mishearings change every character; real ones change fewer, so it is kept moderate.
_FLATTENING: Final = 0.7
_UNIFIED: Final = "southwest"


@dataclass(frozen=True, slots=True)
class Mergers:
    """The learned matrices: group id -> P(heard | meant); rows without data are zero."""

    version: str
    chances: Mapping[str, Chances]


@cache
def built_in_mergers() -> Mergers:
    """The matrices of `mergers.bin`."""
    line, _, body = files("matching.dialect").joinpath("mergers.bin").read_bytes().partition(b"\n")
    header = json.loads(line)
    chances, offset = {}, 0
    for group in header["groups"]:
        chances[group], offset = _matrix(body, offset, header["syllables"])
    return Mergers(header["version"], chances)


def _matrix(body: bytes, offset: int, size: int) -> tuple[Chances, int]:
    lengths = np.frombuffer(body, "<u2", size, offset)
    count = int(lengths.sum())
    columns = np.frombuffer(body, "<u2", count, offset + 2 * size)
    costs = np.frombuffer(body, "u1", count, offset + 2 * (size + count))
    chances = np.zeros((size, size))
    chances[np.repeat(np.arange(size), lengths), columns] = np.exp(-COST_STEP * costs)
    # Rounding may carry a row a little above 1.
    return chances / np.maximum(chances.sum(1, keepdims=True), 1), offset + 2 * size + 3 * count


def dialect_costs(group: str) -> SoundCosts:
    """The matrix for one group; `southwest` is the mean of its five parts.

    Raises:
        BadFactError: no such group.
    """
    known = [each for each in built_in_mergers().chances if each != ALL]
    parts = [g for g in known if g == group or (group == _UNIFIED and g.startswith(f"{_UNIFIED}-"))]
    if group == "beijing":  # the standard is spoken there: nothing merges
        return built_in_costs()
    if not parts:
        raise BadFactError("unknown dialect group")
    return costs_of_posterior(tuple((part, 1 / len(parts)) for part in parts))


def costs_without_dialect() -> SoundCosts:
    """The matrix when nothing is known: every group as likely as any other."""
    return costs_of_posterior(((ALL, 1.0),))


@lru_cache(maxsize=64)
def costs_of_posterior(posterior: tuple[tuple[str, float], ...]) -> SoundCosts:
    """One matrix for a posterior over groups, weighted by it; weights sum to 1."""
    mergers, plain = built_in_mergers(), built_in_costs()
    heard_as = np.exp(-plain.costs.astype(np.float64))
    learned = np.zeros_like(heard_as)
    for group, weight in posterior:
        learned += weight * _filled(mergers.chances.get(group), heard_as)
    everywhere = _filled(mergers.chances[ALL], heard_as)
    rest = 1 - _GROUP_SHARE - _ALL_SHARE
    mixed = (_GROUP_SHARE * learned + _ALL_SHARE * everywhere + rest * heard_as) ** _FLATTENING
    return SoundCosts.from_chances(
        mixed / mixed.sum(1, keepdims=True),
        version=f"{mergers.version}+{plain.version}",
        dropped=float(np.exp(-plain.dropped)),
        inserted=float(np.exp(-plain.inserted)),
    )


def _filled(chances: Chances | None, plain: Chances) -> Chances:
    """Rows that the field data do not have (and groups without a matrix) are the built-in ones."""
    if chances is None:
        return plain
    return np.where(chances.sum(1, keepdims=True) > 0, chances, plain)
