"""From stretches that may name home to a ranked list of full paths, or an honest "no usable place".

The resident's own words are resolved together, so that places spread over several answers support
each other. What the worker named first only helps to choose when the resident took it up, and then
for less. Which division a stretch means is the resolver's to say.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from matching.text.testimony.clues import Clue, ClueKind, Speaker
from matching.text.testimony.lexicon import Lexicon

#: Below this (bits, odds of four to one) a division is no answer.
LEAST_BITS: Final = 2.0
#: A path that needs what the worker named first costs this many bits (house figure).
_HINT_COST: Final = 3.0
#: Where the resident's own words reach so many bits, nothing the worker named is needed.
_WEAK_BITS: Final = 10.0
#: A worker's suggestion counts from here: taken up, or not refused where more was asked.
_LEAST_HINT: Final = 0.3
#: The home that a woman was born into is searched too, behind the one she speaks of as hers.
_MOTHERS_COST: Final = 6.0
#: Where home was said of no other place, a place lived in may be it.
_LAST_RESORT_COST: Final = 6.0
#: Stretches resolved together; a longer text repeats itself.
_MOST_STRETCHES: Final = 24
_LIMIT: Final = 10


class ResolvedPath(Protocol):
    """What a resolver says of one division."""

    @property
    def path(self) -> tuple[str, ...]:
        """Full official names from the province down."""

    @property
    def bits(self) -> float:
        """Log2 odds that this division was meant."""

    @property
    def rules(self) -> tuple[str, ...]:
        """Why, in Chinese words: 同音, 旧隶属."""


class HomeResolver(Protocol):
    """Turns a phrase into divisions, likeliest first."""

    def resolve(self, phrase: str, *, limit: int) -> Sequence[ResolvedPath]:
        """At most `limit` divisions that the phrase may mean."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeCandidate:
    """A division that may be home."""

    path: tuple[str, ...]
    #: Log2 odds by the words alone.
    bits: float
    rules: tuple[str, ...] = ()


def rank_homes(
    clues: Sequence[Clue], resolver: HomeResolver, *, limit: int = _LIMIT
) -> tuple[HomeCandidate, ...]:
    """Where home may be, likeliest first; empty when no usable place was said."""
    own = [c for c in clues if c.kind is ClueKind.HOME_PLACE and c.speaker is not Speaker.WORKER]
    hints = [c for c in clues if _is_hint(c)]
    ranked = _resolved(own, resolver, limit, cost=0.0)
    is_weak = max((each.bits for each in ranked.values()), default=0.0) < _WEAK_BITS
    if is_weak and hints and (own or any(_is_agreed(c) for c in hints)):
        with_hints = _resolved([*hints, *own], resolver, limit, cost=_HINT_COST)
        ranked = _best_of(ranked, with_hints)
    mothers = [c for c in clues if c.is_mothers_home and c.speaker is not Speaker.WORKER]
    ranked = _best_of(ranked, _resolved(mothers, resolver, limit, cost=_MOTHERS_COST))
    if not ranked and not own:
        elsewhere = [
            c for c in clues if c.kind is ClueKind.OTHER_PLACE and c.confidence > _LEAST_HINT
        ]
        ranked = _resolved(elsewhere, resolver, limit, cost=_LAST_RESORT_COST)
    usable = (each for each in ranked.values() if each.bits >= LEAST_BITS)
    return tuple(sorted(usable, key=lambda each: (-each.bits, each.path)))[:limit]


def place_lexicon(names: Iterable[str]) -> Lexicon[None]:
    """Names that need no cue in a talk: those of counties, cities and provinces of a gazetteer."""
    return Lexicon(dict.fromkeys(names))


def _is_hint(clue: Clue) -> bool:
    is_worker = clue.kind is ClueKind.HOME_PLACE and clue.speaker is Speaker.WORKER
    return is_worker and clue.confidence >= _LEAST_HINT


def _is_agreed(clue: Clue) -> bool:
    return clue.confidence > _LEAST_HINT


def _resolved(
    clues: Sequence[Clue], resolver: HomeResolver, limit: int, *, cost: float
) -> dict[tuple[str, ...], HomeCandidate]:
    readings = (reading for clue in clues for reading in clue.readings)
    words = list(dict.fromkeys(readings))[:_MOST_STRETCHES]
    if not words:
        return {}
    return {
        found.path: HomeCandidate(path=found.path, bits=found.bits - cost, rules=found.rules)
        for found in resolver.resolve("，".join(words), limit=limit)
    }


def _best_of(
    one: Mapping[tuple[str, ...], HomeCandidate], other: Mapping[tuple[str, ...], HomeCandidate]
) -> dict[tuple[str, ...], HomeCandidate]:
    both = [*one.values(), *other.values()]
    return {each.path: each for each in sorted(both, key=lambda each: each.bits)}
