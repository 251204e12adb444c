"""Reading a whole record of a talk: every clue, in the order of the text."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from matching.text.testimony.abduction import read_abduction
from matching.text.testimony.births import read_births
from matching.text.testimony.clauses import read_clauses
from matching.text.testimony.clues import Clue, ClueKind, in_order
from matching.text.testimony.languages import read_languages
from matching.text.testimony.lexicon import Lexicon
from matching.text.testimony.numbers_said import read_numbers
from matching.text.testimony.people import read_people
from matching.text.testimony.places_said import place_words, read_places
from matching.text.testimony.settling import settled
from matching.text.testimony.sights import read_landmarks, read_marks
from matching.text.testimony.turns import read_turns
from matching.text.testimony.work_said import read_work

#: Code points that are read; what stands behind them is left alone.
LONGEST_TEXT: Final = 1_000_000
#: Clues that are kept of one kind, first come first.
MOST_OF_A_KIND: Final = 400
_DAY: Final = re.compile(r"(20[0-9]{2})\s*[-年./]\s*([0-9]{1,2})\s*[-月./]\s*([0-9]{1,2})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Testimony:
    """What one record of a talk says."""

    clues: tuple[Clue, ...]
    #: The day of the talk, for ages.
    on: date

    def of(self, *kinds: ClueKind) -> tuple[Clue, ...]:
        """The clues of some kinds, in the order of the text."""
        return tuple(clue for clue in self.clues if clue.kind in kinds)


def read_testimony(text: str, *, on: date, known: Lexicon[None] | None = None) -> Testimony:
    """Every clue in a record, in the order of the text; the same text always gives the same clues.

    `on` is the day of the talk; a date at the head of the record counts before it. `known` are place
    names that need no cue.
    """
    text = text[:LONGEST_TEXT]
    day = day_of(text) or on
    names = known or place_words().known
    turns = read_turns(text)
    clauses = read_clauses(turns)
    found = (
        *read_people(text, clauses, names),
        *read_places(clauses, names),
        *read_births(clauses, day),
        *read_landmarks(clauses),
        *read_marks(clauses),
        *read_languages(clauses),
        *read_work(clauses),
        *read_numbers(clauses),
        *read_abduction(turns),
    )
    return Testimony(clues=_kept(settled(found)), on=day)


def day_of(text: str) -> date | None:
    """The first date in the first lines of a record, or None."""
    found = _DAY.search(text[:200])
    if found is None:
        return None
    try:
        return date(*(int(each) for each in found.groups()))
    except ValueError:
        return None


def _kept(found: tuple[Clue, ...]) -> tuple[Clue, ...]:
    """In order, each once, no more of a kind than anybody can look at."""
    counts: dict[ClueKind, int] = {}
    kept: list[Clue] = []
    for clue in sorted(dict.fromkeys(found), key=in_order):
        counts[clue.kind] = counts.get(clue.kind, 0) + 1
        if counts[clue.kind] <= MOST_OF_A_KIND:
            kept.append(clue)
    return tuple(kept)
