"""What work somebody says they did: their own, not their family's."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from matching.tables import toml_table
from matching.text.testimony.clauses import Clause, clue_in
from matching.text.testimony.clues import Clue, ClueKind, Speaker
from matching.text.testimony.lexicon import Lexicon, word_set


@dataclass(frozen=True, slots=True)
class WorkWords:
    """The table of `work.toml`."""

    alone: Lexicon[None]
    cued: Lexicon[None]
    cues: Lexicon[None]
    asked: Lexicon[None]
    denied: Lexicon[None]


@cache
def work_words() -> WorkWords:
    """The shipped table."""
    table = toml_table("matching.text.testimony", "work.toml")
    cued = table["cued"]
    return WorkWords(
        alone=word_set(table["alone"]["words"]),
        cued=word_set(cued["words"]),
        cues=word_set(cued["cues"]),
        asked=word_set(cued["asked"]),
        denied=word_set(table["cued"]["denied"]),
    )


def read_work(clauses: Sequence[Clause]) -> tuple[Clue, ...]:
    """Kinds of work and workplaces in the resident's own words and in notes."""
    own = (
        clause
        for clause in clauses
        if clause.speaker is not Speaker.WORKER
        and clause.subject is None
        and not clause.turn.is_aside
    )
    return tuple(clue for clause in own for clue in _in_clause(clause))


def _in_clause(clause: Clause) -> Iterator[Clue]:
    table, words = work_words(), clause.words
    if table.denied.is_in(words):
        return
    hits = list(table.alone.find(words))
    if table.cues.is_in(words) or table.asked.is_in(clause.turn.question):
        hits += table.cued.find(words)
    for hit in hits:
        yield clue_in(clause, ClueKind.WORK, hit.start, hit.end, 0.7)
