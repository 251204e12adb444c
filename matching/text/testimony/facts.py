"""From clues to the facts that a search compares."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from matching.model import Home, PersonFacts, Relative
from matching.text.testimony.births import birth_of
from matching.text.testimony.clues import Clue, ClueKind, Speaker
from matching.text.testimony.family import one_each
from matching.text.testimony.known_places import known_places
from matching.text.testimony.reader import read_testimony

_MOST: Final = 12
_LONGEST_HOME: Final = 60


def facts_from_transcript(text: str, *, on: date) -> PersonFacts:
    """What one record of a talk says, as facts; `on` is the day of the talk, for ages.

    Text without Chinese, or without a cue, gives empty facts: nothing usable was said.
    """
    return facts_from_clues(read_testimony(text, on=on, known=known_places()).clues)


def facts_from_clues(clues: Sequence[Clue]) -> PersonFacts:
    """Facts of the resident's own words and of notes; what the worker named first is left out."""
    said = [clue for clue in clues if clue.speaker is not Speaker.WORKER]
    return PersonFacts(
        names=_names(said),
        homes=_homes(said),
        relatives=_relatives(said),
        birth=birth_of(said),
        marks=_values(said, ClueKind.BODY_MARK),
        landmarks=_values(said, ClueKind.LANDMARK),
        languages=_values(said, ClueKind.DIALECT_MARKER),
        work=_values(said, ClueKind.WORK),
        id_digits=_values(said, ClueKind.ID_DIGITS),
        phone_digits=_values(said, ClueKind.PHONE_DIGITS),
    )


def _names(clues: Iterable[Clue]) -> tuple[str, ...]:
    """Surest names first; a lone surname only where no name has it."""
    own = [clue for clue in clues if clue.kind is ClueKind.SELF_NAME]
    own.sort(key=lambda clue: (-clue.confidence, clue.start))
    readings = list(dict.fromkeys(each for clue in own for each in clue.readings))
    heads = {each[0] for each in readings if len(each) > 1}
    return _first(each for each in readings if len(each) > 1 or each not in heads)


def _homes(clues: Sequence[Clue]) -> tuple[Home, ...]:
    """One phrase each for home and for the family somebody was born into.

    Places said in several answers support each other.
    """
    own = (clue for clue in clues if clue.kind is ClueKind.HOME_PLACE)
    mothers = (clue for clue in clues if clue.is_mothers_home)
    phrases = (_phrase(places) for places in (own, mothers))
    return tuple(Home(text=phrase) for phrase in phrases if phrase)


def _phrase(places: Iterable[Clue]) -> str:
    words = _first(each for clue in places for each in clue.readings)
    return "，".join(words)[:_LONGEST_HOME]


def _relatives(clues: Iterable[Clue]) -> tuple[Relative, ...]:
    return one_each(
        Relative(relation=clue.relation, name=clue.value, other_readings=clue.alternatives)
        for clue in clues
        if clue.relation is not None
    )[:_MOST]


def _values(clues: Iterable[Clue], kind: ClueKind) -> tuple[str, ...]:
    return _first(clue.value for clue in clues if clue.kind is kind)


def _first(found: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found))[:_MOST]
