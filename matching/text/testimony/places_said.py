"""Stretches that name places: home, or somewhere else (work, passing through, married out, denied).

Whether a stretch is a place at all is the gazetteer's to say (`home.py`); here the words around it
decide what it would be. Words are data (`place_words.toml`).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from matching.tables import toml_table
from matching.text.normalize import is_han
from matching.text.testimony.clauses import Clause, clue_in
from matching.text.testimony.clues import Clue, ClueKind, Speaker
from matching.text.testimony.lexicon import Lexicon, word_set
from matching.text.testimony.names_said import longest_first, name_words
from matching.text.testimony.turns import Topic, agrees, denies

_SHORTEST: Final = 2
_LONGEST: Final = 14
#: Characters of the longest word that is cut away at either end.
_LONGEST_TRIMMED: Final = 8
_LONGEST_ELSEWHERE: Final = 6
#: An answer about home speaks of it within so many clauses.
_HOME_WITHIN: Final = 9
_PLACE_ENDING: Final = re.compile(
    r"(?:自治区|省|市|县|区|旗|镇|乡|公社|大队|街道|村|屯|庄|寨|圩|墟|集|场|店)$"
)
_RENAMED: Final = re.compile(
    r"([\u4e00-\u9fff]{2,6}?)(?:现在|如今|后来)(?:好像|可能|大概|就|改)?(?:叫|改叫|喊)([\u4e00-\u9fff]{2,6})"
)
_NAMES_VILLAGE: Final = re.compile(
    r"(?:村|庄|屯|寨|湾|院子|屋场|地方)(?:里|上|子)?(?:都|的名字|名)?(?:姓.)?$"
)
#: 七八年, 三十里, 离县城, 三月初八: times and distances.
_NO_PLACE: Final = re.compile(
    r"^[〇零一二三四五六七八九十百几两半]+(?:年|岁|月|里|公里|块|斤|次|天|个|岁多)|^离|月初|生日|里路$"
)
_MARRIED: Final = re.compile(r"嫁(?:咗|了|过)?(?:到|去|来|在)")
_ASKS: Final = re.compile(r"哪|什么|啥|么子|甚|边度|多少|几")
#: 文昌的, 松溪县人: nothing but a place and "of" or "man".
_BELONGS: Final = re.compile(r"^[\u4e00-\u9fff]{2,8}(?:的|人|嘅)$")
#: Confidence (house figures): asked or cued by the resident, going on, told in a note, agreed to.
_CUED, _GOES_ON, _ELSEWHERE, _KNOWN, _AGREED = 0.85, 0.7, 0.6, 0.5, 0.5
#: The writer's guess or a question that took the place for granted; one that was not taken up.
_GUESSED, _REFUSED = 0.3, 0.1


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """The table of `place_words.toml`."""

    home: Lexicon[None]
    frames: tuple[tuple[str, str], ...]
    elsewhere: Lexicon[None]
    mothers_home: Lexicon[None]
    verbs: tuple[str, ...]
    denied: tuple[str, ...]
    front: frozenset[str]
    back: frozenset[str]
    between: re.Pattern[str]
    not_places: Lexicon[None]
    whole: frozenset[str]
    known: Lexicon[None]


@cache
def place_words() -> PlaceWords:
    """The shipped table."""
    table = toml_table("matching.text.testimony", "place_words.toml")
    between = "|".join(map(re.escape, longest_first(table["trimmed"]["between"])))
    return PlaceWords(
        home=word_set(table["home"]["cues"]),
        frames=tuple((before, after) for before, after in table["home"]["frames"]),
        elsewhere=word_set(table["elsewhere"]["cues"]),
        mothers_home=word_set(table["elsewhere"]["mothers_home"]),
        verbs=longest_first(table["elsewhere"]["verbs"]),
        denied=longest_first(table["denied"]["cues"]),
        front=frozenset(table["trimmed"]["front"]),
        back=frozenset(table["trimmed"]["back"]),
        between=re.compile(between),
        not_places=word_set(table["not_places"]["words"]),
        whole=frozenset(table["not_places"]["whole"]),
        known=word_set(table["known"]["names"]),
    )


def read_places(clauses: Sequence[Clause], names: Lexicon[None]) -> tuple[Clue, ...]:
    """Every stretch that may name a place, in the order of the text.

    `names` are those that need no cue (counties and cities of a gazetteer).
    """
    said = list(_resident_places(clauses, names))
    return (*said, *_renamed(clauses, said), *_suggested(clauses, names))


def _resident_places(clauses: Sequence[Clause], names: Lexicon[None]) -> Iterator[Clue]:
    before: Clause | None = None
    was_home = False
    for clause in clauses:
        if clause.speaker is Speaker.WORKER or clause.turn.is_aside:
            if clause.turn.is_aside:
                yield from _guess(clause)
            continue
        goes_on = was_home and before is not None and before.turn is clause.turn
        role = _role(clause, before, names, goes_on=goes_on)
        found = list(_stretches_of(clause, role, names))
        yield from found
        if role is ClueKind.HOME_PLACE or before is None or before.turn is not clause.turn:
            was_home = role is ClueKind.HOME_PLACE and bool(found)
        elif clause.sentence != before.sentence:
            was_home = was_home and role is None
        before = clause


def _role(
    clause: Clause, before: Clause | None, names: Lexicon[None], *, goes_on: bool
) -> ClueKind | None:
    """What a place in this clause would be; None when nothing says."""
    words = clause.words
    is_cued = bool(_framed_from(words)) or place_words().home.is_in(words)
    if _is_elsewhere(clause, is_cued=is_cued):
        return ClueKind.OTHER_PLACE
    if is_cued or _names_village(before, clause):
        return ClueKind.HOME_PLACE
    if Topic.CAME_FROM in clause.topics:
        return ClueKind.OTHER_PLACE
    is_only_yes = clause.position == 0 and Topic.HOME not in clause.topics and agrees(words)
    is_home = not is_only_yes and (goes_on or _speaks_of_home(clause, names))
    return ClueKind.HOME_PLACE if is_home else None


def _is_elsewhere(clause: Clause, *, is_cued: bool) -> bool:
    """Denied, about a relative, or where something was done that is not living there."""
    words, table = clause.words, place_words()
    # A daughter who married away lives there, not the resident.
    is_relatives = clause.subject is not None and (clause.kin or not is_cued or "嫁" in words)
    heads = (*table.denied, "去", "到", "往", "经过")
    return words.startswith(heads) or bool(is_relatives) or table.elsewhere.is_in(words)


def _speaks_of_home(clause: Clause, names: Lexicon[None]) -> bool:
    """An answer about home, or a clause that is nothing but a place."""
    words = clause.words
    asked = Topic.HOME in clause.topics and clause.position < _HOME_WITHIN
    is_place = _BELONGS.match(words) or _PLACE_ENDING.search(words)
    return asked or bool(is_place) or _begins_known(words, names)


def _begins_known(words: str, names: Lexicon[None]) -> bool:
    """Whether a clause, once trimmed, begins with a name that everybody knows."""
    known = {hit.start for hit in names.find(words)}
    return any(start in known for start, _ in place_stretches(words))


def _framed_from(words: str) -> int:
    """Where the place begins in 我是湘乡人, 自己是安徽六安人; 0 when there is no such frame."""
    for start, end in place_words().frames:
        before, found, rest = words.partition(start)
        if found and end in rest:
            return len(before) + len(start)
    return 0


def _married_from(words: str) -> int:
    """Where the place begins in 十八岁嫁到沈丘县; 0 when nobody marries."""
    found = _MARRIED.search(words)
    return found.end() if found else 0


def _names_village(before: Clause | None, clause: Clause) -> bool:
    """村里都姓朱，叫…: what is named is the village."""
    return (
        before is not None
        and before.sentence == clause.sentence
        and clause.words.startswith(("叫", "喊"))
        and bool(_NAMES_VILLAGE.search(before.words))
    )


def _stretches_of(clause: Clause, role: ClueKind | None, names: Lexicon[None]) -> Iterator[Clue]:
    if role is ClueKind.HOME_PLACE:
        is_cued = place_words().home.is_in(clause.words) or Topic.HOME in clause.topics
        begin = _framed_from(clause.words) or _married_from(clause.words)
        for start, end in place_stretches(clause.words[begin:]):
            yield clue_in(clause, role, begin + start, begin + end, _CUED if is_cued else _GOES_ON)
        return
    mothers = place_words().mothers_home.first(clause.words)
    if mothers is not None and role is ClueKind.OTHER_PLACE:
        for start, end in place_stretches(clause.words[mothers.end :]):
            clue = clue_in(clause, role, mothers.end + start, mothers.end + end, _ELSEWHERE)
            yield replace(clue, is_mothers_home=True)
        return
    # 大名, 原名 are counties too; before a name they are none.
    hits = (hit for hit in names.find(clause.words) if hit.word not in name_words().self_cues)
    spans = [(hit.start, hit.end) for hit in hits]
    for start, end in spans or (_elsewhere(clause) if role is ClueKind.OTHER_PLACE else ()):
        yield clue_in(clause, ClueKind.OTHER_PLACE, start, end, _KNOWN if spans else _ELSEWHERE)


def place_stretches(words: str) -> Iterator[tuple[int, int]]:
    """The parts of a clause that are left when everything that is no place is cut away."""
    start = 0
    cuts = [found.span() for found in place_words().between.finditer(words)]
    for cut_start, cut_end in [*cuts, (len(words), len(words))]:
        if cut_start - start >= _SHORTEST or cut_start == len(words):
            yield from _trimmed(words, start, cut_start)
            start = cut_end


def _trimmed(words: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    table = place_words()
    while True:
        rest = words[start:end]
        lengths = range(min(len(rest) - _SHORTEST, _LONGEST_TRIMMED), 0, -1)
        front = next((n for n in lengths if rest[:n] in table.front), 0)
        back = 0 if front else next((n for n in lengths if rest[-n:] in table.back), 0)
        if not front and not back:
            break
        start, end = start + front, end - back
    rest = words[start:end]
    if _could_be_place(rest):
        yield start, end


def _could_be_place(rest: str) -> bool:
    table = place_words()
    if not _SHORTEST <= len(rest) <= _LONGEST or rest in table.whole:
        return False
    if not all(is_han(char) for char in rest) or _NO_PLACE.search(rest):
        return False
    return _PLACE_ENDING.search(rest) is not None or not table.not_places.is_in(rest)


def _elsewhere(clause: Clause) -> Iterator[tuple[int, int]]:
    """在深圳开车, 嫁到绵阳去了: a short stretch behind 在, 到 … and before what was done there."""
    words, table = clause.words, place_words()
    at = min((words.find(v) + len(v) for v in table.verbs if v in words), default=-1)
    if words.startswith(table.denied):
        at = next(len(each) for each in table.denied if words.startswith(each))
    if at < 0:
        return
    stop = next((h.start for h in table.elsewhere.every(words) if h.start >= at + _SHORTEST), None)
    for start, end in place_stretches(words[at:stop]):
        if end - start <= _LONGEST_ELSEWHERE:
            yield at + start, at + end


def _suggested(clauses: Sequence[Clause], names: Lexicon[None]) -> Iterator[Clue]:
    """What the worker named first: marked as the worker's, surer when the resident agreed."""
    for clause, answer in _questions(clauses):
        is_agreed = (
            answer is not None
            and agrees(answer.words)
            and answer.turn.question == clause.turn.words
        )
        for start, end in _named_by_worker(clause, names):
            is_denied = answer is None or denies(answer.words)
            confidence = _AGREED if is_agreed else _REFUSED if is_denied else _GUESSED
            yield clue_in(clause, ClueKind.HOME_PLACE, start, end, confidence)


def _questions(clauses: Sequence[Clause]) -> Iterator[tuple[Clause, Clause | None]]:
    """The worker's clauses in the order of the text, each with the first one answered behind it."""
    answer: Clause | None = None
    found: list[tuple[Clause, Clause | None]] = []
    for clause in reversed(clauses):
        if clause.turn.is_aside:
            continue
        if clause.speaker is Speaker.WORKER:
            found.append((clause, answer))
        elif clause.speaker is Speaker.RESIDENT:
            answer = clause
    return reversed(found)


def _named_by_worker(clause: Clause, names: Lexicon[None]) -> Iterator[tuple[int, int]]:
    if clause.subject is not None or Topic.CAME_FROM in clause.topics:
        return
    if _ASKS.search(clause.words):
        yield from ((hit.start, hit.end) for hit in names.find(clause.words))
        return
    for start, end in place_stretches(clause.words):
        words = clause.words[start:end]
        if names.is_in(words) or _PLACE_ENDING.search(words):
            yield start, end


def _renamed(clauses: Sequence[Clause], said: Sequence[Clue]) -> Iterator[Clue]:
    """畲坑现在好像叫畲江: what a home place is called today."""
    homes = (clue.text for clue in said if clue.kind is ClueKind.HOME_PLACE)
    parts = {part for home in homes for part in _parts(home)}
    for clause in clauses:
        found = _RENAMED.search(clause.words)
        if found and found.group(1) in parts:
            for start, end in place_stretches(found.group(2)):
                at = found.start(2)
                yield clue_in(clause, ClueKind.HOME_PLACE, at + start, at + end, _KNOWN)


def _parts(home: str) -> Iterator[str]:
    """Every stretch of a place as said that may be its name."""
    for start in range(len(home)):
        yield from (home[start:end] for end in range(start + _SHORTEST, len(home) + 1))


def _guess(clause: Clause) -> Iterator[Clue]:
    """（记录人猜测镇雄）: the writer's guess, marked as such."""
    if clause.speaker is not Speaker.WORKER or Topic.HOME not in clause.topics:
        return
    found = re.search(
        r"(?:猜测?|估计|推测|怀疑|疑似|可能是|应该?是|大概是)(?:是)?([\u4e00-\u9fff]{2,8})",
        clause.words,
    )
    if found and _could_be_place(found.group(1)):
        yield clue_in(clause, ClueKind.HOME_PLACE, found.start(1), found.end(1), _GUESSED)
