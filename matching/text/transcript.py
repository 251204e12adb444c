"""From a transcript to facts: what the resident said about name, home, relatives and age.

Only answers count: what the worker says first is not the resident's. Cues are data
(`cues.toml`). Nothing here guesses: a stretch without a cue is left alone.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Final

from matching.model import Home, PersonFacts, Relation, Relative, YearRange
from matching.text.normalize import is_han
from matching.text.pinyin import surname_table

_LONGEST_TEXT: Final = 200_000
_LONGEST_HOME: Final = 40
#: A name that answers a question stands within so many clauses of its beginning.
_NAME_WITHIN: Final = 4
_MOST_FACTS: Final = 12
#: Characters of a name with a surname of one, and of two characters.
_LONGEST_PLAIN: Final = 3
_LONGEST_COMPOUND: Final = 4
_CLAUSE: Final = re.compile(r"[，,。；;！!？?、…\s：:（）()“”\"]+")
_STATED_AGE: Final = re.compile(r"([0-9]{1,3}|[一二三四五六七八九十两廿]{1,4})(?:多|来)?岁")
_BARE_AGE: Final = re.compile(r"(?:今年|年纪|岁数)\D{0,3}?([0-9]{2,3}|[一二三四五六七八九十]{2,3})")
_BARE_NUMBER: Final = re.compile(
    r"(?<![0-9])[0-9]{2}(?![0-9年月])|[二三四五六七八九]?十[一二三四五六七八九]?"
)
#: A bare number below this is more likely a count of something else.
_YOUNGEST_BARE: Final = 5
_ZODIAC: Final = "鼠牛虎兔龙蛇马羊猴鸡狗猪"
_ZODIAC_SAID: Final = re.compile(f"属([{_ZODIAC}])")
_YEAR_BORN: Final = re.compile(r"(1[89][0-9]{2}|20[0-9]{2})年?(?:生|出生|\D{0,2}月)")
#: 五八年: two digits of the last century, where a year of birth is said.
_SHORT_YEAR: Final = re.compile(
    r"([二三四五六七八九])([〇零一二三四五六七八九])年(?:生|出生|[^，。；]{0,2}月|，|。|$)"
)
#: 六十几, 七十零岁, 八十多: somewhere within ten years.
_DECADE: Final = re.compile(r"([二三四五六七八九])十(?:几|多|零|来|大几)")
_CENTURY: Final = 1900
_DIGITS: Final = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "廿": 20}
#: 1900 was a year of the rat.
_RAT_YEAR: Final = 1900
_OLDEST: Final = 120
#: 虚岁 and rounding: a stated age is off by this many years either way.
_AGE_SLACK: Final = 2


@dataclass(frozen=True, slots=True)
class Cues:
    """The tables of `cues.toml`, longest words first."""

    worker: tuple[str, ...]
    resident: tuple[str, ...]
    self_name: tuple[str, ...]
    name_questions: tuple[str, ...]
    name_fillers: tuple[str, ...]
    age_questions: tuple[str, ...]
    surname: tuple[str, ...]
    home: tuple[str, ...]
    home_frames: tuple[str, ...]
    home_questions: tuple[str, ...]
    other_questions: tuple[str, ...]
    negations: tuple[str, ...]
    relatives: tuple[tuple[str, Relation], ...]
    links: tuple[str, ...]
    not_names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Turn:
    """One thing the resident said, and the question before it."""

    words: str
    question: str


@cache
def cues() -> Cues:
    """The shipped cue tables."""
    text = files("matching.text").joinpath("cues.toml").read_text(encoding="utf-8")
    return _parse(tomllib.loads(text))


def facts_from_transcript(text: str, *, on: date) -> PersonFacts:
    """What the resident said, as facts; `on` is the day of the talk, for ages.

    Text without Chinese, or without a cue, gives empty facts: nothing usable was said.
    """
    turns = tuple(_turns(text[:_LONGEST_TEXT]))
    names = _first(name for turn in turns for name in _own_names(turn))
    homes = _first(Home(text=phrase) for turn in turns for phrase in _homes(turn))
    relatives = _first(each for turn in turns for each in _relatives(turn.words))
    births = (_birth(turn, on) for turn in turns)
    return PersonFacts(
        names=names,
        homes=homes,
        relatives=relatives,
        birth=next((birth for birth in births if birth is not None), None),
    )


def _turns(text: str) -> Iterator[_Turn]:
    question = ""
    for line in text.splitlines():
        speaker, words = _speaker(line.strip())
        if speaker == "worker":
            question = words
        elif words:
            yield _Turn(words=words, question=question)
            question = ""


def _speaker(line: str) -> tuple[str, str]:
    head, colon, words = line.partition("：") if "：" in line[:8] else line.partition(":")
    if not colon or len(head) > 6:  # noqa: PLR2004 - a speaker's name is short
        return "resident", line
    if any(each in head for each in cues().worker):
        return "worker", words
    return "resident", words


def _own_names(turn: _Turn) -> Iterator[str]:
    if any(each in turn.question for each in cues().name_questions):
        yield from _answered_name(turn.words)
    for clause in _CLAUSE.split(turn.words):
        yield from _named_after(clause, cues().self_name)
        for cue in cues().surname:
            before, found, rest = clause.partition(cue)
            if found and before in {"", "我", "我是", "我系", "俺"} and rest and _is_surname(rest):
                yield _surname(rest)
                break


def _answered_name(words: str) -> Iterator[str]:
    """The first clause that is a name and nothing else, in an answer to "what is your name"."""
    for clause in _CLAUSE.split(words.strip())[:_NAME_WITHIN]:
        bare = _without_fillers(clause)
        name = _surnamed_at_start(bare)
        if name and len(bare) <= len(name) + 1:
            yield name
            return


def _without_fillers(clause: str) -> str:
    for filler in cues().name_fillers:
        clause = clause.removeprefix(filler)
    return clause


def _surnamed_at_start(rest: str) -> str:
    """A name that begins with a known surname, or empty."""
    table = surname_table()
    is_surnamed = rest[:2] in table.compound or rest[:1] in table.common
    return _name_at_start(rest) if is_surnamed else ""


def _named_after(clause: str, before: Iterable[str]) -> Iterator[str]:
    for cue in before:
        _, found, rest = clause.partition(cue)
        name = _name_at_start(rest) if found else ""
        if name:
            yield name
            return


def _name_at_start(rest: str) -> str:
    """A name at the beginning of a stretch, up to a word that is no name; empty when there is none.

    A stretch that is nothing but a surname and one or two characters is a name whatever these
    mean elsewhere (杨在菊); in a longer one ordinary words end the name (刘福贵在屋里).
    """
    run = "".join(_han_run(rest))
    longest = _LONGEST_COMPOUND if run[:2] in surname_table().compound else _LONGEST_PLAIN
    if run == rest and run[:1] in surname_table().common and 1 < len(run) <= longest:
        return run
    for word in cues().not_names:
        run = "" if run.startswith(word) else run.partition(word)[0]
    return run if 1 < len(run) <= longest else ""


def _han_run(text: str) -> Iterator[str]:
    for char in text:
        if not is_han(char):
            return
        yield char


def _is_surname(rest: str) -> bool:
    return is_han(rest[0]) and not any(rest.startswith(word) for word in cues().not_names)


def _surname(rest: str) -> str:
    return rest[:2] if rest[:2] in surname_table().compound else rest[:1]


def _homes(turn: _Turn) -> Iterator[str]:
    """The part of an answer that names home: a cue in it, a frame, or a question about home."""
    asked = any(each in turn.question for each in cues().home_questions) and not any(
        each in turn.question for each in cues().other_questions
    )
    for sentence in re.split(r"[。；;！!？?]", turn.words):
        cued = any(each in sentence for each in cues().home) or any(
            frame in sentence and "人" in sentence.partition(frame)[2]
            for frame in cues().home_frames
        )
        if not (asked or cued):
            continue
        parts = [part for part in re.split(r"[，,、]", sentence) if not _is_denied(part)]
        phrase = "，".join(parts).strip()[:_LONGEST_HOME]
        if any(is_han(char) for char in phrase):
            yield phrase


def _is_denied(part: str) -> bool:
    return any(part.strip().startswith(word) for word in cues().negations)


def _relatives(words: str) -> Iterator[Relative]:
    for clause in _CLAUSE.split(words):
        for word, relation in cues().relatives:
            _, found, rest = clause.partition(word)
            name = _linked_name(rest) if found else ""
            if name:
                yield Relative(relation=relation, name=name)
                break


def _linked_name(rest: str) -> str:
    """The name behind a kin word: 老弟叫罗显松, 老弟罗显松."""
    direct = _surnamed_at_start(rest)
    if direct:
        return direct
    for link in cues().links:
        before, found, after = rest.partition(link)
        if found and len(before) <= 2:  # noqa: PLR2004 - "他", "名字" may stand between
            return _name_at_start(after)
    return ""


def _birth(turn: _Turn, on: date) -> YearRange | None:
    year = _stated_year(turn.words, on)
    if year is not None:
        return YearRange(earliest=year, latest=year)
    ages = _ages(turn)
    if ages is None:
        return None
    earliest, latest = on.year - ages[1] - _AGE_SLACK, on.year - ages[0] + _AGE_SLACK
    zodiac = _ZODIAC_SAID.search(turn.words)
    fitting = [y for y in range(earliest, latest + 1) if zodiac and _zodiac(y) == zodiac.group(1)]
    if len(fitting) == 1:
        return YearRange(earliest=fitting[0], latest=fitting[0])
    return YearRange(earliest=earliest, latest=latest)


def _stated_year(words: str, on: date) -> int | None:
    """1958 年生, 五八年生, 六七年腊月."""
    full, short = _YEAR_BORN.search(words), _SHORT_YEAR.search(words)
    if full is not None:
        year = int(full.group(1))
    elif short is not None:
        year = _CENTURY + _DIGITS[short.group(1)] * 10 + _DIGITS[short.group(2)]
    else:
        return None
    return year if on.year - _OLDEST <= year <= on.year else None


def _ages(turn: _Turn) -> tuple[int, int] | None:
    """The youngest and the oldest age that the words allow."""
    decade = _DECADE.search(turn.words)
    if decade is not None:
        youngest = _DIGITS[decade.group(1)] * 10
        return youngest, youngest + 9
    age = _age(turn.words) or _answered_age(turn)
    return None if age is None else (age, age)


def _age(words: str) -> int | None:
    found = _STATED_AGE.search(words) or _BARE_AGE.search(words)
    if found is None:
        return None
    age = int(found.group(1)) if found.group(1).isdecimal() else _number(found.group(1))
    return age if 0 < age <= _OLDEST else None


def _answered_age(turn: _Turn) -> int | None:
    """A number without 岁 in the answer to "how old are you"."""
    if not any(each in turn.question for each in cues().age_questions):
        return None
    found = _BARE_NUMBER.search(turn.words)
    if found is None:
        return None
    age = int(found.group()) if found.group().isdecimal() else _number(found.group())
    return age if _YOUNGEST_BARE <= age <= _OLDEST else None


def _number(words: str) -> int:
    """六十二 -> 62, 十八 -> 18, 廿三 -> 23."""
    tens, ten, ones = words.partition("十")
    if not ten:
        return sum(_DIGITS[each] for each in words)
    return (_DIGITS.get(tens, 1)) * 10 + (_DIGITS.get(ones, 0))


def _zodiac(year: int) -> str:
    return _ZODIAC[(year - _RAT_YEAR) % 12]


def _first(found: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(found))[:_MOST_FACTS]


def _parse(table: Mapping[str, Any]) -> Cues:
    kin = ((word, Relation(name)) for name, words in table["relatives"].items() for word in words)
    return Cues(
        worker=_longest_first(table["speakers"]["worker"]),
        resident=_longest_first(table["speakers"]["resident"]),
        self_name=_longest_first(table["self_name"]["cues"]),
        name_questions=_longest_first(table["self_name"]["questions"]),
        name_fillers=tuple(table["self_name"]["fillers"]),
        age_questions=_longest_first(table["age"]["questions"]),
        surname=_longest_first(table["surname"]["cues"]),
        home=_longest_first(table["home"]["cues"]),
        home_frames=_longest_first(table["home"]["frames"]),
        home_questions=_longest_first(table["home"]["questions"]),
        other_questions=_longest_first(table["home"]["other_questions"]),
        negations=_longest_first(table["home"]["negations"]),
        relatives=tuple(sorted(kin, key=lambda each: (-len(each[0]), each[0]))),
        links=_longest_first(table["named"]["links"]),
        not_names=_longest_first(table["not_names"]["words"]),
    )


def _longest_first(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(words, key=lambda word: (-len(word), word)))
