"""Kin words in running text: who is spoken about."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from matching.model import Relation
from matching.tables import tsv_rows
from matching.text.pinyin import surname_table
from matching.text.testimony.lexicon import Lexicon

#: A kin word of one character is one only beside one of these, or at an edge.
_BEFORE_SINGLE: Final = frozenset("我俺他她你涯阮咱其有的个二三四大小细老幺两们是找只亲后，")
_AFTER_SINGLE: Final = frozenset("叫姓也都是在死走早没嫁名喊就他她的过已不跟和还改从给去")
_NAMED_BEFORE: Final = re.compile(r"(?:叫|喊|名|写|^)([\u4e00-\u9fff])[\u4e00-\u9fff]?$")
_PRONOUNS: Final = "我俺他她你"
#: 大女儿, 二崽, 幺儿子: which one of several.
_RANKS: Final = ("大", "二", "三", "四", "小", "细", "幺", "满")
#: Surnames that are also little words: they do not make the kin word behind them part of a name.
_LITTLE_WORDS: Final = frozenset("和同时有都那没")


@dataclass(frozen=True, slots=True)
class Kin:
    """A kin word where it stands."""

    start: int
    end: int
    word: str
    relation: Relation
    #: Several people may follow, one by one (两个儿子一个…一个…).
    is_many: bool


def kin_in(words: str) -> Iterator[Kin]:
    """Kin words of a clause from left to right; those inside a name (金阿弟) are none."""
    for hit in _lexicon().find(words):
        before, after = words[: hit.start], words[hit.end :]
        if _is_named(before) or (len(hit.word) == 1 and not _stands_alone(before, after)):
            continue
        relation, is_many = hit.value
        word = _without_pronoun(hit.word)
        yield Kin(hit.end - len(word), hit.end, word, relation, is_many)


@cache
def kin_table() -> dict[str, tuple[Relation, bool]]:
    """Word -> relation, and whether several people may follow."""
    table = {
        row[0]: (Relation(row[1]), row[2:] == ["many"])
        for row in tsv_rows("matching.text.testimony", "kinship.tsv")
    }
    ranked = {
        rank + word: (relation, False)
        for word, (relation, is_many) in table.items()
        if is_many and len(word) > 1
        for rank in _RANKS
    }
    return ranked | table


@cache
def _lexicon() -> Lexicon[tuple[Relation, bool]]:
    """Kin words, also behind a pronoun: 我弟弟 is 我|弟弟 and not 我弟|弟."""
    table = kin_table()
    owned = {
        pronoun + word: meaning
        for word, meaning in table.items()
        if len(word) > 1 and word[0] not in _PRONOUNS
        for pronoun in _PRONOUNS
    }
    return Lexicon(owned | table)


def _without_pronoun(word: str) -> str:
    return word[1:] if word[0] in _PRONOUNS and word[1:] in kin_table() else word


def _is_named(before: str) -> bool:
    """Whether a surname stands in front as the head of a name: 叫叶三|妹, 金|阿弟."""
    found = _NAMED_BEFORE.search(before[-4:])
    return bool(
        found and found.group(1) in surname_table().common and found.group(1) not in _LITTLE_WORDS
    )


def _stands_alone(before: str, after: str) -> bool:
    fits_before = not before or before[-1] in _BEFORE_SINGLE
    fits_after = (
        not after
        or after[0] in _AFTER_SINGLE
        or after[0] in surname_table().common
        or not after[0].isalnum()
    )
    return fits_before and fits_after
