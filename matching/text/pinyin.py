"""How characters are read: toneless syllables, and every plausible reading of a name."""

from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product

from pypinyin import Style, lazy_pinyin

from matching.tables import toml_table

Syllables = tuple[str, ...]

#: Mandarin distinctions that speakers and listeners lose most often; longest first.
#: Source: fuzzy rules that Chinese input methods offer (rime, libpinyin), stated as own facts.
_INITIALS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"), ("r", "l"))
#: h before u is heard as f, and the other way round.
_H_AS_F = {
    "hu": "fu",
    "hua": "fa",
    "huai": "fai",
    "huan": "fan",
    "huang": "fang",
    "hui": "fei",
    "hun": "fen",
    "huo": "fo",
    "hong": "feng",
}
_FINALS = (("ang", "an"), ("eng", "en"), ("ing", "in"))


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


@lru_cache(maxsize=200_000)
def readings(surname: str, given: str) -> tuple[Syllables, ...]:
    """Every plausible reading of a name, the surname's own reading first."""
    plain = syllables(surname)
    special = surname_table().readings.get(surname, plain)
    heads = tuple(dict.fromkeys((special, plain))) if surname else ((),)
    return tuple(head + tail for head, tail in product(heads, (syllables(given),)))


@lru_cache(maxsize=4096)
def folded(syllable: str) -> str:
    """A syllable with the distinctions put aside that are lost most often (龙回 = 隆回 = 农回)."""
    syllable = _H_AS_F.get(syllable, syllable)
    for heard, meant in _INITIALS:
        if syllable.startswith(heard) and syllable != heard:
            syllable = meant + syllable.removeprefix(heard)
            break
    for heard, meant in _FINALS:
        if syllable.endswith(heard):
            return syllable.removesuffix(heard) + meant
    return syllable


def fold(reading: Syllables) -> Syllables:
    """`folded` for each syllable."""
    return tuple(folded(each) for each in reading)
