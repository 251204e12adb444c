"""Which heard position belongs to which character of a name, and what happened there.

Searches score millions of names by the same cost without alignment; this is for the few that are
shown: one syllable more or fewer, as in `sound_columns`.
"""

from collections.abc import Iterator, Sequence

from matching.text.cantonese_sounds import near_in_cantonese
from matching.text.characters import character_table, simplified
from matching.text.heard_name import HeardName, HeardSyllable
from matching.text.sound_costs import SoundCosts
from matching.text.sound_rules import names_a_merger, sound_rules
from matching.text.symbols import Costs, Symbols

DROPPED = "漏听一字"
INSERTED = "多记一字"


def rules_between(
    name: Sequence[int],
    heard: HeardName,
    costs: Sequence[Costs],
    symbols: Symbols,
    sound: SoundCosts,
) -> tuple[str, ...]:
    """The rules, each once, in the order of the name.

    `name` holds symbol numbers; `costs[i]` is the cost of every symbol at the i-th heard position.
    """
    found: list[str] = []
    for symbol, each in pairs_between(name, heard, costs):
        found.extend(_rules(symbol, each, symbols, sound))
    if len(name) != len(heard):
        found.append(DROPPED if len(name) > len(heard) else INSERTED)
    return tuple(dict.fromkeys(found)) or ("同字",)


def pairs_between(
    name: Sequence[int], heard: HeardName, costs: Sequence[Costs]
) -> list[tuple[int, HeardSyllable]]:
    """Symbol numbers and what was heard for each; arguments as in `rules_between`."""
    skipped = _skipped(name, costs)
    kept = [each for at, each in enumerate(name) if len(name) <= len(heard) or at != skipped]
    said = [each for at, each in enumerate(heard) if len(heard) <= len(name) or at != skipped]
    return list(zip(kept, said, strict=True))


def _skipped(name: Sequence[int], costs: Sequence[Costs]) -> int:
    """The position of the longer side whose absence is cheapest."""
    if len(name) == len(costs):
        return -1
    longer = max(len(name), len(costs))

    def cost_without(gone: int) -> float:
        rows = [at for at in range(len(costs)) if len(costs) < longer or at != gone]
        kept = [each for at, each in enumerate(name) if len(name) < longer or at != gone]
        return sum(float(costs[row][symbol]) for row, symbol in zip(rows, kept, strict=True))

    return min(range(longer), key=cost_without)


def _rules(symbol: int, heard: HeardSyllable, symbols: Symbols, sound: SoundCosts) -> Iterator[str]:
    char = symbols.characters[symbol]
    if heard.char and simplified(char) == simplified(heard.char):
        if char != heard.char:
            yield "繁简异体"
        return
    meant, said = symbols.reading_meant(symbol, heard, sound)
    rules = sound_rules().between(meant, said)
    if rules and _same_in_cantonese(char, heard.char):
        yield "粤语同音"
    elif rules and _looks_alike(char, heard.char):
        yield "字形相近"
    elif rules:
        lazy = "" if names_a_merger(rules) else near_in_cantonese(char, heard.char)
        yield from (lazy,) if lazy else rules
    elif len(heard.readings) > 1 or len(symbols.readings_of(symbol)) > 1:
        yield "多读音"
    else:
        yield "同音"


def _same_in_cantonese(char: str, other: str) -> bool:
    table = character_table()
    return bool(other) and bool(
        set(table.jyutping(simplified(char))) & set(table.jyutping(simplified(other)))
    )


def _looks_alike(char: str, other: str) -> bool:
    table = character_table()
    if not other:
        return False
    one, two = simplified(char), simplified(other)
    own = set(table.parts(one)) - {table.radical(one)}
    return bool(own & (set(table.parts(two)) - {table.radical(two)}))
