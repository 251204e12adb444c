"""The resident's own names: said (我叫…), answered to a question, or announced and given next."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Final

from matching.text.testimony.clauses import Clause
from matching.text.testimony.clues import Clue, Speaker
from matching.text.testimony.lexicon import Hit, Lexicon
from matching.text.testimony.names_said import (
    full_name,
    is_pet,
    name_words,
    pet_name,
    said_surname,
    surname_length,
    without,
)
from matching.text.testimony.relatives import BARE, CUED, PET, SURNAME, name_clue
from matching.text.testimony.turns import Topic

#: A name nobody asked for, with nothing around it.
_LOOSE: Final = 0.35
#: A name that answers a question stands within so many clauses of its beginning.
_NAME_WITHIN: Final = 6
#: Characters of a name that may introduce itself in an answer to something else.
_INTRODUCES: Final = 3
_SURNAME_SAID: Final = re.compile(r"^(.{0,6}?)姓(.*)$")
#: What may stand before "called" when it is the resident who is called so.
_LEADING: Final = re.compile(
    r"^(?:他|她|我|俺|涯|阮|本人|自己|免贵|娘家|个|嘅|只|就|也|都|还|人|家|大家|们|管|原来|原|以前|从前|小时候|"
    r"细时|上一?次|先|后来|真的|曾经|说|讲|是|系|又|第.天|的|再|该员|那)*$"
)
#: 村里都姓朱, 厂叫…: what is named so is a place or a thing.
_THING: Final = re.compile(
    r"(?:村|庄|屯|寨|镇|乡|县|厂|店|山|河|江|湖|桥|地方|学校|小学|地名|节目|歌)(?:子|里|上|边)?"
    r"(?:都|就|也|的名字|名)?(?:姓.)?$"
)
_DENIED: Final = re.compile(r"(?:不|没|别|莫|冇|唔)(?:是|说|系|要)?(?:叫|喊|姓)|假的")
_GIVEN: Final = re.compile(r"[\u4e00-\u9fff]{1,2}")
_TRAILS_OFF: Final = re.compile(r".…+.{1,2}")
_BELONGING: Final = frozenset({"人", "的", "嘅", "那边", "嗰边", "县人", "市人"})
_I_AM: Final = ("我是", "俺是", "我系", "涯系", "阮是")
_SKIPPED: Final = ("是", "系", "做", "作", "个")
_NAMING: Final = ("叫", "喊", "名", "外号", "绰号")
#: Cues that also call things: a name must follow at once.
_WEAK: Final = frozenset({"叫", "喊", "写", "叫做", "叫个", "也说过"})


class OwnNames:
    """Reads own names clause by clause; remembers what was announced or begun."""

    def __init__(self, surnames: frozenset[str], places: Lexicon[None]) -> None:
        """`surnames` are those said of somebody, however rare; `places` are no names of people."""
        self._surnames = surnames
        self._places = places
        #: Whether the resident's own surname was given alone, so that a given name may follow.
        self._has_surname = False
        self._announced = -1
        #: Where a surname stands that trailed off (叫朱……玉田), and the surname.
        self._trailing: tuple[int, str] | None = None
        self._before: Clause | None = None

    def read(self, clause: Clause) -> Iterator[Clue]:
        """Own names in a clause that is about the resident."""
        found = (
            list(self._resumed(clause)) or list(self._cued(clause)) or list(self._surname(clause))
        )
        yield from found or self._answered(clause)

    def pass_by(self, clause: Clause) -> None:
        """Every clause passes by, whoever it is about: the next one may go on from it."""
        self._before = clause

    def _cued(self, clause: Clause) -> Iterator[Clue]:
        words = clause.words
        hit = None if _DENIED.search(words) else _cues().first(words)
        if hit is None or not _LEADING.match(words[: hit.start]) or self._is_thing(clause):
            return
        rest, cut = without(words[hit.end :], _SKIPPED)
        if self._comes_from(rest):
            return
        if not rest and hit.word not in _WEAK:
            self._announced = clause.sentence
        if len(rest) == 1 and surname_length(rest):
            self._trailing = (clause.start + hit.end + cut, rest)
        yield from self._named(clause, hit, hit.end + cut)

    def _comes_from(self, rest: str) -> bool:
        """我系阳春人: a place and 人 is no name, whatever its characters."""
        place = self._places.first(rest)
        return place is not None and place.start == 0 and rest[place.end :] in _BELONGING

    def _resumed(self, clause: Clause) -> Iterator[Clue]:
        """朱……玉田: a surname that trailed off, and the given name."""
        trailing, self._trailing = self._trailing, None
        if trailing is None or not _GIVEN.fullmatch(clause.words):
            return
        start, surname = trailing
        said = clause.turn.words[start - clause.turn.start : clause.end - clause.turn.start]
        if _TRAILS_OFF.fullmatch(said) and not clause.words.startswith(surname):
            name = surname + clause.words
            yield replace(
                name_clue(clause, 0, name, PET, None), start=start, end=clause.end, text=said
            )

    def _named(self, clause: Clause, hit: Hit[None], start: int) -> Iterator[Clue]:
        rest = clause.words[start:]
        name = full_name(rest, self._surnames)
        is_naming = any(each in hit.word for each in _NAMING)
        if name:
            yield name_clue(clause, start, name, CUED, None)
        elif is_naming and pet_name(rest):
            yield name_clue(clause, start, pet_name(rest), PET, None)

    def _surname(self, clause: Clause) -> Iterator[Clue]:
        found = _SURNAME_SAID.match(clause.words)
        if found is None or not _LEADING.match(found.group(1)) or self._is_thing(clause):
            return
        rest = found.group(2)
        start = len(clause.words) - len(rest)
        name = full_name(rest, self._surnames)
        if name and name == rest:
            yield name_clue(clause, start, name, CUED, None)
        elif said_surname(rest):
            self._has_surname = True
            yield name_clue(clause, start, said_surname(rest), SURNAME, None)

    def _answered(self, clause: Clause) -> Iterator[Clue]:
        """A clause that is a name and nothing else."""
        bare, cut = without(clause.words, name_words().fillers)
        name = full_name(bare, self._surnames) or self._begun(bare)
        is_asked = Topic.NAME in clause.topics and clause.position < _NAME_WITHIN
        if not name:
            yield from self._in_two(clause, bare, cut)
            return
        is_due = (is_asked or self._announced == clause.sentence) and len(bare) <= len(name) + 1
        has_said_surname = not self._surnames.isdisjoint((name[:1], name[:2]))
        if is_due or (name == bare and has_said_surname):
            yield name_clue(clause, cut, name, BARE, None)
        elif name == bare and len(name) == _INTRODUCES and self._may_introduce(clause):
            yield name_clue(clause, cut, name, _LOOSE, None)

    def _may_introduce(self, clause: Clause) -> bool:
        """我是…; or a short answer to a question about something else (回族还是汉族？)."""
        if clause.words.startswith(_I_AM) and not self._places.is_in(clause.words):
            return True
        is_answer = clause.speaker is Speaker.RESIDENT and bool(clause.turn.question)
        is_elsewhere = clause.topics & {Topic.HOME, Topic.CAME_FROM, Topic.KIN}
        return is_answer and not is_elsewhere and clause.position < 2  # noqa: PLR2004 - 回族，马占彪

    def _in_two(self, clause: Clause, bare: str, cut: int) -> Iterator[Clue]:
        """姓啥？刘。名字呢？福生。: the surname and the given name in answers of their own."""
        is_first = Topic.NAME in clause.topics and clause.position == 0
        if not is_first:
            return
        if "姓" in clause.turn.question and len(bare) == 1 and surname_length(bare):
            self._has_surname = True
            yield name_clue(clause, cut, bare, SURNAME, None)
        elif (is_pet(bare) and pet_name(bare) == bare) or (
            self._has_surname and _GIVEN.fullmatch(bare) and pet_name(bare) == bare
        ):
            yield name_clue(clause, cut, bare, PET, None)

    def _begun(self, run: str) -> str:
        """肖……肖新年: a surname begun, and begun again."""
        begun = self._before.words if self._before else ""
        is_begun = len(begun) == 1 and run.startswith(begun)
        return full_name(run, frozenset({begun})) if is_begun else ""

    def _is_thing(self, clause: Clause) -> bool:
        before = self._before
        is_near = before is not None and before.sentence == clause.sentence
        return is_near and before is not None and bool(_THING.search(before.words))


@cache
def _cues() -> Lexicon[None]:
    return Lexicon(dict.fromkeys(name_words().self_cues))
