"""How a person speaks: a posterior over the dialect groups, and over "mixed".

Three kinds of witnesses, each independent given the group:
- words that give a dialect away (`word_markers`);
- names put right afterwards (written 龙回, meant 隆回): P(heard | meant, group), by a stranger's ears (`hearing`) or by
  those of somebody who knows the dialect and takes a name for another that sounds alike there (`matrices`): one
  person wrote all the names, so one of the two explains them all;
- what the person or the station calls the speech (讲白话, 口音像湖南).

Nothing said is no evidence: without witnesses every group stays as likely as before. People who have lived
elsewhere for decades speak a mixture; a mixed speaker's witnesses are taken from all groups alike.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching.dialect.groups import Posterior, among_groups, dialect_groups
from matching.dialect.hearing import heard_by_strangers
from matching.dialect.matrices import built_in_mergers, chances_by_group, heard_right
from matching.dialect.word_markers import WordMarker
from matching.text.heard_name import HeardName, heard_name
from matching.text.sound_classes import sound_classes
from matching.text.syllables import UNREAD

LogOdds = NDArray[np.float64]

#: What a mixed speaker is called in place of a group.
MIXED: Final = "mixed"
#: P(a speaker is mixed), before anything is heard. A house figure.
MIXED_SHARE: Final = 0.04
#: Witnesses are not quite independent: their logarithms are damped. Chosen on a fold of the things and points of the
#: learning part (left out of it), so that what is said with 60 % holds in 60 % of the cases.
_WORDS: Final = 0.8
_SOUNDS: Final = 0.45
#: P(who wrote the names knows the dialect). A house figure.
_KNOWS_DIALECT: Final = 0.3
#: Share of the probability that a name or an accent leaves to every other group together.
_DOUBT: Final = 0.15
_LONGEST: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupGuess:
    """A group, or `MIXED`, and the markers that speak for it more than for others."""

    group: str
    probability: float
    markers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechEvidence:
    """What is known about how somebody speaks."""

    markers: Sequence[WordMarker] = ()
    #: Names as they were written down, and as they were meant.
    corrected: Sequence[tuple[str, str]] = ()
    #: Of each name of a speech or region that was said: group -> weight.
    named: Sequence[Mapping[str, float]] = ()

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self.markers or self.corrected or self.named)


def guess_groups(evidence: SpeechEvidence) -> tuple[GroupGuess, ...]:
    """Every group and `MIXED`, likeliest first; probabilities sum to 1."""
    posterior = np.append(np.log1p(-MIXED_SHARE) + log_likelihood(evidence), math.log(MIXED_SHARE))
    posterior[:-1] -= math.log(len(dialect_groups()))
    chances = np.exp(posterior - posterior.max())
    chances /= chances.sum()
    ids = (*(each.id for each in dialect_groups()), MIXED)
    found = (
        GroupGuess(group=group, probability=float(chances[at]), markers=_for(at, evidence))
        for at, group in enumerate(ids)
    )
    return tuple(sorted(found, key=lambda each: (-each.probability, ids.index(each.group))))


def speech_names() -> dict[str, str]:
    """What every guess is called in Chinese, by its id."""
    return {each.id: each.name for each in dialect_groups()} | {MIXED: "几种口音混着"}


def group_shares(guesses: Sequence[GroupGuess]) -> Posterior:
    """The groups alone, likeliest first, summing to 1: a mixed speaker may be of any group alike."""
    shares = among_groups(tuple((each.group, each.probability) for each in guesses))
    return tuple(sorted(shares, key=lambda each: -each[1]))


def log_likelihood(evidence: SpeechEvidence) -> LogOdds:
    """ln(P(evidence | group) / P(evidence | mixed)), shape (G,); zeros without any evidence."""
    total = np.zeros(len(dialect_groups()))
    for marker in evidence.markers:
        total += _WORDS * marker.log_odds
    total += _of_names(tuple(evidence.corrected))
    for weights in evidence.named:
        total += _of_name(tuple(sorted(weights.items())))
    return total


def _for(at: int, evidence: SpeechEvidence) -> tuple[str, ...]:
    if at >= len(dialect_groups()):
        return ()
    return tuple(marker.word for marker in evidence.markers if marker.log_odds[at] > 0)


def _of_names(corrected: Sequence[tuple[str, str]]) -> LogOdds:
    """The log-odds of corrected names, whoever wrote them."""
    # Row 0 is a stranger, row 1 somebody who knows the dialect; the last column is a mixed speaker.
    chances = np.log([[1 - _KNOWS_DIALECT], [_KNOWS_DIALECT]])
    chances = chances + _SOUNDS * sum(_of_pair(*each) for each in corrected)
    heard: LogOdds = np.logaddexp(chances[0], chances[1])
    return heard[:-1] - heard[-1] if corrected else np.zeros(len(dialect_groups()))


@lru_cache(maxsize=4096)
def _of_pair(heard: str, meant: str) -> LogOdds:
    """Logarithms of P(heard | meant) by listener and group, the mean of the groups last, shape (2, G + 1).

    Zeros unless both sides have as many positions.
    """
    said, names = (heard_name(text, longest=_LONGEST) for text in (heard, meant))
    total = np.zeros((2, len(dialect_groups()) + 1))
    if len(said) == len(names):
        for at in range(len(said)):
            total += _of_position(said, names, at)
    return total


def _of_position(said: HeardName, names: HeardName, at: int) -> LogOdds:
    """One position, by the usual readings of both characters."""
    heard, meant = said[at].readings[0], names[at].readings[0]
    if UNREAD in {heard, meant}:
        return np.zeros((2, len(dialect_groups()) + 1))
    row = sound_classes().row(names[at].char, meant)
    right = _right()[:, row]
    knowing = right if heard == meant else (1 - right) * chances_by_group(heard)[:, row]
    chances = np.array([heard_by_strangers(heard, row), knowing])
    odds: LogOdds = np.log(np.column_stack((chances, chances.mean(1))))
    return odds


@cache
def _right() -> LogOdds:
    return heard_right(built_in_mergers())


@cache
def _of_name(weights: tuple[tuple[str, float], ...]) -> LogOdds:
    """The log-odds of a name for a speech (讲白话); a group id that ends short means all its parts."""
    total = sum(weight for _, weight in weights)
    share = np.full(len(dialect_groups()), _DOUBT / len(dialect_groups()))
    for name, weight in weights:
        own = [at for at, each in enumerate(dialect_groups()) if _is_part(each.id, name)]
        share[own] += (1 - _DOUBT) * weight / total / max(1, len(own))
    odds: LogOdds = np.log(share * len(dialect_groups()))
    return odds


def _is_part(group: str, name: str) -> bool:
    return group == name or group.startswith(f"{name}-")
