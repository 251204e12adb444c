"""What a talk says, for the person who is writing it down: clues, home, speech, what to ask next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from matching.dialect.home_guess import CountyGuess, guess_counties
from matching.dialect.inference import (
    GroupGuess,
    SpeechEvidence,
    guess_groups,
    log_likelihood,
)
from matching.dialect.testimony import speech_in
from matching.text.gazetteer import gazetteer
from matching.text.place_resolver import PlaceResolver
from matching.text.testimony.clues import Clue, ClueKind, Speaker
from matching.text.testimony.home import HomeCandidate, rank_homes
from matching.text.testimony.known_places import known_places
from matching.text.testimony.questions import next_questions
from matching.text.testimony.reader import read_testimony

HOMES: Final = 5
GROUPS: Final = 3
COUNTIES: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What a talk says so far."""

    #: Kind -> its clues in the order of the talk; what the worker said first is left out.
    clues: Mapping[ClueKind, tuple[Clue, ...]]
    homes: tuple[HomeCandidate, ...]
    speech: tuple[GroupGuess, ...]
    #: Where people speak so; empty when nothing tells.
    counties: tuple[CountyGuess, ...]
    questions: tuple[str, ...]

    @property
    def needs_protection(self) -> bool:
        """Whether something sounds like abduction, sale or forced labour."""
        return ClueKind.POSSIBLE_ABDUCTION in self.clues


def hear(text: str, *, on: date) -> Heard:
    """Read a talk as it is being written; `on` is the day of the talk."""
    return heard_in(read_testimony(text, on=on, known=known_places()).clues, speech_in(text))


def heard_in(clues: Sequence[Clue], speech: SpeechEvidence) -> Heard:
    """What clues and the way of speaking say together, of one talk or of several."""
    homes = rank_homes(clues, place_resolver(), limit=HOMES)
    return Heard(
        clues=_by_kind(clues),
        homes=homes,
        speech=guess_groups(speech)[:GROUPS] if speech else (),
        counties=_counties(speech),
        questions=next_questions(clues, homes),
    )


def _counties(speech: SpeechEvidence) -> tuple[CountyGuess, ...]:
    return guess_counties(log_likelihood(speech), gazetteer(), COUNTIES) if speech else ()


def _by_kind(clues: Sequence[Clue]) -> dict[ClueKind, tuple[Clue, ...]]:
    said = [clue for clue in clues if clue.speaker is not Speaker.WORKER]
    kinds = [kind for kind in ClueKind if any(clue.kind is kind for clue in said)]
    return {kind: tuple(clue for clue in said if clue.kind is kind) for kind in kinds}


@cache
def place_resolver() -> PlaceResolver:
    """Made with the first talk: it reads the tables of all places."""
    return PlaceResolver()
