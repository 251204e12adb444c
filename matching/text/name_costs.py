"""How alike two names are: one as heard and written down, one as meant, or the other way round."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching.text.alignment import pairs_between, rules_between
from matching.text.characters import char_readings, simplified_text
from matching.text.heard_name import HeardName, HeardSyllable, heard_name
from matching.text.name_tables import given_shares, name_weights, surname_shares
from matching.text.names import PersonName, alternatives, split_name
from matching.text.pinyin import surname_table
from matching.text.sound_costs import SoundCosts, built_in_costs
from matching.text.sound_rules import in_dialect, names_a_merger
from matching.text.spoken_costs import dialect_of_pairs
from matching.text.syllables import UNREAD, syllable_numbers
from matching.text.symbols import Symbols

_LONGEST: Final = 12
_LN2: Final = math.log(2)
#: -ln P of a syllable that nothing in the tables is read like.
_RARE: Final = 9.0
_FURTHEST: Final = 60.0
#: Nats by which a part of a name may be less likely than anybody's and still be the same, misheard.
_SPARE: Final = 1.0


class NameOutcome(StrEnum):
    """How alike two names are, from most to least."""

    EXACT = "exact"
    HOMOPHONE = "homophone"
    NEAR = "near"
    #: A pet name (阿福) and a full name share a character.
    PET_NAME = "pet_name"
    SURNAME = "surname"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True, kw_only=True)
class NameMatch:
    """How alike, and by which rules, in Chinese."""

    outcome: NameOutcome
    #: 0 to 1; 1 is the same characters. Symmetric.
    similarity: float = 0.0
    #: log2(P(heard | this name) / P(heard | anybody's name)), by the shares of `name_shares.toml`.
    bits: float = 0.0
    rules: tuple[str, ...] = ()


def name_similarity(one: str, other: str, sound: SoundCosts | None = None) -> NameMatch:
    """The best match between what two texts leave open; symmetric.

    An unsaid surname or given name, a pet name and one syllable more or fewer are allowed at a
    price. Texts without a name are different. Rules of sound say the dialect when one group of the
    matrix's speakers explains the whole name best.
    """
    costs = sound or built_in_costs()
    ways = [
        way
        for a in map(split_name, alternatives(one))
        for b in map(split_name, alternatives(other))
        for way in ((a, b), (b, a))
    ]
    matches = [_match(heard, meant, costs) for heard, meant in ways]
    at = max(range(len(ways)), key=lambda each: _strength(matches[each]))
    best = matches[at]
    if not names_a_merger(best.rules):
        return best
    return replace(best, rules=in_dialect(best.rules, _dialect(*ways[at], costs)))


def name_symbols(name: PersonName) -> list[tuple[str, tuple[int, ...]]]:
    """The symbols of a name: each character with its readings, a surname's own reading first."""
    plain = simplified_text(name.surname)
    special = surname_readings().get(plain, ((),) * len(name.surname))
    surname = [
        (char, tuple(dict.fromkeys((*also, *_readings(char)))))
        for char, also in zip(name.surname, special, strict=True)
    ]
    return [*surname, *((char, _readings(char)) for char in name.given)]


@lru_cache(maxsize=1)
def surname_readings() -> Mapping[str, tuple[tuple[int, ...], ...]]:
    """Surname -> for each character the reading it has only there."""
    numbers = syllable_numbers()
    return {
        name: tuple((numbers[each],) for each in said)
        for name, said in surname_table().readings.items()
        if len(said) == len(name) and all(each in numbers for each in said)
    }


def heard_as(name: PersonName) -> tuple[HeardName, HeardName]:
    """Surname and given name as positions that were heard."""
    symbols = name_symbols(name)
    heard = tuple(HeardSyllable(char, readings) for char, readings in symbols)
    cut = len(name.surname)
    if len(heard) != len(name.text) or not name.surname:
        return (), heard_name(name.given, longest=_LONGEST)
    return heard[:cut], heard[cut:]


def anybody_costs(surname: HeardName, given: HeardName, sound: SoundCosts) -> tuple[float, float]:
    """-ln P(a surname heard so), and the given name, whoever was meant, by `name_shares.toml`."""
    weights = name_weights()
    return (
        _chances(surname, surname=True, sound=sound) if surname else weights.surname_unsaid,
        _chances(given, surname=False, sound=sound) if given else weights.given_unsaid,
    )


def _match(heard: PersonName, meant: PersonName, sound: SoundCosts) -> NameMatch:
    if not heard.text or not meant.text:
        return NameMatch(outcome=NameOutcome.DIFFERENT)
    if heard.is_pet_name or meant.is_pet_name:
        return _pet_match(heard, meant, sound)
    heard = _cut_alike(heard, meant)
    surname, given = heard_as(heard)
    own_surname, own_given = _parts(meant)
    price, rules = _part_cost(surname, own_surname, sound, surname=True)
    more, more_rules = _part_cost(given, own_given, sound, surname=False)
    least = _self_cost((*own_surname, *own_given), sound)
    cost = min(price + more, _FURTHEST)
    similarity = math.exp(-max(0.0, cost - least) / max(len(heard.text), len(meant.text)))
    chance = _chances(surname, surname=True, sound=sound)
    more_chance = _chances(given, surname=False, sound=sound)
    bits = (chance + more_chance - cost) / _LN2
    # A given name alike says nothing for a surname that is not: each part must speak for itself.
    alike = more <= more_chance + _SPARE and (
        price <= chance + _SPARE or not (surname and own_surname)
    )
    is_near = alike and bits >= name_weights().near
    return NameMatch(
        outcome=_outcome(heard, meant, (*rules, *more_rules), is_near=is_near),
        similarity=1.0 if heard == meant else similarity,
        bits=bits,
        rules=tuple(dict.fromkeys((*rules, *more_rules))),
    )


def _cut_alike(heard: PersonName, meant: PersonName) -> PersonName:
    """What was written for a surname of two characters, taken apart as that is (掌孙吾记, 长孙吾记)."""
    cut = len(meant.surname)
    if cut <= len(heard.surname) or len(heard.text) <= cut:
        return heard
    return PersonName(surname=heard.text[:cut], given=heard.text[cut:])


_SAME_SOUND: Final = frozenset({"同字", "同音", "多读音", "繁简异体"})


def _outcome(
    heard: PersonName, meant: PersonName, rules: Sequence[str], *, is_near: bool
) -> NameOutcome:
    if heard.text == meant.text:
        return NameOutcome.EXACT
    if heard.given and meant.given:
        if set(rules) <= _SAME_SOUND and bool(heard.surname) == bool(meant.surname):
            return NameOutcome.HOMOPHONE
        if is_near:
            return NameOutcome.NEAR
    if heard.surname and heard.surname == meant.surname:
        return NameOutcome.SURNAME
    return NameOutcome.DIFFERENT


def _pet_match(heard: PersonName, meant: PersonName, sound: SoundCosts) -> NameMatch:
    """A pet name keeps one character, of the given name or (老李) the surname: the likeliest counts."""
    said, other = (heard, meant) if heard.is_pet_name else (meant, heard)
    kept = HeardSyllable(said.given[:1], _readings(said.given[:1]))
    cut = len(other.surname)
    found = [
        _pet_character_match(kept, symbol, sound, surname=at < cut)
        for at, symbol in enumerate(name_symbols(other))
    ]
    return max(found, key=_strength)


def _pet_character_match(
    kept: HeardSyllable, meant: tuple[str, tuple[int, ...]], sound: SoundCosts, *, surname: bool
) -> NameMatch:
    cost = _symbol_cost(kept, *meant, sound) + name_weights().pet_name
    bits = (_chance(kept, surname, sound) - cost) / _LN2
    is_same = kept.char == meant[0]
    if not is_same and bits < name_weights().near:
        return NameMatch(outcome=NameOutcome.DIFFERENT, bits=bits)
    kind = "与姓" if surname else "与本名"
    return NameMatch(
        outcome=NameOutcome.PET_NAME,
        similarity=min(1.0, math.exp(-cost)),
        bits=bits,
        rules=(f"小名{kind}同字" if is_same else f"小名{kind}音近",),
    )


Part = tuple[tuple[str, tuple[int, ...]], ...]


def _parts(name: PersonName) -> tuple[Part, Part]:
    symbols = tuple(name_symbols(name))
    return symbols[: len(name.surname)], symbols[len(name.surname) :]


def _part_cost(
    heard: HeardName, meant: Part, sound: SoundCosts, *, surname: bool
) -> tuple[float, tuple[str, ...]]:
    """The cost of hearing one part of a name so, and the rules; its price when one side lacks it."""
    if not heard or not meant:
        weights = name_weights()
        unsaid = weights.surname_unsaid if surname else weights.given_unsaid
        return (unsaid if heard or meant else 0.0), ()
    rows = [
        [_symbol_cost(each, char, readings, sound) for char, readings in meant] for each in heard
    ]
    cost = _aligned(rows, sound, [_chance(each, surname, sound) for each in heard])
    if cost >= _FURTHEST or abs(len(heard) - len(meant)) > 1:
        return cost, ("长短不同",)
    symbols = Symbols.of(list(meant))
    positions = [symbols.costs(each, sound) for each in heard]
    return cost, rules_between(range(len(meant)), heard, positions, symbols, sound)


def _dialect(heard: PersonName, meant: PersonName, sound: SoundCosts) -> str:
    """The group that explains best what was heard for a name; "" when none does in particular."""
    symbols = Symbols.of(name_symbols(meant))
    pairs: list[tuple[int, HeardSyllable]] = []
    own = np.split(np.arange(len(meant.text)), [len(meant.surname)])
    for said, numbers in zip(heard_as(_cut_alike(heard, meant)), own, strict=True):
        # Of parts of other lengths it is not known which syllable was heard for which.
        if said and numbers.size and abs(len(said) - numbers.size) <= 1:
            positions = [symbols.costs(each, sound) for each in said]
            pairs += pairs_between(numbers.tolist(), said, positions)
    return dialect_of_pairs(pairs, symbols, sound.speakers)


def _aligned(rows: list[list[float]], sound: SoundCosts, chances: list[float]) -> float:
    """The cheapest alignment in order; what was not heard, or heard too much, has its price."""
    before = [at * sound.dropped for at in range(len(rows[0]) + 1)]
    for row, chance in zip(rows, chances, strict=True):
        now = [before[0] + sound.inserted + chance]
        for at, cost in enumerate(row, 1):
            now.append(
                min(
                    before[at - 1] + cost,
                    before[at] + sound.inserted + chance,
                    now[at - 1] + sound.dropped,
                )
            )
        before = now
    return before[-1]


def _self_cost(meant: Part, sound: SoundCosts) -> float:
    return sum(
        _symbol_cost(HeardSyllable(char, readings), char, readings, sound)
        for char, readings in meant
    )


def _chances(heard: HeardName, *, surname: bool, sound: SoundCosts) -> float:
    return sum(_chance(each, surname, sound) for each in heard)


@lru_cache(maxsize=65_536)
def _symbol_cost(
    heard: HeardSyllable, char: str, readings: tuple[int, ...], sound: SoundCosts
) -> float:
    return float(Symbols.of([(char, readings)]).costs(heard, sound)[0])


@lru_cache(maxsize=16_384)
def _chance(heard: HeardSyllable, surname: bool, sound: SoundCosts) -> float:  # noqa: FBT001 - a cache key
    symbols, shares = _population(surname)
    listed = float(shares @ np.exp(-symbols.costs(heard, sound)))
    return -math.log(listed + math.exp(-_RARE))


@lru_cache(maxsize=2)
def _population(surname: bool) -> tuple[Symbols, NDArray[np.float32]]:  # noqa: FBT001 - a cache key
    shares = surname_shares() if surname else given_shares()
    # Of a compound surname only the first character is looked at here.
    rows = [name_symbols(PersonName(surname=name, given=""))[0] for name in shares]
    return Symbols.of(rows), np.array(list(shares.values()), np.float32)


def _readings(char: str) -> tuple[int, ...]:
    return char_readings(char) or (UNREAD,)


def _strength(match: NameMatch) -> tuple[float, float]:
    order = list(NameOutcome)[::-1]
    return order.index(match.outcome), match.similarity
