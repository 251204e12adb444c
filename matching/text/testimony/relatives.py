"""Names of relatives, behind the kin words of a clause or in the clauses that go on about them."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from matching.model import Relation
from matching.text.testimony.clauses import Clause
from matching.text.testimony.clues import Clue, ClueKind, Speaker
from matching.text.testimony.kinship import Kin
from matching.text.testimony.names_said import (
    full_name,
    name_words,
    pet_name,
    said_surname,
    without,
)

#: Confidence by how a name came (house figures).
CUED: Final = 0.9
BARE: Final = 0.75
PET: Final = 0.6
SURNAME: Final = 0.5
#: What a note says counts a little less than the resident's own words.
NOTED: Final = 0.9
_RANKED: Final = re.compile(
    r"^(?:还有)?(?:大的|小的|细的|老大|老二|老三|老四|老幺|一个|另一个|大孩儿|二孩儿|三孩儿|大儿|二儿|小儿)"
)
_ONE_BY_ONE: Final = re.compile(r"一个(?:叫)?")
_OWN_RANK: Final = re.compile(r"^我(?:是|排行)?老([大二三四五六])")
_OTHER_RANK: Final = re.compile(r"^老([大二三四五六])(?:叫|是|喊)?")
_RANKS: Final = "大二三四五六"
#: Brothers by word; 姊妹 and 兄弟姐妹 may be either.
_BROTHERS: Final = frozenset({"兄弟", "弟兄"})


def relatives_in(clause: Clause, surnames: frozenset[str]) -> Iterator[Clue]:
    """Names in a clause with kin words, or in one that goes on about its subject.

    `surnames` are those that were said of somebody, however rare.
    """
    if clause.kin:
        yield from _behind_kin_words(clause, surnames)
    elif clause.subject is not None:
        yield from _going_on(clause, clause.subject, surnames)


def own_rank(clause: Clause) -> int:
    """我老大: the resident's place among brothers and sisters, from 1; 0 when it is not said."""
    found = _OWN_RANK.match(clause.words)
    return _RANKS.index(found.group(1)) + 1 if found else 0


def sibling_by_rank(
    clause: Clause, rank: int, siblings: Kin, surnames: frozenset[str]
) -> Iterator[Clue]:
    """我老大，老二金学俭: a brother or sister by order of birth."""
    found = _OTHER_RANK.match(clause.words)
    if found is None:
        return
    relation = Relation.SIBLING
    if siblings.word in _BROTHERS:
        is_elder = _RANKS.index(found.group(1)) + 1 < rank
        relation = Relation.ELDER_BROTHER if is_elder else Relation.YOUNGER_BROTHER
    kin = replace(siblings, relation=relation)
    yield from _named(clause, kin, found.end(), surnames, is_linked=True)


def name_clue(clause: Clause, start: int, name: str, confidence: float, kin: Kin | None) -> Clue:
    """The clue of a name that stands at `start` of a clause."""
    at = clause.start + start
    share = 1.0 if clause.speaker is Speaker.RESIDENT else NOTED
    return Clue(
        kind=ClueKind.RELATIVE if kin else ClueKind.SELF_NAME,
        start=at,
        end=at + len(name),
        text=name,
        speaker=clause.speaker,
        value=name,
        confidence=round(confidence * share, 3),
        relation=kin.relation if kin else None,
    )


def _behind_kin_words(clause: Clause, surnames: frozenset[str]) -> Iterator[Clue]:
    ends = [kin.start for kin in clause.kin[1:]] + [len(clause.words)]
    for kin, end in zip(clause.kin, ends, strict=True):
        part = replace(clause, words=clause.words[:end])
        rest = part.words[kin.end :]
        several = [kin.end + one.end() for one in _ONE_BY_ONE.finditer(rest) if kin.is_many]
        for start in several:
            yield from _named(part, kin, start, surnames, is_linked=True)
        if not several:
            yield from _linked(part, kin, surnames)


def _linked(clause: Clause, kin: Kin, surnames: frozenset[str]) -> Iterator[Clue]:
    """老弟叫刘福贵, 老弟刘福贵, 老母姓黄."""
    bare, skipped = without(clause.words[kin.end :], name_words().between)
    _, cut = without(bare, name_words().links)
    start = kin.end + skipped
    if bare.startswith("姓"):
        yield from _surname_of(clause, kin, start + 1, surnames)
    elif cut or not skipped:
        is_linked = bool(cut) and not bare.startswith("是")
        yield from _named(clause, kin, start + cut, surnames, is_linked=is_linked)


def _named(
    clause: Clause, kin: Kin, start: int, surnames: frozenset[str], *, is_linked: bool
) -> Iterator[Clue]:
    rest = clause.words[start:]
    name = full_name(rest, surnames)
    if name.endswith("氏") and len(name) == 2:  # noqa: PLR2004 - 覃氏: only the surname is known
        yield name_clue(clause, start, name[0], SURNAME, kin)
    elif name:
        yield name_clue(clause, start, name, CUED if is_linked else BARE, kin)
    elif is_linked and pet_name(rest):
        yield name_clue(clause, start, pet_name(rest), PET, kin)


def _surname_of(clause: Clause, kin: Kin, start: int, surnames: frozenset[str]) -> Iterator[Clue]:
    rest = clause.words[start:]
    name = full_name(rest, surnames)
    if name == rest:
        yield name_clue(clause, start, name, CUED, kin)
    elif said_surname(rest):
        yield name_clue(clause, start, said_surname(rest), SURNAME, kin)


def _going_on(clause: Clause, kin: Kin, surnames: frozenset[str]) -> Iterator[Clue]:
    """A clause without a kin word of its own: 大的叫…, 叫…, 姓…, or only a name."""
    rank = _RANKED.match(clause.words)
    start = rank.end() if rank else 0
    _, cut = without(clause.words[start:], name_words().links)
    if clause.words.startswith("姓", start):
        yield from _surname_of(clause, kin, start + 1, surnames)
    elif rank or cut:
        yield from _named(clause, kin, start + cut, surnames, is_linked=True)
    elif full_name(clause.words, surnames) == clause.words:
        yield name_clue(clause, 0, clause.words, BARE, kin)
