"""Talks with their clues marked: every transcript in pieces, every clue as a chip beside it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from casework.cases.case import Entry
from casework.cases.happenings.knowledge import AudioKept, InterviewHeld
from casework.cases.statements import Statement
from casework.cases.view import CaseFile
from matching.text.testimony.abduction import sign_words
from matching.text.testimony.clues import Clue, ClueKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """One clue of a talk."""

    #: Its place on the page.
    anchor: str
    statement: Statement
    #: What it seems to say, where that is not just what was heard.
    meant: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedPiece:
    """A stretch of a transcript, and the first chip about it. The pieces join up to the text."""

    text: str
    chip: Chip | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedTalk:
    """One talk of a file."""

    number: int
    talk_id: str
    held_at: datetime
    pieces: tuple[MarkedPiece, ...]
    chips: tuple[Chip, ...]
    #: Recordings in the vault.
    audio_ids: tuple[str, ...] = ()


def marked_talks(file: CaseFile) -> tuple[MarkedTalk, ...]:
    """Every talk of a file, oldest first."""
    talks = [entry for entry in file.entries if isinstance(entry.details, InterviewHeld)]
    details = [entry.details for entry in file.entries]
    recordings = [each for each in details if isinstance(each, AudioKept)]
    return tuple(
        replace(
            _marked(number, entry, [x for x in file.statements if x.talk_id == entry.entry_id]),
            audio_ids=tuple(x.audio_id for x in recordings if x.talk_id == entry.entry_id),
        )
        for number, entry in enumerate(talks, start=1)
    )


def meaning(clue: Clue) -> str | None:
    """What a clue means, in words, where it is more than what was heard."""
    if clue.kind is ClueKind.POSSIBLE_ABDUCTION:
        return sign_words().get(clue.value, clue.value)
    if clue.years is not None:
        first, last = clue.years.earliest, clue.years.latest
        return f"{first} 年" if first == last else f"{first}–{last} 年"
    return clue.value if clue.value != clue.text else None


def _marked(number: int, entry: Entry, statements: Sequence[Statement]) -> MarkedTalk:
    assert isinstance(entry.details, InterviewHeld)
    chips = tuple(
        Chip(anchor=f"clue-{number}-{index}", statement=each, meant=meaning(each.clue))
        for index, each in enumerate(statements, start=1)
    )
    return MarkedTalk(
        number=number,
        talk_id=entry.entry_id,
        held_at=entry.happened_at,
        pieces=tuple(_pieces(entry.details.transcript, chips)),
        chips=chips,
    )


def _pieces(text: str, chips: Sequence[Chip]) -> Iterator[MarkedPiece]:
    """The text cut at its clues; of clues that overlap the first is marked."""
    done = 0
    for chip in chips:
        clue = chip.statement.clue
        if clue.start < done:
            continue
        if clue.start > done:
            yield MarkedPiece(text=text[done : clue.start])
        yield MarkedPiece(text=text[clue.start : clue.end], chip=chip)
        done = clue.end
    if done < len(text):
        yield MarkedPiece(text=text[done:])
