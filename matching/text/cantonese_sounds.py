"""Cantonese syllables, and which of them many speakers do not tell apart (`cantonese_sounds.toml`)."""

from dataclasses import dataclass
from functools import cache

from matching.tables import toml_table, tsv_rows
from matching.text.characters import character_table, simplified
from matching.text.confusions import Confusion, Pair, confusion_rows
from matching.text.sound_costs import Matrix, part_chances


@dataclass(frozen=True, slots=True, kw_only=True)
class CantoneseSounds:
    """The table of `cantonese_sounds.toml`."""

    version: str
    share: float
    misheard: float
    onsets: tuple[Confusion, ...]
    rimes: tuple[Confusion, ...]
    syllables: tuple[Confusion, ...]

    def between(self, one: Pair, other: Pair) -> str:
        """The rule that leads from one syllable, onset and rime, to another; "" when none or several do."""
        if one[0] == other[0] or one[1] == other[1]:
            at = int(one[0] == other[0])
            found = _rule((self.onsets, self.rimes)[at], frozenset((one[at], other[at])))
            if found:
                return found
        return _rule(self.syllables, frozenset(map(spelled, (one, other))))


@cache
def cantonese_sounds() -> CantoneseSounds:
    """The shipped table."""
    table = toml_table("matching.text", "cantonese_sounds.toml")
    return CantoneseSounds(
        version=table["version"]["name"],
        share=table["writer"]["share"],
        misheard=table["writer"]["misheard"],
        onsets=confusion_rows(table["onsets"]),
        rimes=confusion_rows(table["rimes"]),
        syllables=confusion_rows(table["syllables"]),
    )


@cache
def cantonese_syllables() -> tuple[Pair, ...]:
    """Onset ("-" is none) and rime of each syllable; the place is the number that characters have."""
    return tuple((onset, rime) for onset, rime in tsv_rows("matching.text", "data/jyutping.tsv"))


def spelled(syllable: Pair) -> str:
    """A syllable in Jyutping, without tone."""
    return syllable[0].strip("-") + syllable[1]


def near_in_cantonese(char: str, other: str) -> str:
    """The rule by which the usual Cantonese readings of two characters merge; "" when none does."""
    numbers = [character_table().jyutping(simplified(each))[:1] for each in (char, other) if each]
    if len(numbers) < 2 or () in numbers:  # noqa: PLR2004 - both are characters, and read
        return ""
    (one,), (another,) = numbers
    return cantonese_sounds().between(cantonese_syllables()[one], cantonese_syllables()[another])


def near_chances() -> Matrix:
    """P(taken for one Cantonese syllable | another), shape (J, J); rows sum to 1."""
    table, parts = cantonese_sounds(), cantonese_syllables()
    onsets, rimes = zip(*parts, strict=True)
    chances = part_chances(onsets, table.onsets) * part_chances(rimes, table.rimes)
    numbers = {spelled(each): at for at, each in enumerate(parts)}
    for each in table.syllables:
        one, other = (numbers[name] for name in each.pair)
        chances[one, other] += each.chance
        chances[other, one] += each.chance
    near: Matrix = chances / chances.sum(1, keepdims=True)
    return near


def _rule(rows: tuple[Confusion, ...], pair: frozenset[str]) -> str:
    return next((each.rule for each in rows if frozenset(each.pair) == pair), "")
