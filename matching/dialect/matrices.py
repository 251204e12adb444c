"""What a mishearing costs when something is known about how a person speaks.

`mergers.bin` is learned by `scripts/learn_dialects.py`, which describes the channel and the format. A group's
own figures are backed off to its family's, to all groups', to the built-in confusions and to anything at all.
"""

import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching.dialect.geography import homes
from matching.dialect.groups import Posterior, among_groups, dialect_groups, group_numbers
from matching.dialect.heard_classes import lift_of_class
from matching.errors import BadFactError
from matching.text.gazetteer import Gazetteer
from matching.text.sound_classes import sound_classes
from matching.text.sound_costs import SoundCosts, built_in_costs
from matching.text.speakers import Speakers
from matching.text.syllables import UNREAD, syllable_table

Numbers = NDArray[np.intp]
Chances = NDArray[np.float32]
#: The finest share of a group that is told apart.
_SHARES: Final = 40

#: Nats for one step of a stored cost; 255 steps are 7.65 nats.
COST_STEP: Final = 0.03
#: The cost step of what is not known.
_UNKNOWN: Final = 254.5
#: How many points of its own a group's family is worth, where it is said what is heard right.
_FAMILY_POINTS: Final = 3.0
_RIGHT_AT_MOST: Final = 0.97
#: Where a misheard syllable comes from: the group's figures, as far as it has points, else its family's and all
#: groups'; then the built-in table, and anything at all. After expectation-maximisation on a fold of the learning
#: points (their counties left out): groups with 40 points and more gave theirs 0.6 to 0.9, those with ten 0.4.
_LEARNED, _PLAIN, _ANYTHING = 0.92, 0.055, 0.025
_OWN, _OWN_POINTS = 0.88, 6.0
_FAMILY: Final = 0.5
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
    #: P(heard right | row, group) where the sounds of Mandarin are all that is heard, shape (G, K).
    right: Chances
    #: How many points each group was learned from, shape (G,).
    points: Numbers
    #: Where the entries of each heard syllable start; one more for the end of the last.
    starts: Numbers


@cache
def built_in_mergers() -> Mergers:
    """The entries of `mergers.bin`."""
    line, _, body = files("matching.dialect").joinpath("mergers.bin").read_bytes().partition(b"\n")
    header = json.loads(line)
    right, parts = _entries(zlib.decompress(body), header["groups"], header["rows"])
    groups, rows, heard, steps = (np.concatenate(each) for each in zip(*parts, strict=True))
    order = np.argsort(heard, kind="stable")
    return Mergers(
        version=header["version"],
        groups=groups[order],
        rows=rows[order],
        heard=heard[order],
        chances=np.exp(-COST_STEP * steps[order]).astype(np.float32),
        right=right,
        points=np.array([header["groups"].get(each.id, 0) for each in dialect_groups()]),
        starts=np.searchsorted(heard[order], np.arange(len(syllable_table()) + 1)),
    )


def _entries(
    body: bytes, groups: Sequence[str], size: int
) -> tuple[Chances, list[tuple[Numbers, ...]]]:
    """`Mergers.right`, and group numbers, rows, heard syllables and cost steps of each group."""
    right = np.zeros((len(dialect_groups()), size), np.float32)
    offset = 0
    found: list[tuple[Numbers, ...]] = []
    for group in groups:
        steps = np.frombuffer(body, "u1", size, offset).astype(np.float32)
        right[group_numbers()[group]] = np.exp(-COST_STEP * steps)
        lengths = np.frombuffer(body, "<u2", size, offset + size)
        count, offset = int(lengths.sum()), offset + 3 * size
        heard = np.frombuffer(body, "<u2", count, offset).astype(np.intp)
        costs = np.frombuffer(body, "u1", count, offset + 2 * count).astype(np.intp)
        rows = np.repeat(np.arange(size), lengths)
        found.append((np.full(count, group_numbers()[group]), rows, heard, costs))
        offset += 3 * count
    return right, found


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


@lru_cache(maxsize=128)
def _chances_of_written(row: int) -> Chances:
    """P(heard syllable | sound meant) for every group, weighed by the class of the character written for it, (G, K)."""
    chances = chances_by_group(int(sound_classes().syllables[row]))
    if row < len(syllable_table()):
        return chances
    shares = _backing_off()
    return chances * lift_of_class(row, shares / shares.sum(1, keepdims=True))


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


def heard_right(mergers: Mergers) -> NDArray[np.float64]:
    """P(heard right | row, group), shape (G, K); few points are backed off to the family.

    Where the standard is spoken next to everything is heard right.
    """
    known = mergers.right > np.exp(-COST_STEP * _UNKNOWN)
    families = np.array([group.family for group in dialect_groups()])
    alike = (families[:, None] == families) * mergers.points
    total, weight = (np.einsum("gh,hk->gk", alike, each) for each in (mergers.right * known, known))
    mean = float(mergers.right[known].mean())
    family = np.where(weight > 0, total / np.maximum(weight, 1e-9), mean)
    own = mergers.points[:, None] * known
    right: NDArray[np.float64] = (own * mergers.right + _FAMILY_POINTS * family) / (
        own + _FAMILY_POINTS
    )
    right[group_numbers()[_STANDARD]] = _RIGHT_AT_MOST
    return right.clip(1 - _RIGHT_AT_MOST, _RIGHT_AT_MOST)


@cache
def _backing_off() -> Chances:
    """How much each group (row) takes from the entries of each group (column), shape (G, G)."""
    points = built_in_mergers().points
    known = points > 0
    families = np.array([group.family for group in dialect_groups()])
    family = (families[:, None] == families) * known
    family = family / np.maximum(family.sum(1, keepdims=True), 1)
    own = (_OWN * points / (points + _OWN_POINTS))[:, None]
    above = _FAMILY * family + (1 - _FAMILY) * known / known.sum()
    mixed = _LEARNED * (own * np.eye(len(points)) + (1 - own) * above)
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


def costs_of_speech(posterior: Posterior) -> SoundCosts:
    """The matrix for a posterior that may name more than groups: what is no group (`mixed`) is any of them.

    Shares are rounded, so that people who speak much alike share one matrix.
    """
    rounded = {group: round(share * _SHARES) for group, share in among_groups(posterior)}
    kept = tuple((group, count) for group, count in rounded.items() if count)
    if not kept:
        return costs_without_dialect()
    return costs_of_posterior(
        tuple((group, count / sum(rounded.values())) for group, count in kept)
    )


def costs_without_dialect() -> SoundCosts:
    """The matrix when nothing is known: every group as likely as any other."""
    groups = [each.id for each in dialect_groups()]
    return costs_of_posterior(tuple((group, 1 / len(groups)) for group in groups))


@lru_cache(maxsize=32)
def costs_of_posterior(posterior: Posterior) -> SoundCosts:
    """One matrix for a posterior over groups, weighted by it, and the groups it is made of; weights sum to 1.

    What a guess gives to no group in particular (`mixed`) is shared by all of them.
    """
    posterior = among_groups(posterior)
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
        plain = np.exp(-built_in_costs().costs[:, sound_classes().syllables[heard]])
        return np.vstack((_chances_of_written(heard)[numbers], plain))

    def homes_of(places: Gazetteer) -> Chances:
        own = homes(places)[:, numbers]
        return np.column_stack((own, own @ weights))

    return Speakers(
        names=(*(dialect_groups()[number].name for number in numbers.tolist()), ""),
        weights=np.append(weights * (1 - _PLAINLY), _PLAINLY).astype(np.float32),
        chances=chances,
        homes=homes_of,
    )
