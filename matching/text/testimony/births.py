"""Ages, years, animals of the zodiac and remembered events: when the resident was born.

A stated age may be 虚岁 and is rounded: it is off by two years either way. An animal of the zodiac
fixes the year among those. Events that fix a year stand in `events.toml` with their sources.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Final

from matching.model import YearRange
from matching.tables import toml_table
from matching.text.testimony.clauses import Clause, clue_in
from matching.text.testimony.clues import Clue, ClueKind, Speaker
from matching.text.testimony.lexicon import Lexicon
from matching.text.testimony.numerals import AgeSaid, ages_in, year_in
from matching.text.testimony.turns import Topic

_RAT_YEAR: Final = 1900
_OLDEST: Final = 120
#: 虚岁 and rounding: years either way of a stated age.
_AGE_SLACK: Final = 2
#: An age told for an event is remembered to a year.
_EVENT_SLACK: Final = 1
_BORN: Final = re.compile(r"生|出世|落地|养的")
_NOT_OWN: Final = re.compile(r"生(?:了|过|老|小|孩|娃|崽|病|活|产|气)")
_UNIT: Final = re.compile(r"岁|今年|年纪|高寿|年龄")
#: 十八岁嫁到…, 三十多岁出来的: how old somebody was then, not now.
_THEN: Final = re.compile(
    r"^(?:那年|的?时候|时|就|才|嫁|出来|出门|离|来|走|结|死|当|参军|进|上学|开始|起|去|跟|被)"
)
_LEAST_BARE: Final = 5


def read_births(clauses: Sequence[Clause], on: date) -> tuple[Clue, ...]:
    """Clues about the resident's age and about dated events, each with the years it allows.

    `on` is the day of the talk.
    """
    heard = [c for c in clauses if c.speaker is not Speaker.WORKER and not c.turn.is_aside]
    aged = {c.sentence for c in heard if _zodiac().is_in(c.words) or "岁" in c.words}
    found = [
        clue
        for clause in heard
        for clue in _in_clause(clause, on, is_asked=_asks_age(clause) or clause.sentence in aged)
    ]
    return tuple(_narrowed(found, on))


def birth_of(clues: Sequence[Clue]) -> YearRange | None:
    """The years that every clue about the birth allows; all of them when they contradict."""
    ranges = [c.years for c in clues if c.kind is ClueKind.AGE_OR_BIRTH and c.years]
    if not ranges:
        return None
    earliest, latest = max(r.earliest for r in ranges), min(r.latest for r in ranges)
    if earliest <= latest:
        return YearRange(earliest=earliest, latest=latest)
    return YearRange(earliest=min(r.earliest for r in ranges), latest=max(r.latest for r in ranges))


def _asks_age(clause: Clause) -> bool:
    return Topic.AGE in clause.topics


def _in_clause(clause: Clause, on: date, *, is_asked: bool) -> Iterator[Clue]:
    events = list(_events().find(clause.words))
    for hit in events:
        years = YearRange(earliest=hit.value[0], latest=hit.value[1]) if hit.value else None
        yield _clue(clause, ClueKind.EVENT, (hit.start, hit.end), years)
    if clause.subject is not None and Topic.AGE not in clause.topics:
        return
    if clause.kin:
        return
    dated = next((hit.value for hit in events if hit.value), None)
    yield from _births(clause, dated, on, is_asked=is_asked)


def _births(
    clause: Clause, dated: tuple[int, int] | None, on: date, *, is_asked: bool
) -> Iterator[Clue]:
    words = clause.words
    animal = _zodiac().first(words)
    if animal is not None:
        yield _clue(clause, ClueKind.AGE_OR_BIRTH, (animal.start, animal.end), None, animal.value)
    is_born = bool(_BORN.search(words)) and not _NOT_OWN.search(words)
    year = year_in(words, is_asked=is_asked or is_born)
    if year is not None and on.year - _OLDEST <= year.earliest <= on.year:
        years = YearRange(earliest=year.earliest, latest=min(year.latest, on.year))
        yield _clue(clause, ClueKind.AGE_OR_BIRTH, (year.start, year.end), years)
        return
    for age in ages_in(words):
        is_then = dated is None and _THEN.match(words[age.end :])
        if not is_then and (_counts(age, words, is_asked=is_asked) or dated):
            lived = _of_age(age, dated, on)
            if lived is not None:
                yield _clue(clause, ClueKind.AGE_OR_BIRTH, (age.start, age.end), lived)
                return
    if dated and (is_born or is_asked):
        years = YearRange(earliest=dated[0], latest=dated[1])
        yield _clue(clause, ClueKind.AGE_OR_BIRTH, (0, len(words)), years)


def _counts(age: AgeSaid, words: str, *, is_asked: bool) -> bool:
    """With a unit a number is an age; without one only where an age was asked for."""
    if age.has_unit:
        return True
    if _UNIT.search(words):
        return age.most >= _LEAST_BARE
    return (
        is_asked
        and age.least >= _LEAST_BARE
        and not words[age.end :].startswith(
            ("年", "个", "月", "天", "里", "块", "斤", "次", "日", "号", "口", "层")
        )
    )


def _of_age(age: AgeSaid, dated: tuple[int, int] | None, on: date) -> YearRange | None:
    if not 0 < age.most <= _OLDEST:
        return None
    if dated is not None:
        slack = _EVENT_SLACK
        return YearRange(earliest=dated[0] - age.most - slack, latest=dated[1] - age.least + slack)
    return YearRange(
        earliest=on.year - age.most - _AGE_SLACK, latest=on.year - age.least + _AGE_SLACK
    )


def _narrowed(found: Sequence[Clue], on: date) -> Iterator[Clue]:
    """The animal of the zodiac picks the year among those of the stated age."""
    stated = birth_of(found)
    for clue in found:
        is_animal = clue.kind is ClueKind.AGE_OR_BIRTH and clue.years is None
        yield replace(clue, years=_years_of(clue.value, stated, on)) if is_animal else clue


def _years_of(animal: str, stated: YearRange | None, on: date) -> YearRange | None:
    """The only year of an animal within a stated range; None while it is open."""
    if stated is None:
        return None
    order = toml_table_cache()
    years = [
        year
        for year in range(max(stated.earliest, on.year - _OLDEST), stated.latest + 1)
        if order[(year - _RAT_YEAR) % 12] == animal
    ]
    if not years:
        return None
    return YearRange(earliest=years[0], latest=years[-1])


def _clue(
    clause: Clause,
    kind: ClueKind,
    place: tuple[int, int],
    years: YearRange | None,
    value: str | None = None,
) -> Clue:
    confidence = 0.8 if clause.speaker is Speaker.RESIDENT else 0.6
    clue = clue_in(clause, kind, *place, confidence)
    return replace(clue, value=value or clue.text, years=years)


@cache
def toml_table_cache() -> tuple[str, ...]:
    """The animals in the order of the cycle."""
    return tuple(toml_table("matching.text.testimony", "birth_words.toml")["zodiac"]["order"])


@cache
def _zodiac() -> Lexicon[str]:
    table = toml_table("matching.text.testimony", "birth_words.toml")["zodiac"]
    animals = {each: each for each in table["order"]} | dict(table["by_names"])
    return Lexicon(
        {before + said: animal for before in table["before"] for said, animal in animals.items()}
    )


@cache
def _events() -> Lexicon[tuple[int, int] | None]:
    rows = toml_table("matching.text.testimony", "events.toml")["event"]
    return Lexicon(
        {
            w: (row["years"][0], row["years"][1]) if row["years"] else None
            for row in rows
            for w in row["words"]
        }
    )
