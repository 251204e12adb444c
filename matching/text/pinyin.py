"""How characters are read, without tones, and what is special about surnames."""

from dataclasses import dataclass
from functools import cache, lru_cache

from pypinyin import Style, lazy_pinyin

from matching.tables import toml_table

Syllables = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SurnameTable:
    """Readings that only hold for surnames, and surnames of two characters."""

    readings: dict[str, Syllables]
    compound: frozenset[str]
    #: Characters that commonly stand at the head of a name.
    common: frozenset[str]


@cache
def surname_table() -> SurnameTable:
    """The table of `surnames.toml`."""
    table = toml_table("matching.text", "surnames.toml")
    readings = {name: tuple(each.split()) for name, each in table["readings"].items()}
    return SurnameTable(
        readings=readings,
        compound=frozenset(table["compound"]["names"]),
        common=frozenset("".join(table["common"]["characters"].split())),
    )


@lru_cache(maxsize=200_000)
def syllables(text: str) -> Syllables:
    """One toneless syllable for each character; what has no reading stands for itself."""
    return tuple(lazy_pinyin(text, style=Style.NORMAL, errors=_as_they_are))  # type: ignore[arg-type]  # the stub forgets lists


def _as_they_are(unread: str) -> list[str]:
    """One item for each character that has no reading, so that lengths stay equal."""
    return list(unread)


def name_reading(surname: str, given: str) -> Syllables:
    """How a name is most likely read: a surname as surnames are."""
    return surname_table().readings.get(surname, syllables(surname)) + syllables(given)
