"""What a mishearing costs when something is known about how a person speaks.

`mergers.bin` is learned by `scripts/learn_dialects.py`, which describes the channel and the format. A group's
own figures are backed off to its family's, to all groups', to the built-in confusions and to anything at all.
"""

import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching.dialect.geography import homes
from matching.dialect.groups import dialect_groups, group_numbers
from matching.errors import BadFactError
from matching.text.gazetteer import Gazetteer
from matching.text.sound_classes import sound_classes
from matching.text.sound_costs import SoundCosts, built_in_costs
from matching.text.speakers import Speakers
from matching.text.syllables import UNREAD, syllable_table

Numbers = NDArray[np.intp]
Chances = NDArray[np.float32]
Posterior = tuple[tuple[str, float], ...]

#: Nats for one step of a stored cost; 255 steps are 7.65 nats.
COST_STEP: Final = 0.03
#: Where a misheard syllable comes from: the group's figures, its family's, all groups', the built-in table,
#: anything at all. By expectation-maximisation on a fold of the learning points (their counties left out),
#: the mean over groups.
_OWN, _FAMILY, _ALL, _PLAIN, _ANYTHING = 0.50, 0.20, 0.22, 0.055, 0.025
#: P(a syllable is heard as it was meant), by somebody who does not know the dialect. A house figure: readings
#: say what a syllable is misheard as, not how often. 0.1, 0.25 and 0.4 were compared on the same fold, where
#: every syllable is misheard, and hit alike; real talks are kinder.
_HEARD_RIGHT: Final = 0.25
#: P(somebody whose dialect is known speaks to be understood, so that no more is misheard than anywhere): names
#: that were heard well have to come first whatever the dialect. A house figure.
_PLAINLY: Final = 0.35
_UNIFIED: Final = "southwest"
_STANDARD: Final = "beijing"


@dataclass(frozen=True, slots=True, eq=False)
class Mergers:
    """What was learned: entries P(heard | row, group, misheard), flat arrays of one length, by `heard`."""

    version: str
    groups: Numbers
    #: As in `sound_classes`.
    rows: Numbers
    heard: Numbers
    chances: Chances
    #: Where the entries of each heard syllable start; one more for the end of the last.
    starts: Numbers

    @property
    def known(self) -> NDArray[np.bool_]:
        """Which groups have entries, shape (G,)."""
        return np.isin(np.arange(len(dialect_groups())), self.groups)


@cache
def built_in_mergers() -> Mergers:
    """The entries of `mergers.bin`."""
    line, _, body = files("matching.dialect").joinpath("mergers.bin").read_bytes().partition(b"\n")
    header = json.loads(line)
    parts = _entries(zlib.decompress(body), header["groups"], header["rows"])
    groups, rows, heard, steps = (np.concatenate(each) for each in zip(*parts, strict=True))
    order = np.argsort(heard, kind="stable")
    return Mergers(
        version=header["version"],
        groups=groups[order],
        rows=rows[order],
        heard=heard[order],
        chances=np.exp(-COST_STEP * steps[order]).astype(np.float32),
        starts=np.searchsorted(heard[order], np.arange(len(syllable_table()) + 1)),
    )


def _entries(body: bytes, groups: Sequence[str], size: int) -> Iterator[tuple[Numbers, ...]]:
    """Group numbers, rows, heard syllables and cost steps of each group."""
    offset = 0
    for group in groups:
        lengths = np.frombuffer(body, "<u2", size, offset)
        count = int(lengths.sum())
        heard = np.frombuffer(body, "<u2", count, offset + 2 * size).astype(np.intp)
        steps = np.frombuffer(body, "u1", count, offset + 2 * (size + count)).astype(np.intp)
        rows = np.repeat(np.arange(size), lengths)
        yield np.full(count, group_numbers()[group]), rows, heard, steps
        offset += 2 * size + 3 * count


@lru_cache(maxsize=128)
def chances_by_group(heard: int) -> Chances:
    """P(heard syllable | sound meant) for every group, shape (G, K)."""
    mergers = built_in_mergers()
    at = slice(*mergers.starts[heard : heard + 2].tolist())
    learned = np.zeros((len(dialect_groups()), len(sound_classes().syllables)), np.float32)
    learned[mergers.groups[at], mergers.rows[at]] = mergers.chances[at]
    # Not `@`: for so small a product the threads of a BLAS cost more than they do.
    chances: Chances = np.einsum("gh,hk->gk", _backing_off(), learned)
    chances += _without_readings()[:, heard]
    return chances


def _chances(weights: Chances) -> NDArray[np.float64]:
    """P(heard | sound meant) for the groups together, shape (K, S); `weights` (G,) sum to 1."""
    mergers, plain = built_in_mergers(), _without_readings()
    entries = (weights @ _backing_off())[mergers.groups] * mergers.chances
    places = mergers.rows * plain.shape[1] + mergers.heard
    learned = np.bincount(places, entries, plain.size).reshape(plain.shape)
    chances = learned + plain
    normal = chances / np.maximum(chances.sum(1, keepdims=True), 1)
    mixed: NDArray[np.float64] = (1 - _PLAINLY) * normal + _PLAINLY * np.exp(
        -built_in_costs().costs
    )
    return mixed


@cache
def _backing_off() -> Chances:
    """How much each group (row) takes from the entries of each group (column), shape (G, G)."""
    known = built_in_mergers().known
    families = np.array([group.family for group in dialect_groups()])
    family = (families[:, None] == families) * known
    family = family / np.maximum(family.sum(1, keepdims=True), 1)
    own = np.where(known[:, None], np.eye(len(known)), family)
    mixed = _OWN * own + _FAMILY * family + _ALL * known / known.sum()
    shares: Chances = ((1 - _HEARD_RIGHT) * mixed).astype(np.float32)
    return shares


@cache
def _without_readings() -> Chances:
    """What needs no learning: heard right, the built-in confusions, anything at all; shape (K, S)."""
    syllables, plain = sound_classes().syllables, np.exp(-built_in_costs().costs)
    rows = np.arange(len(syllables))
    misheard = plain.copy()
    misheard[rows, syllables] = 0
    misheard *= _PLAIN / misheard.sum(1, keepdims=True)
    chances: Chances = (1 - _HEARD_RIGHT) * (misheard + _ANYTHING / plain.shape[1])
    chances[rows, syllables] = _HEARD_RIGHT
    chances[syllables == UNREAD] = plain[UNREAD]
    return chances


def dialect_costs(group: str) -> SoundCosts:
    """The matrix for one group; `southwest` is the mean of its five parts.

    Raises:
        BadFactError: no such group.
    """
    if group == _STANDARD:  # the standard is spoken there: nothing merges
        return built_in_costs()
    parts = [
        each.id
        for each in dialect_groups()
        if each.id == group or (group == _UNIFIED and each.id.startswith(f"{_UNIFIED}-"))
    ]
    if not parts:
        raise BadFactError("unknown dialect group")
    return costs_of_posterior(tuple((part, 1 / len(parts)) for part in parts))


def costs_without_dialect() -> SoundCosts:
    """The matrix when nothing is known: every group as likely as any other."""
    groups = [each.id for each in dialect_groups()]
    return costs_of_posterior(tuple((group, 1 / len(groups)) for group in groups))


@lru_cache(maxsize=32)
def costs_of_posterior(posterior: Posterior) -> SoundCosts:
    """One matrix for a posterior over groups, weighted by it, and the groups it is made of; weights sum to 1."""
    numbers = np.array([group_numbers()[group] for group, _ in posterior], np.intp)
    weights = np.array([weight for _, weight in posterior], np.float32)
    plain = built_in_costs()
    return SoundCosts.from_chances(
        _chances(np.bincount(numbers, weights, len(dialect_groups())).astype(np.float32)),
        version=f"{built_in_mergers().version}+{plain.version}",
        dropped=float(np.exp(-plain.dropped)),
        inserted=float(np.exp(-plain.inserted)),
        speakers=_speakers(numbers, weights),
    )


def _speakers(numbers: Numbers, weights: Chances) -> Speakers:
    """The groups, and last somebody of any of them who speaks to be understood."""

    def chances(heard: int) -> Chances:
        plain = np.exp(-built_in_costs().costs[:, heard])
        return np.vstack((chances_by_group(heard)[numbers], plain))

    def homes_of(places: Gazetteer) -> Chances:
        own = homes(places)[:, numbers]
        return np.column_stack((own, own @ weights))

    return Speakers(
        names=(*(dialect_groups()[number].name for number in numbers.tolist()), ""),
        weights=np.append(weights * (1 - _PLAINLY), _PLAINLY).astype(np.float32),
        chances=chances,
        homes=homes_of,
    )
