"""Who is who: own names and relatives of a whole talk, with other readings of each name."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from matching.text.pinyin import surname_table
from matching.text.testimony.clauses import Clause
from matching.text.testimony.clues import Clue, ClueKind, Speaker
from matching.text.testimony.lexicon import Lexicon
from matching.text.testimony.names_said import lacks_surname, said_surname, surnamed
from matching.text.testimony.other_readings import other_readings, split_names
from matching.text.testimony.own_names import OwnNames
from matching.text.testimony.relatives import own_rank, relatives_in, sibling_by_rank
from matching.text.testimony.same_surname import with_family_surnames

_HEARD_ONLY: Final = re.compile(r"[（(][^（）()]{0,4}音[^（）()]{0,4}[）)]")
#: A name marked （音） is less sure by this factor (house figure).
_DOUBTFUL: Final = 0.8


def read_people(text: str, clauses: Sequence[Clause], known: Lexicon[None]) -> tuple[Clue, ...]:
    """Every name that the resident, or a note about them, gives to somebody.

    `known` are names of places that no bare name of a person is.
    """
    heard = [c for c in clauses if c.speaker is not Speaker.WORKER and _is_heard(c)]
    found = [_with_doubts(text, clue) for clue in _named(heard, known)]
    split = split_names(text, heard)
    taken = frozenset(at for clue in split for at in range(clue.start, clue.end))
    whole = [clue for clue in found if taken.isdisjoint(range(clue.start, clue.end))]
    return tuple(with_family_surnames([*_joined_up(_without_echoes([*whole, *split]))]))


def _is_heard(clause: Clause) -> bool:
    """An aside is the writer's, unless it tells what the resident wrote down."""
    return not clause.turn.is_aside or clause.turn.words.startswith("写")


def _named(clauses: Sequence[Clause], known: Lexicon[None]) -> Iterator[Clue]:
    surnames = _surnames_said(clauses)
    own, rank, siblings = OwnNames(surnames, known), 0, None
    for clause in clauses:
        siblings = next((kin for kin in clause.kin if kin.is_many), siblings)
        rank = own_rank(clause) or rank
        by_rank = sibling_by_rank(clause, rank, siblings, surnames) if rank and siblings else ()
        found = [*by_rank] or [*relatives_in(clause, surnames)]
        if clause.subject is None and not found:
            found = [*own.read(clause)]
        own.pass_by(clause)
        yield from found


def _surnames_said(clauses: Sequence[Clause]) -> frozenset[str]:
    """Every surname that somebody was said to bear: also a rare one is then known as one."""
    said = (said_surname(c.words.partition("姓")[2]) for c in clauses if "姓" in c.words)
    return frozenset(each for each in said if each)


def _with_doubts(text: str, clue: Clue) -> Clue:
    share = _DOUBTFUL if _HEARD_ONLY.match(text, clue.end) else 1.0
    confidence = round(clue.confidence * share, 3)
    return replace(clue, alternatives=other_readings(text, clue), confidence=confidence)


def _without_echoes(found: Sequence[Clue]) -> list[Clue]:
    """老公姓钟，钟亚水: the surname alone says nothing more once the name was given."""
    full = {(c.relation, c.value[0]) for c in found if c.relation and not _is_surname(c.value)}
    return [
        clue
        for clue in found
        if clue.relation is None
        or not _is_surname(clue.value)
        or clue.alternatives
        or (clue.relation, clue.value[0]) not in full
    ]


def _joined_up(found: Sequence[Clue]) -> Iterator[Clue]:
    """Own surname and pet name become a name; readings of a surname hold for every own name."""
    own = [clue for clue in found if clue.kind is ClueKind.SELF_NAME]
    doubts = {clue.value: clue.alternatives for clue in own if _is_surname(clue.value)}
    surnames = [reading for said, others in doubts.items() for reading in (said, *others)]
    has_full = any(not lacks_surname(c.value) and not _is_surname(c.value) for c in own)
    for clue in found:
        if clue.kind is not ClueKind.SELF_NAME or _is_surname(clue.value):
            yield clue
        elif surnames and not has_full and lacks_surname(clue.value):
            yield _with_surnames(clue, surnames)
        else:
            others = doubts.get(clue.value[:1], ())
            more = (other + clue.value[1:] for other in others)
            yield replace(clue, alternatives=_others(clue.value, (*clue.alternatives, *more)))


def _with_surnames(clue: Clue, surnames: Sequence[str]) -> Clue:
    """姓区 and 阿娣: most likely 区娣, perhaps 区阿娣."""
    readings = (*surnamed(clue.value, surnames), clue.value)
    return replace(clue, value=readings[0], alternatives=_others(readings[0], readings))


def _others(value: str, readings: Sequence[str]) -> tuple[str, ...]:
    return tuple(each for each in dict.fromkeys(readings) if each != value)


def _is_surname(name: str) -> bool:
    return len(name) == 1 or name in surname_table().compound
