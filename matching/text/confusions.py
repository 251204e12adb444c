"""The table of `confusions.toml`: which parts of a syllable are heard as which, and how often."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from matching.tables import toml_table

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Confusion:
    """Two parts (initials, finals or whole syllables) that merge, in either direction."""

    pair: Pair
    #: P(heard as the other | meant the one).
    chance: float
    #: What a linguist would say, in Chinese.
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Confusions:
    """The whole table; see the comments in `confusions.toml`."""

    version: str
    initials: tuple[Confusion, ...]
    finals: tuple[Confusion, ...]
    syllables: tuple[Confusion, ...]
    tail: float
    tail_keeps_initial: float
    tail_keeps_final: float
    dropped: float
    inserted: float


@cache
def built_in_confusions() -> Confusions:
    """The table that is used when nothing is known about how a person speaks."""
    return _parse(toml_table("matching.text", "confusions.toml"))


def _parse(table: Mapping[str, Any]) -> Confusions:
    return Confusions(
        version=table["version"]["name"],
        initials=confusion_rows(table["initials"]),
        finals=confusion_rows(table["finals"]),
        syllables=confusion_rows(table["syllables"]),
        tail=table["tail"]["chance"],
        tail_keeps_initial=table["tail"]["keeps_initial"],
        tail_keeps_final=table["tail"]["keeps_final"],
        dropped=table["length"]["dropped"],
        inserted=table["length"]["inserted"],
    )


def confusion_rows(rows: Iterable[Mapping[str, Any]]) -> tuple[Confusion, ...]:
    """The parsed rows of one kind (`[[initials]]`) of a table."""
    return tuple(
        Confusion(pair=(row["pair"][0], row["pair"][1]), chance=row["chance"], rule=row["rule"])
        for row in rows
    )
