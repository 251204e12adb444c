"""The core of a division's name: what is left when 省 市 县 镇 村 and the like are taken off."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from matching.tables import toml_table

#: 单县 and 王村 are said whole.
_SHORTEST: Final = 2


@dataclass(frozen=True, slots=True)
class Suffixes:
    """`place_suffixes.toml`, longest first."""

    plain: tuple[str, ...]
    autonomous: tuple[str, ...]
    peoples: tuple[str, ...]
    #: Spoken suffix -> suffixes of divisions that it may mean today.
    means: Mapping[str, tuple[str, ...]]


@cache
def place_suffixes() -> Suffixes:
    """The shipped table."""
    table = toml_table("matching.text", "place_suffixes.toml")
    kinds = table["suffixes"]
    plain = {each for kind in ("upper", "town", "village", "spoken") for each in kinds[kind]}
    return Suffixes(
        plain=_longest_first(plain),
        autonomous=_longest_first(set(kinds["autonomous"])),
        peoples=_longest_first(set(table["peoples"]["names"])),
        means={said: tuple(now) for said, now in table["means"].items()},
    )


def core(name: str) -> str:
    """A division's name without its suffix: 英德市 -> 英德, 连南瑶族自治县 -> 连南, 单县 -> 单县."""
    table = place_suffixes()
    for suffix in table.autonomous:
        if name.endswith(suffix):
            return _without_peoples(name.removesuffix(suffix))
    bare = _without(name, table.plain)
    return _without_peoples(bare) if name.endswith("乡") else bare


def is_kind(name: str, said: str) -> bool:
    """Whether a division's official name is of the kind that a spoken suffix means.

    社区 is no 区: a suffix of one character must be the whole suffix of the name.
    """
    own = name.removeprefix(core(name))
    return any(own == kind or (len(kind) > 1 and own.endswith(kind)) for kind in meanings(said))


def meanings(suffix: str) -> tuple[str, ...]:
    """What a spoken suffix may mean today: 公社 -> 镇, 乡, 街道; what the table lacks means itself."""
    return place_suffixes().means.get(suffix, (suffix,))


def _without_peoples(name: str) -> str:
    shorter = _without(name, place_suffixes().peoples)
    return name if shorter == name else _without_peoples(shorter)


def _without(name: str, suffixes: tuple[str, ...]) -> str:
    for suffix in suffixes:
        if name.endswith(suffix) and len(name) - len(suffix) >= _SHORTEST:
            return name.removesuffix(suffix)
    return name


def _longest_first(words: set[str]) -> tuple[str, ...]:
    return tuple(sorted(words, key=lambda word: (-len(word), word)))
