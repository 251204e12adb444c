"""How a resident speaks, by everything in the file."""

from collections.abc import Sequence

from casework.cases.case import Entry
from casework.cases.happenings.knowledge import ClueState, InterviewHeld
from casework.cases.statements import Statement
from matching.dialect.inference import SpeechEvidence
from matching.dialect.testimony import speech_in, speech_of_clues
from matching.text.testimony.clues import ClueKind

_NAMES = frozenset({ClueKind.HOME_PLACE, ClueKind.SELF_NAME, ClueKind.RELATIVE})


def speech_of(entries: Sequence[Entry], statements: Sequence[Statement]) -> SpeechEvidence:
    """The words of every talk, what the speech was called and not refuted, and names put right by people."""
    talks = [e.details.transcript for e in entries if isinstance(e.details, InterviewHeld)]
    markers = {marker.word: marker for talk in talks for marker in speech_in(talk).markers}
    standing = [each for each in statements if each.state is not ClueState.REFUTED]
    return SpeechEvidence(
        markers=tuple(markers.values()),
        corrected=tuple(_put_right(standing)),
        named=speech_of_clues(each.clue for each in standing).named,
    )


def _put_right(statements: Sequence[Statement]) -> list[tuple[str, str]]:
    """Names as they were written down and as somebody says they are, each pair once."""
    pairs = [
        (each.clue.text, each.clue.value)
        for each in statements
        if each.judgement is not None
        and each.clue.kind in _NAMES
        and each.clue.text != each.clue.value
    ]
    return list(dict.fromkeys(pairs))
