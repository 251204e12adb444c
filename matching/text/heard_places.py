"""What a phrase says about every division: how likely just these words are if it was meant."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from matching.text.gazetteer import Gazetteer
from matching.text.place_phrases import level_shares, stretches
from matching.text.place_resolver import PlaceResolver

#: Divisions looked at for one phrase, and for one name that by itself is too little for a phrase.
_MOST: Final = 40
_NAMESAKES: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class HeardPlace:
    """A division that may have been meant."""

    node: int
    #: log2(P(words | this division was meant) / P(words | none was)).
    bits: float
    #: The stretches that name it, and by which rules.
    words: str
    rules: tuple[str, ...]


def heard_places(phrase: str, resolver: PlaceResolver) -> tuple[HeardPlace, ...]:
    """The divisions that a phrase may mean, each once; empty when it names none.

    A single name that could be many places (龙回) is no mention of any one of them, but it still
    tells them from all others: each counts by its sound alone.
    """
    places = resolver.search.places
    found = [
        HeardPlace(
            node=each.node,
            bits=each.bits - _prior_bits(each.node, places),
            words="、".join(phrase[start:end] for start, end in sorted(each.spans)),
            rules=each.rules,
        )
        for each in resolver.resolve(phrase, limit=_MOST)
    ]
    return tuple(found) if found else tuple(_namesakes(phrase, resolver))


def _namesakes(phrase: str, resolver: PlaceResolver) -> Iterable[HeardPlace]:
    best: dict[int, HeardPlace] = {}
    for stretch in stretches(phrase, []):
        for hit in resolver.search.search(stretch.text, resolver.sound, limit=_NAMESAKES):
            if hit.bits > 0 and (hit.node not in best or hit.bits > best[hit.node].bits):
                best[hit.node] = HeardPlace(
                    node=hit.node, bits=hit.bits, words=stretch.text, rules=hit.rules
                )
    return best.values()


def _prior_bits(node: int, places: Gazetteer) -> float:
    """What the resolver takes off for choosing this one among all of its level."""
    level = int(places.levels[node])
    return math.log2(level_shares()[level] / max(1, int(places.level_counts[level])))
