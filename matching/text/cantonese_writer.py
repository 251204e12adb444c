"""A writer who thinks in Cantonese: what is written down is the character read most alike in Cantonese.

At a desk in Guangdong a 黄 may be written 王 (both wong), a 吴 伍 (both ng). As a chain over the common characters:

    P(h | t) = sum over c, j, j', w of P(c | t) P(j | c) P(j' | j) P(w | j') [w is read h in Mandarin]

c is the character meant, j its Cantonese reading, j' what it is taken for (`cantonese_sounds.toml`), w what is
written for that. Characters count by the square root of how often names have them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache, lru_cache
from typing import Final

import numpy as np

from matching.text.cantonese_sounds import cantonese_sounds, cantonese_syllables, near_chances
from matching.text.characters import char_readings, character_table
from matching.text.gazetteer import Gazetteer, gazetteer
from matching.text.name_tables import given_shares, surname_shares
from matching.text.sound_classes import sound_classes
from matching.text.sound_costs import Matrix, SoundCosts, built_in_costs
from matching.text.speakers import Chances, Speakers
from matching.text.syllables import UNREAD, syllable_table

#: What explanations call such a writer, in place of a dialect.
WRITER: Final = "按粤语写"
#: How often a character stands in names at least: common ones that no table of names has.
_RARELY: Final = 1e-6
#: What a further reading counts against the one before; the table has lazy sounds and changed ones among them. Assumed.
_LESS_USUAL: Final = 0.3


class Writer(StrEnum):
    """By whose sounds the one who writes things down chooses the characters."""

    MANDARIN = "mandarin"
    CANTONESE = "cantonese"

    def writes(self, sound: SoundCosts) -> SoundCosts:
        """A matrix of speakers as this writer takes them down."""
        return by_cantonese_writer(sound) if self is Writer.CANTONESE else sound


@lru_cache(maxsize=32)
def by_cantonese_writer(sound: SoundCosts) -> SoundCosts:
    """A matrix of speakers when who writes down what they say may think in Cantonese."""
    share = cantonese_sounds().share
    mixed = (1 - share) * np.exp(-sound.costs.astype(np.float64)) + share * written_chances()
    costs = SoundCosts.from_chances(
        mixed,
        version=f"{sound.version}+{cantonese_sounds().version}",
        dropped=float(np.exp(-sound.dropped)),
        inserted=float(np.exp(-sound.inserted)),
    )
    speakers = sound.speakers
    return replace(costs, speakers=None if speakers is None else _with_writer(speakers, share))


def _with_writer(speakers: Speakers, share: float) -> Speakers:
    """The groups, and last the writer, who may have written for any of them."""

    def chances(heard: int) -> Chances:
        return np.vstack((speakers.chances(heard), chances_of_written(heard)))

    def homes(places: Gazetteer) -> Chances:
        own = speakers.homes(places)
        return np.column_stack((own, own @ speakers.weights))

    return Speakers(
        names=(*speakers.names, WRITER),
        weights=np.append(speakers.weights * (1 - share), share).astype(np.float32),
        chances=chances,
        homes=homes,
    )


@cache
def written_chances() -> Matrix:
    """P(syllable of what is written | sound meant), shape (K, S) as in `sound_classes`; rows sum to 1."""
    chains = _chains()
    chances = chains.taken_for @ chains.written[:, : len(syllable_table())]
    return _sometimes_misheard(chances, _misheard())


@lru_cache(maxsize=1024)
def chances_of_written(row: int) -> Chances:
    """P(its syllable | sound meant) weighed by the class of the character written, shape (K,); `row` as in `sound_classes`."""
    syllable, chains = int(sound_classes().syllables[row]), _chains()
    share = float(chains.shares[row])
    if row < len(syllable_table()) or not share:
        return written_chances()[:, syllable].astype(np.float32)
    # A class has few of the Cantonese syllables.
    own = np.flatnonzero(chains.written[:, row])
    chances = chains.taken_for[:, own] @ (chains.written[own, row, None] / share)
    return _sometimes_misheard(chances, _misheard()[:, [syllable]])[:, 0].astype(np.float32)


def _sometimes_misheard(chances: Matrix, plain: Matrix) -> Matrix:
    """Chances by Cantonese, shape (K, n), with those of anywhere: all of them for sounds no common character has."""
    share = np.where(_chains().taken_for.any(1, keepdims=True), cantonese_sounds().misheard, 1.0)
    mixed: Matrix = (1 - share) * chances + share * plain
    return mixed


@cache
def _misheard() -> Matrix:
    plain = np.exp(-built_in_costs().costs.astype(np.float64))
    shares: Matrix = plain / plain.sum(1, keepdims=True)
    return shares


@dataclass(frozen=True, slots=True, eq=False)
class _Chains:
    """The two halves of the chain over J Cantonese syllables; rows of sounds as in `sound_classes`."""

    #: P(taken for this syllable | sound meant), shape (K, J); zeros where no common character has the sound.
    taken_for: Matrix
    #: P(a character of this sound is written | syllable heard), shape (J, K).
    written: Matrix
    #: Of what is written with a syllable of Mandarin the share of each sound, shape (K,).
    shares: Matrix


@cache
def _chains() -> _Chains:
    classes, spelled = sound_classes(), len(cantonese_syllables())
    counts = np.zeros((len(classes.syllables), spelled))
    for char, weight in _common_characters().items():
        usual = char_readings(char)[0]
        rows = list({usual, classes.row(char, usual)})
        for spoken, part in _cantonese_of(char):
            counts[rows, spoken] += weight * part
    whole = counts[: len(syllable_table())].sum(0)
    said = counts.sum(1)
    taken_for = _divided(counts, said[:, None]) @ _written_only(near_chances(), whole)
    return _Chains(
        taken_for=taken_for,
        written=_divided(counts, whole).T.copy(),
        shares=_divided(said, said[classes.syllables]),
    )


def _written_only(near: Matrix, whole: Matrix) -> Matrix:
    """Near sounds that a common character has; rows sum to 1."""
    kept = near * (whole > 0)
    return _divided(kept, kept.sum(1, keepdims=True))


def _cantonese_of(char: str) -> Iterator[tuple[int, float]]:
    """The Cantonese readings of a character, the most usual first, with their shares."""
    readings = character_table().jyutping(char)
    total = sum(_LESS_USUAL**at for at in range(len(readings)))
    for at, each in enumerate(readings):
        yield each, _LESS_USUAL**at / total


@cache
def _common_characters() -> dict[str, float]:
    """Every character that has a sound class, weighed by how often people's and places' names have it."""
    places = gazetteer()
    often = dict.fromkeys(sound_classes().rows, _RARELY)
    shares = (
        *surname_shares().items(),
        *given_shares().items(),
        *zip(places.symbols.characters, places.symbol_shares.tolist(), strict=True),
    )
    for char, share in shares:
        if char in often:
            often[char] += share / 3
    return {
        char: share**0.5 for char, share in often.items() if char_readings(char)[:1] != (UNREAD,)
    }


def _divided(counts: Matrix, total: Matrix) -> Matrix:
    """What has no total stays 0."""
    shares: Matrix = counts / np.where(total > 0, total, 1)
    return shares
