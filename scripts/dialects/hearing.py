"""What a dialect's sound is taken for by ears that know Mandarin only: the nearest Mandarin syllable.

    P(heard m | sound x) = exp(-distance(x, m) / SHARPNESS) / sum over syllables

The distance adds up the prices of `ipa.toml` for what differs in the initial, the medial, the vowel, the
ending and the coda.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Final

import numpy as np

from matching.text.syllables import UNREAD, syllable_table
from scripts.dialects.ipa import Sound, ipa_table, sound
from scripts.dialects.misheard import Chances, learned_characters

#: How sure ears are; a house figure.
SHARPNESS: Final = 0.3
_NASALS: Final = frozenset("mnŋ~")
_STOPS: Final = frozenset("ptkʔ")


@cache
def heard_as(segments: str) -> Chances:
    """P(heard syllable | segments), shape (S,); zeros when the segments are no syllable."""
    own = sound(segments)
    chances = np.zeros(len(syllable_table()))
    if own is None:
        return chances
    parts = [_from_mandarin(part, getattr(own, part)) for part in _PRICES]
    distances = np.sum(parts, axis=0)
    chances[UNREAD + 1 :] = np.exp(-(distances - distances.min()) / SHARPNESS)
    normal: Chances = chances / chances.sum()
    return normal


def heard_by_character(readings: Iterable[tuple[str, str]]) -> Chances:
    """P(heard syllable | character) at one point, shape (characters, S); zero without a reading."""
    places = {char: place for place, char in enumerate(learned_characters())}
    total = np.zeros((len(places), len(syllable_table())))
    for char, segments in sorted({each for each in readings if each[0] in places}):
        total[places[char]] += heard_as(segments)
    chances: Chances = total / np.maximum(total.sum(1, keepdims=True), 1e-9)
    return chances


def distance(one: Sound, other: Sound) -> float:
    """How far two syllables are apart to such ears; 0 for the same, symmetric."""
    return sum(price(getattr(one, part), getattr(other, part)) for part, price in _PRICES.items())


@cache
def _from_mandarin(part: str, symbol: str) -> Chances:
    """The price of one part of a syllable against that of each Mandarin one."""
    price = _PRICES[part]
    return np.array([price(symbol, getattr(each, part)) for each in _mandarin_sounds()])


@cache
def _mandarin_sounds() -> tuple[Sound, ...]:
    """The sound of each syllable of the table but the first, in order."""
    spelled = ipa_table()["mandarin"]
    found = []
    for each in syllable_table()[UNREAD + 1 :]:
        read = sound(spelled["initials"][each.initial] + spelled["finals"][each.final])
        assert read is not None, each.text
        found.append(read)
    return tuple(found)


def _initials(one: str, other: str) -> float:
    if one == other:
        return 0.0
    prices, consonants = ipa_table()["prices"], ipa_table()["consonants"]
    if not one or not other:
        # A throat sound or a velar nasal before a vowel is hardly an initial.
        weak = (one or other) in {"ɦ", "ŋ", "ɣ"}
        return float(prices["initial"]) * (0.4 if weak else 1.0)
    a, b = consonants[one], consonants[other]
    price = prices["place"] * abs(a["place"] - b["place"])
    price += prices["breath"] * (a.get("breath", 0) != b.get("breath", 0))
    price += prices["voice"] * (a.get("voice", 0) != b.get("voice", 0))
    return float(price + _manner(a["manner"], b["manner"]))


def _manner(one: str, other: str) -> float:
    table = ipa_table()["manners"]
    return 0.0 if one == other else float(table.get(f"{one}-{other}") or table[f"{other}-{one}"])


def _medials(one: str, other: str) -> float:
    prices = ipa_table()["prices"]
    if one == other:
        return 0.0
    if not one or not other:
        return float(prices["medial"])
    return float(prices["round_medial" if "y" in {one, other} else "other_medial"])


def _vowels(one: str, other: str) -> float:
    if one == other:
        return 0.0
    if not one or not other:
        return float(ipa_table()["prices"]["syllabic"])
    vowels, weights = ipa_table()["vowels"], ipa_table()["prices"]["vowel"]
    pairs = zip(vowels[one], vowels[other], weights, strict=True)
    return float(sum(weight * abs(a - b) for a, b, weight in pairs))


def _endings(one: str, other: str) -> float:
    prices = ipa_table()["prices"]
    if one == other:
        return 0.0
    return float(prices["ending"] if one and other else prices["lost_ending"])


def _codas(one: str, other: str) -> float:
    prices = ipa_table()["prices"]
    if one == other or (one in _STOPS and other in _STOPS):
        return 0.0
    pair = {one, other}
    if pair <= _NASALS:
        return float(prices["nasal_vowel" if "~" in pair else "other_nasal"])
    if pair & _STOPS:
        return float(prices["lost_stop" if "" in pair else "stop_nasal"])
    return float(prices["lost_nasal"])


_PRICES: Final[Mapping[str, Callable[[str, str], float]]] = {
    "initial": _initials,
    "medial": _medials,
    "vowel": _vowels,
    "ending": _endings,
    "coda": _codas,
}
