"""The words of a missing-person table: column names, sexes, relations, limits (`columns.toml`)."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from matching.model import Relation, Sex
from matching.tables import toml_table


class Field(StrEnum):
    """What a column of the table may hold."""

    NAME = "name"
    OTHER_NAMES = "other_names"
    SEX = "sex"
    BIRTH = "birth"
    AGE = "age"
    ID_NUMBER = "id_number"
    HEIGHT = "height"
    HOME = "home"
    MISSING_SINCE = "missing_since"
    MISSING_PLACE = "missing_place"
    MARKS = "marks"
    RELATIVES = "relatives"
    BLOOD = "blood"
    WORK = "work"
    LANGUAGES = "languages"
    PHONE = "phone"
    NUMBER = "number"
    PHOTO = "photo"


@dataclass(frozen=True, slots=True, kw_only=True)
class TableWords:
    """The data file, ready for look-ups."""

    fields: Mapping[str, Field]
    #: Fields that may come from several columns.
    several: frozenset[Field]
    says_nothing: frozenset[str]
    limits: Mapping[Field, int]
    sexes: Mapping[str, Sex]
    #: Longest word first, so that 父亲 is tried before 父.
    relations: Mapping[str, Relation]


@cache
def table_words() -> TableWords:
    """The words shipped with the program."""
    data = toml_table("casework.records", "columns.toml")
    rules, limits = data["rules"], data["limits"]
    relations = _by_word(data["relations"])
    return TableWords(
        fields={plain_header(w): Field(f) for w, f in _by_word(data["columns"]).items()},
        several=frozenset(map(Field, rules["several"])),
        says_nothing=frozenset(rules["says_nothing"]),
        limits={field: limits.get(field.value, limits["other"]) for field in Field},
        sexes={word: Sex(sex) for word, sex in _by_word(data["sexes"]).items()},
        relations={w: Relation(relations[w]) for w in sorted(relations, key=len, reverse=True)},
    )


def plain_header(text: str) -> str:
    """A column name without spaces, asterisks and bracketed units: 身高（cm）* is 身高."""
    plain = unicodedata.normalize("NFKC", text)
    return re.sub(r"\([^)]*\)|[\s*:\ufeff]", "", plain).casefold()


def _by_word(lists: Mapping[str, list[str]]) -> dict[str, str]:
    return {word: key for key, words in lists.items() for word in words}
