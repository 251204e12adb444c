"""What a talk says, for the person who is writing it down: clues, home, speech, what to ask next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from matching.text.place_resolver import PlaceResolver
from matching.text.testimony.clues import Clue, ClueKind, Speaker
from matching.text.testimony.home import HomeCandidate, rank_homes
from matching.text.testimony.known_places import known_places
from matching.text.testimony.languages import GroupShare, dialect_groups
from matching.text.testimony.questions import next_questions
from matching.text.testimony.reader import read_testimony

HOMES: Final = 5
GROUPS: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What a talk says so far."""

    #: Kind -> its clues in the order of the talk; what the worker said first is left out.
    clues: Mapping[ClueKind, tuple[Clue, ...]]
    homes: tuple[HomeCandidate, ...]
    speech: tuple[GroupShare, ...]
    questions: tuple[str, ...]

    @property
    def needs_protection(self) -> bool:
        """Whether something sounds like abduction, sale or forced labour."""
        return ClueKind.POSSIBLE_ABDUCTION in self.clues


def hear(text: str, *, on: date) -> Heard:
    """Read a talk as it is being written; `on` is the day of the talk."""
    return heard_in(read_testimony(text, on=on, known=known_places()).clues)


def heard_in(clues: Sequence[Clue]) -> Heard:
    """What clues say together, of one talk or of several."""
    homes = rank_homes(clues, _resolver(), limit=HOMES)
    markers = [clue for clue in clues if clue.kind is ClueKind.DIALECT_MARKER]
    return Heard(
        clues=_by_kind(clues),
        homes=homes,
        speech=dialect_groups(markers)[:GROUPS],
        questions=next_questions(clues, homes),
    )


def _by_kind(clues: Sequence[Clue]) -> dict[ClueKind, tuple[Clue, ...]]:
    said = [clue for clue in clues if clue.speaker is not Speaker.WORKER]
    kinds = [kind for kind in ClueKind if any(clue.kind is kind for clue in said)]
    return {kind: tuple(clue for clue in said if clue.kind is kind) for kind in kinds}


@cache
def _resolver() -> PlaceResolver:
    """Made with the first talk: it reads the tables of all places."""
    return PlaceResolver()
