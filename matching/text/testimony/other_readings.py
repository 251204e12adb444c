"""Doubts about a name in the words around it: 也可能是黄兴莲, （或于）, “胡生”还是“福生”分不清."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from operator import attrgetter
from typing import Final

from matching.text.testimony.clauses import Clause
from matching.text.testimony.clues import Clue, ClueKind
from matching.text.testimony.names_said import full_name, name_words, surname_length

#: Doubts stand within so many characters of the name.
_REACH: Final = 48
_QUOTED_PAIR: Final = re.compile(
    r"“([\u4e00-\u9fff]{1,3})”(?:还是|或者?|、)“([\u4e00-\u9fff]{1,3})”"
)
_SPLIT: Final = re.compile(
    r"([\u4e00-\u9fff])[（(](?:或者?|也可能|可能|或是|又像|也像)(?:是)?姓?([\u4e00-\u9fff])(?:[，,][^（）()]{0,12})?[）)]"
    r"([\u4e00-\u9fff]{1,2})"
)
_SPLIT_CONFIDENCE: Final = 0.6
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
    if len(said) == len(name) - length and set(said) & set(name[length:]):
        return name[:length] + said
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


def split_names(text: str, clauses: Sequence[Clause]) -> tuple[Clue, ...]:
    """余（或于）祥妹: a name with an aside in its middle, read both ways."""
    found = []
    for match in _SPLIT.finditer(text):
        first, other, given = match.groups()
        clause = _clause_at(clauses, match.start())
        if clause is not None and surname_length(first):
            found.append(
                Clue(
                    kind=ClueKind.RELATIVE if clause.subject else ClueKind.SELF_NAME,
                    start=match.start(),
                    end=match.end(),
                    text=match.group(),
                    speaker=clause.speaker,
                    value=first + given,
                    alternatives=(other + given,),
                    confidence=_SPLIT_CONFIDENCE,
                    relation=clause.subject.relation if clause.subject else None,
                )
            )
    return tuple(found)


def _clause_at(clauses: Sequence[Clause], at: int) -> Clause | None:
    """The clause that covers a code point of the text; clauses stand in the order of the text."""
    before = bisect_right(clauses, at, key=attrgetter("start")) - 1
    return clauses[before] if before >= 0 and at < clauses[before].end else None
