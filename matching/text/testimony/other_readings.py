"""Doubts about a name in the words around it: 也可能是黄兴莲, （或于）, “胡生”还是“福生”分不清."""

import re
from functools import cache
from typing import Final

from matching.text.testimony.clues import Clue
from matching.text.testimony.names_said import full_name, name_words, surname_length

#: Doubts stand within so many characters of the name.
_REACH: Final = 48
_QUOTED_PAIR: Final = re.compile(r"“([\u4e00-\u9fff]{1,3})”(?:还是|或者?|、)“([\u4e00-\u9fff]{1,3})”")
_MOST: Final = 4


def other_readings(text: str, clue: Clue) -> tuple[str, ...]:
    """Other readings of a name that the words behind it offer, in the order of the text."""
    behind = text[clue.end : clue.end + _REACH].partition("\n")[0]
    said = [found.group(1) for found in _doubt().finditer(behind)]
    pair = _QUOTED_PAIR.search(behind)
    said += list(pair.groups()) if pair else []
    readings = (_varied(clue.value, each) for each in said)
    return tuple(dict.fromkeys(each for each in readings if each and each != clue.value))[:_MOST]


def _varied(name: str, said: str) -> str:
    """`name` as `said` would have it: a whole name, another surname, or another given name."""
    length = surname_length(name) or 1
    whole = full_name(said)
    if whole and len(whole) > 1 and len(name) > 1 and set(whole) & set(name):
        return whole
    if surname_length(said[:1]) and len(said) == 1:
        return said + name[length:]
    given = said[: len(name) - length]
    return name[:length] + given if len(name) > length and len(said) == len(given) else ""


@cache
def _doubt() -> re.Pattern[str]:
    words = "|".join(map(re.escape, name_words().alternatives))
    return re.compile(rf"(?:{words})(?:姓|叫|是)?[“\"]?([\u4e00-\u9fff]{{1,4}})")
