"""Own names and relatives, with other readings of each name."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Final

from matching.model import Relation
from matching.text.pinyin import surname_table
from matching.text.testimony.clauses import Clause
from matching.text.testimony.clues import Clue, ClueKind, Speaker
from matching.text.testimony.kinship import Kin
from matching.text.testimony.lexicon import Lexicon
from matching.text.testimony.names_said import (
    full_name,
    is_pet,
    name_words,
    pet_name,
    said_surname,
    without,
)
from matching.text.testimony.other_readings import other_readings
from matching.text.testimony.turns import Topic

#: Confidence by how the name came (house figures).
_CUED, _BARE, _PET, _SURNAME, _LOOSE = 0.9, 0.75, 0.6, 0.5, 0.35
#: A name that answers a question stands within so many clauses of its beginning.
_NAME_WITHIN: Final = 6
_HEARD_ONLY: Final = re.compile(r"[（(][^（）()]{0,4}音[^（）()]{0,4}[）)]")
_RANKED: Final = re.compile(
    r"^(?:还有)?(?:大的|小的|细的|老大|老二|老三|老四|老幺|一个|另一个|大孩儿|二孩儿|三孩儿|大儿|二儿|小儿)"
)
_ONE_BY_ONE: Final = re.compile(r"一个(?:叫)?")
_OWN_RANK: Final = re.compile(r"^我(?:是|排行)?老([大二三四五六])")
_OTHER_RANK: Final = re.compile(r"^老([大二三四五六])(?:叫|是|喊)?")
_RANKS: Final = "大二三四五六"
_SURNAME_SAID: Final = re.compile(r"^(.{0,6}?)姓(.*)$")
_NOT_SAID: Final = re.compile(r"[没不唔冇都谁老贵同]")
#: 村里都姓朱, 厂叫…: what is named here is a place or a thing.
_THING: Final = re.compile(r"(?:村|庄|屯|寨|镇|乡|县|厂|店|山|河|江|湖|桥|地方|学校|小学|地名|节目|歌)(?:子|里|上|边)?(?:都|就|也|的名字|名)?(?:姓.)?$")
_DENIED: Final = re.compile(r"(?:不|没|别|莫|冇|唔)(?:是|说|系|要)?(?:叫|喊|姓)|假的")
_MALE: Final = frozenset({"兄弟", "弟兄"})


@dataclass
class _State:
    """What was said so far."""

    surnames: set[str] = field(default_factory=set)
    #: A name was announced and comes next (我叫 黎金凤).
    announced: int = -1
    own_rank: int = 0
    siblings: Kin | None = None
    previous: str = ""
    own: list[Clue] = field(default_factory=list)


def read_people(text: str, clauses: Sequence[Clause]) -> tuple[Clue, ...]:
    """Every name that the resident, or a note about them, gives to somebody."""
    state = _State()
    found = [
        _heard(text, clue)
        for clause in clauses
        if clause.speaker is not Speaker.WORKER and not clause.turn.is_aside
        for clue in _named(clause, state)
    ]
    if not any(clue.kind is ClueKind.SELF_NAME and len(clue.value) > 1 for clue in found):
        found.extend(_loose(clauses))
    return tuple(_joined_up(found))


def _named(clause: Clause, state: _State) -> Iterator[Clue]:
    state.siblings = next((kin for kin in clause.kin if kin.is_many), state.siblings)
    if clause.kin:
        found = list(_relatives(clause))
    elif clause.subject is not None:
        found = list(_more_of(clause, clause.subject))
    else:
        found = list(_ranked(clause, state)) or list(_own(clause, state))
    state.previous = clause.words
    yield from found


def _relatives(clause: Clause) -> Iterator[Clue]:
    """Names behind each kin word of a clause."""
    ends = [kin.start for kin in clause.kin[1:]] + [len(clause.words)]
    for kin, end in zip(clause.kin, ends, strict=True):
        rest = clause.words[kin.end : end]
        several = list(_ONE_BY_ONE.finditer(rest)) if kin.is_many else []
        for one in several:
            yield from _relative(clause, kin, kin.end + one.end(), rest[one.end() :], is_linked=True)
        if not several:
            yield from _linked(clause, kin, kin.end, rest)


def _linked(clause: Clause, kin: Kin, start: int, rest: str) -> Iterator[Clue]:
    bare, skipped = without(rest, name_words().between)
    named, cut = without(bare, name_words().links)
    if bare.startswith("姓"):
        yield from _surname_of(clause, kin, start + skipped + 1, bare[1:])
    elif cut or not skipped:
        is_linked = bool(cut) and not bare.startswith("是")
        yield from _relative(clause, kin, start + skipped + cut, named, is_linked=is_linked)


def _relative(
    clause: Clause, kin: Kin, start: int, rest: str, *, is_linked: bool
) -> Iterator[Clue]:
    name = full_name(rest)
    if name and not is_linked and len(name) == len(rest) - 1 and rest[-1] in "的了":
        return
    if name.endswith("氏") and len(name) == 2:  # noqa: PLR2004 - 覃氏: only the surname is known
        name = name[0]
    pet = pet_name(rest) if is_linked and not name else ""
    if name or pet:
        confidence = _CUED if name and is_linked else _BARE if name else _PET
        yield _clue(clause, start, name or pet, confidence, kin)


def _surname_of(clause: Clause, kin: Kin, start: int, rest: str) -> Iterator[Clue]:
    name = full_name(rest) if full_name(rest) == rest else ""
    said = name or said_surname(rest)
    if said:
        yield _clue(clause, start, said, _CUED if name else _SURNAME, kin)


def _more_of(clause: Clause, kin: Kin) -> Iterator[Clue]:
    """A clause without a kin word of its own that goes on about somebody: 大的叫…, 叫…, 姓…."""
    rank = _RANKED.match(clause.words)
    start = rank.end() if rank else 0
    rest = clause.words[start:]
    named, cut = without(rest, name_words().links)
    if rest.startswith("姓"):
        yield from _surname_of(clause, kin, start + 1, rest[1:])
    elif rank or cut:
        yield from _relative(clause, kin, start + cut, named, is_linked=bool(cut) or bool(rank))
    elif full_name(rest) == rest:
        yield _clue(clause, 0, rest, _BARE, kin)


def _ranked(clause: Clause, state: _State) -> Iterator[Clue]:
    """我老大，老二金学俭: a brother or sister by order of birth."""
    own = _OWN_RANK.match(clause.words)
    if own:
        state.own_rank = _RANKS.index(own.group(1)) + 1
    other = _OTHER_RANK.match(clause.words)
    if other is None or not state.own_rank or state.siblings is None:
        return
    is_elder = _RANKS.index(other.group(1)) + 1 < state.own_rank
    relation = Relation.SIBLING
    if state.siblings.word in _MALE:
        relation = Relation.ELDER_BROTHER if is_elder else Relation.YOUNGER_BROTHER
    kin = replace(state.siblings, relation=relation)
    yield from _relative(clause, kin, other.end(), clause.words[other.end() :], is_linked=True)


def _own(clause: Clause, state: _State) -> Iterator[Clue]:
    found = list(_said(clause, state)) or list(_own_surname(clause, state))
    found = found or list(_answered(clause, state))
    state.own.extend(found)
    yield from found


def _said(clause: Clause, state: _State) -> Iterator[Clue]:
    """A name behind 我叫, 大名, 自称 …"""
    words = clause.words
    if _DENIED.search(words):
        return
    for cue in _self_cues().find(words):
        if _THING.search(words[: cue.start] or state.previous) and not cue.word.startswith("我"):
            return
        rest, cut = without(words[cue.end :], ("是", "系", "做", "作", "个"))
        if not rest:
            state.announced = clause.sentence
            return
        is_naming = any(each in cue.word for each in ("叫", "喊", "小名", "外号", "绰号"))
        name = full_name(rest) or _of_known_surname(rest, state)
        pet = pet_name(rest) if is_naming and not name else ""
        if name or pet:
            confidence = _CUED if name else _PET
            yield _clue(clause, cue.end + cut, name or pet, confidence, None)
            return


def _own_surname(clause: Clause, state: _State) -> Iterator[Clue]:
    found = _SURNAME_SAID.match(clause.words)
    if found is None or _NOT_SAID.search(found.group(1)) or _THING.search(state.previous):
        return
    rest = found.group(2)
    name = full_name(rest) if full_name(rest) == rest else ""
    surname = said_surname(rest)
    if name or surname:
        state.surnames.add(surname or name[:1])
        start = len(clause.words) - len(rest)
        yield _clue(clause, start, name or surname, _CUED if name else _SURNAME, None)


def _answered(clause: Clause, state: _State) -> Iterator[Clue]:
    """A clause that is a name and nothing else, where a name was asked for or begun."""
    bare, cut = without(clause.words, name_words().fillers)
    name = full_name(bare)
    is_asked = Topic.NAME in clause.topics and clause.position < _NAME_WITHIN
    if is_asked or state.announced == clause.sentence:
        name = name or _of_known_surname(bare, state)
        if name and len(bare) <= len(name) + 1:
            yield _clue(clause, cut, name, _BARE, None)
            return
    known = _of_known_surname(bare, state)
    if known and known == bare:
        yield _clue(clause, cut, known, _BARE, None)


def _of_known_surname(run: str, state: _State) -> str:
    """A name whose surname the resident has said, however rare: 姓资，资道明."""
    for surname in state.surnames:
        given = run[len(surname) :]
        if run.startswith(surname) and 1 <= len(given) <= 2:  # noqa: PLR2004 - one or two
            return "" if set(given) & name_words().never_inside else run
    return ""


def _loose(clauses: Sequence[Clause]) -> Iterator[Clue]:
    """Where no name was found at all: an answer that is three characters with a surname in front."""
    for clause in clauses:
        is_said = clause.speaker is Speaker.RESIDENT and not clause.turn.is_aside
        is_plain = clause.subject is None and Topic.HOME not in clause.topics
        name = full_name(clause.words) if is_said and is_plain else ""
        if name == clause.words and len(name) == 3:  # noqa: PLR2004 - 马占彪
            yield _clue(clause, 0, name, _LOOSE, None)
            return


def _clue(clause: Clause, start: int, name: str, confidence: float, kin: Kin | None) -> Clue:
    at = clause.start + start
    return Clue(
        kind=ClueKind.RELATIVE if kin else ClueKind.SELF_NAME,
        start=at,
        end=at + len(name),
        text=name,
        speaker=clause.speaker,
        value=name,
        confidence=confidence if clause.speaker is Speaker.RESIDENT else confidence * 0.9,
        relation=kin.relation if kin else None,
    )


def _heard(text: str, clue: Clue) -> Clue:
    """The clue with its other readings; a name marked （音） is less sure."""
    is_doubtful = _HEARD_ONLY.match(text, clue.end) is not None
    return replace(
        clue,
        alternatives=other_readings(text, clue),
        confidence=round(clue.confidence * (0.8 if is_doubtful else 1.0), 3),
    )


def _joined_up(found: Sequence[Clue]) -> Iterator[Clue]:
    """Own surname and pet name become a name; readings of a surname hold for every own name."""
    own = [clue for clue in found if clue.kind is ClueKind.SELF_NAME]
    surnames = [reading for clue in own if _is_surname(clue.value) for reading in clue.readings]
    doubts = {clue.value: clue.alternatives for clue in own if _is_surname(clue.value)}
    has_full = any(not is_pet(c.value) and not _is_surname(c.value) for c in own)
    for clue in found:
        if clue.kind is not ClueKind.SELF_NAME or _is_surname(clue.value):
            yield clue
        elif surnames and not has_full and is_pet(clue.value):
            yield _with_surnames(clue, surnames)
        else:
            more = [x + clue.value[len(s) :] for s, o in doubts.items() if clue.value.startswith(s) for x in o]
            yield replace(clue, alternatives=_others(clue.value, (*clue.alternatives, *more)))


def _with_surnames(clue: Clue, surnames: Sequence[str]) -> Clue:
    pet = clue.value
    given = pet[1:] if pet[0] in "阿小老" else pet
    readings = (*(each + given for each in surnames), *(each + pet for each in surnames), pet)
    return replace(clue, value=readings[0], alternatives=_others(readings[0], readings))


def _others(value: str, readings: Sequence[str]) -> tuple[str, ...]:
    return tuple(each for each in dict.fromkeys(readings) if each != value)


def _is_surname(name: str) -> bool:
    return len(name) == 1 or name in surname_table().compound


@cache
def _self_cues() -> Lexicon[None]:
    return Lexicon(dict.fromkeys(name_words().self_cues))
