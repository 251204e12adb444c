"""Ages and years as they are said: 六十有八, 五十六七, 七十单三, 五八年, 民国三十七年, 六二年腊月."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_DIGITS: Final = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "O": 0}
_ONES: Final = "一二三四五六七八九"
_AGE: Final = re.compile(
    rf"(?P<near>快|将近|差不多|约|大约|大概|上)?(?:"
    rf"(?P<figures>(?<![0-9])[0-9]{{1,3}}(?![0-9]))(?P<figures_more>多|几|来|出头)?"
    rf"|(?P<tens>[二三四五六七八九])?十(?P<joint>单|有|零|挂)?(?P<ones>[{_ONES}])?(?P<more_ones>[{_ONES}])?"
    rf"(?P<more>大几|好几|多|几|来|过|出头|整|零)?"
    rf"|(?P<score>廿)(?P<score_ones>[{_ONES}])?"
    rf"|(?P<small>[{_ONES}两])(?=岁))(?P<unit>岁)?"
)
_FULL_YEAR: Final = re.compile(r"(1[89][0-9]{2}|20[0-9]{2})年?(?=生|出生|[^0-9]{0,3}月|年|$)")
_SHORT_YEAR: Final = re.compile(
    r"(?:一九)?([二三四五六七八九零〇]|(?<![0-9])[2-9])([〇零一二三四五六七八九]|[0-9](?![0-9]))年"
    r"(?P<month>[^，。；]{0,2}月)?"
)
_REPUBLIC: Final = re.compile(r"民国([一二三四五六七八九十]{1,3}|[0-9]{1,2})年")
#: Years that 快 and 约 leave open.
_NEARLY: Final = 3
_CENTURY: Final = 1900
_THIS_CENTURY: Final = 2000
_REPUBLIC_FIRST: Final = 1911
#: These lunar months begin in one solar year and may end in the next.
_TURN_OF_YEAR: Final = ("腊月", "十二月", "冬月")


@dataclass(frozen=True, slots=True)
class AgeSaid:
    """An age and where it stands; `least` and `most` differ when it is vague."""

    start: int
    end: int
    least: int
    most: int
    has_unit: bool


@dataclass(frozen=True, slots=True)
class YearSaid:
    """A calendar year and where it stands."""

    start: int
    end: int
    earliest: int
    latest: int


def ages_in(words: str) -> Iterator[AgeSaid]:
    """Every number in a clause that could be an age."""
    for found in _AGE.finditer(words):
        least, most = _span(found)
        if found.group("near") in {"快", "将近"}:
            least -= _NEARLY
        elif found.group("near"):
            least, most = least - _NEARLY, most + _NEARLY
        yield AgeSaid(found.start(), found.end(), least, most, bool(found.group("unit")))


def _span(found: re.Match[str]) -> tuple[int, int]:
    part = found.groupdict()
    if part["figures"]:
        number = int(part["figures"])
        return _vague(number, part["figures_more"])
    if part["score"]:
        number = 20 + _DIGITS[part["score_ones"] or "零"]
        return number, number
    if part["small"]:
        return _DIGITS[part["small"]], _DIGITS[part["small"]]
    tens = 10 * _DIGITS[part["tens"] or "一"]
    first = tens + _DIGITS[part["ones"] or "零"]
    if part["more_ones"]:
        last = tens + _DIGITS[part["more_ones"]]
        return min(first, last), max(first, last)
    return _vague(first, part["more"] or (part["joint"] if not part["ones"] else None))


def _vague(number: int, more: str | None) -> tuple[int, int]:
    """三十几 is any of ten years, 五十出头 and 七十过 the first half of them."""
    if more in {"出头", "过", "零"}:
        return number, number + 5
    if more == "来":
        return number - 2, number + 9
    if more in {"多", "几", "大几", "好几"}:
        return number, number + 9
    return number, number


def year_in(words: str, *, is_asked: bool) -> YearSaid | None:
    """A year of birth in a clause; two-digit years only where a birth is spoken of."""
    for pattern, first in ((_REPUBLIC, _REPUBLIC_FIRST), (_FULL_YEAR, 0)):
        found = pattern.search(words)
        if found and (is_asked or first):
            year = first + number_of(found.group(1))
            return YearSaid(found.start(), found.end(), year, year)
    found = _SHORT_YEAR.search(words) if is_asked else None
    if found is None:
        return None
    tens, ones = (number_of(each) for each in found.group(1, 2))
    century = _THIS_CENTURY if tens in {0, 1} else _CENTURY
    year = century + tens * 10 + ones
    is_turn = (found.group("month") or "").endswith(_TURN_OF_YEAR)
    return YearSaid(found.start(), found.end(), year, year + 1 if is_turn else year)


def number_of(words: str) -> int:
    """六十二 -> 62, 十八 -> 18, 1958 -> 1958."""
    if words.isdecimal():
        return int(words)
    tens, ten, ones = words.partition("十")
    if not ten:
        return sum(_DIGITS[each] for each in words)
    return _DIGITS.get(tens, 1) * 10 + _DIGITS.get(ones, 0)
