"""What a record of a talk shows of how the person speaks."""

from collections.abc import Iterable, Iterator, Sequence

from matching.dialect.inference import SpeechEvidence
from matching.dialect.word_markers import WordMarker, find_markers
from matching.text.testimony.clauses import Clause, read_clauses
from matching.text.testimony.clues import Clue, ClueKind, Speaker
from matching.text.testimony.languages import read_languages, speech_named
from matching.text.testimony.turns import read_turns


def speech_in(text: str, corrected: Sequence[tuple[str, str]] = ()) -> SpeechEvidence:
    """The markers in what was not said by the worker, and the names of speeches and regions.

    `corrected`: names as they were written down, and as they were meant.
    """
    clauses = read_clauses(read_turns(text))
    return SpeechEvidence(
        markers=tuple(_markers(clauses)),
        corrected=corrected,
        named=speech_of_clues(read_languages(clauses)).named,
    )


def speech_of_clues(clues: Iterable[Clue]) -> SpeechEvidence:
    """What clues name of a speech or region, where the text itself is not at hand."""
    values = dict.fromkeys(clue.value for clue in clues if clue.kind is ClueKind.DIALECT_MARKER)
    return SpeechEvidence(named=tuple(filter(None, map(speech_named, values))))


def _markers(clauses: Sequence[Clause]) -> Iterator[WordMarker]:
    """Each word once, where it is said first."""
    seen: set[str] = set()
    for clause in clauses:
        if clause.speaker is Speaker.WORKER:
            continue
        for found in find_markers(clause.words):
            if found.word not in seen:
                seen.add(found.word)
                yield WordMarker(found.word, clause.start + found.start, clause.start + found.end)
