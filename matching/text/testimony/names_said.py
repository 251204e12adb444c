"""Reading a name at the beginning of a run of characters: where it ends, and whether it is one."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from matching.tables import toml_table
from matching.text.normalize import is_han
from matching.text.pinyin import surname_table

_LONGEST_GIVEN: Final = 2
_LONGEST_PET: Final = 3
#: 阿 and the like call somebody; the written name is without it.
_CALLING: Final = frozenset("阿小老")


@dataclass(frozen=True, slots=True)
class NameWords:
    """The table of `name_words.toml`."""

    self_cues: tuple[str, ...]
    alternatives: tuple[str, ...]
    fillers: tuple[str, ...]
    links: tuple[str, ...]
    between: tuple[str, ...]
    after: tuple[str, ...]
    never: frozenset[str]
    never_inside: frozenset[str]
    not_names: frozenset[str]
    #: Those of them that no name begins with.
    no_heads: tuple[str, ...]
    pet_heads: frozenset[str]
    pet_tails: tuple[str, ...]


@cache
def name_words() -> NameWords:
    """The shipped table, longest words first."""
    table = toml_table("matching.text.testimony", "name_words.toml")
    return NameWords(
        self_cues=longest_first(table["self"]["cues"]),
        alternatives=longest_first(table["self"]["alternatives"]),
        fillers=longest_first(table["self"]["fillers"]),
        links=longest_first(table["links"]["words"]),
        between=tuple(table["links"]["between"]),
        after=tuple(table["after"]["words"]),
        never=frozenset(table["after"]["never"]),
        never_inside=frozenset(table["after"]["never_inside"]),
        not_names=frozenset(table["not_names"]["words"]),
        no_heads=tuple(each for each in table["not_names"]["words"] if len(each) > 1),
        pet_heads=frozenset(table["not_names"]["pet_heads"]),
        pet_tails=longest_first(table["not_names"]["pet_tails"]),
    )


def longest_first(words: list[str]) -> tuple[str, ...]:
    """Words so that the first that fits is the longest that fits."""
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


def surname_length(run: str) -> int:
    """Characters of the surname at the head of a run; 0 when none is known."""
    table = surname_table()
    if run[:2] in table.compound:
        return 2
    return 1 if run[:1] in table.common or run[:1] in table.readings else 0


def full_name(run: str, surnames: frozenset[str] = frozenset()) -> str:
    """A surname and a given name at the head of a run, or empty.

    `surnames` are those that were said of somebody (我姓云), however rare.

    A run that is nothing but a name is one whatever its characters mean elsewhere (杨在菊); in a
    longer run the name must end where an ordinary word begins (刘福贵在屋里).
    """
    run = _han_head(run)
    length = surname_length(run) or next((n for n in (1, 2) if run[:n] in surnames), 0)
    if not length:
        return ""
    for given in range(_LONGEST_GIVEN, 0, -1):
        name, rest = run[: length + given], run[length + given :]
        if len(name) == length + given and _is_name(name, rest, length):
            return name
    return ""


def _is_name(name: str, rest: str, length: int) -> bool:
    words = name_words()
    if name in words.not_names or set(name) & words.never:
        return False
    if name[length:] in words.not_names and name[length] != "老":
        return False
    if name.startswith(words.no_heads):
        return False
    if not rest:
        return True
    return rest.startswith(words.after) and not set(name[length:]) & words.never_inside


def said_surname(run: str) -> str:
    """A surname at the head of a run, however rare; empty when the run is no surname."""
    run = _han_head(run)
    if not run or run in name_words().not_names or run[0] in name_words().never_inside:
        return ""
    length = surname_length(run)
    return run[:length] if length else run[:1] if len(run) == 1 else ""


def pet_name(run: str) -> str:
    """A name without a known surname behind 叫 or 喊: 阿娣, 石头, 二旦; empty when it is none."""
    run = _han_head(run)
    words = name_words()
    for end in range(min(_LONGEST_PET, len(run)), 1, -1):
        name, rest = run[:end], run[end:]
        if name in words.not_names or set(name) & words.never_inside:
            continue
        if name[0] in words.not_names or name.startswith(words.no_heads):
            continue
        if not rest or rest.startswith(words.after):
            return name
    return ""


def is_pet(name: str) -> bool:
    """Whether a name looks like a pet name: 阿娣, 小霞, 老罗头, 福仔, 豆豆."""
    words = name_words()
    is_doubled = len(name) == 2 and name[0] == name[1]  # noqa: PLR2004 - twice the same
    return is_doubled or name[:1] in words.pet_heads or name.endswith(words.pet_tails)


def lacks_surname(name: str) -> bool:
    """Whether a name bears no surname: 阿娣, 石头, 福贵; 康石头, 老刘 and a rare 裘小红 bear one."""
    if len(name) == 1 or (name[:1] == "老" and surname_length(name[1:])):
        return False
    if len(name) > _LONGEST_GIVEN:
        return name[0] in name_words().pet_heads and not surname_length(name)
    return is_pet(name) or not surname_length(name)


def surnamed(pet: str, surnames: Sequence[str]) -> tuple[str, ...]:
    """A name that lacks its surname with each of `surnames`: 区娣 first, then 区阿娣."""
    given = pet[1:] if pet[0] in _CALLING and len(pet) > 1 else pet
    readings = (*(each + given for each in surnames), *(each + pet for each in surnames))
    return tuple(dict.fromkeys(readings))


def without(run: str, fronts: tuple[str, ...]) -> tuple[str, int]:
    """A run without any of `fronts` at its head (again and again), and how much was cut."""
    cut = 0
    while True:
        front = next((each for each in fronts if run[cut:].startswith(each)), None)
        if front is None:
            return run[cut:], cut
        cut += len(front)


def _han_head(run: str) -> str:
    for index, char in enumerate(run):
        if not is_han(char):
            return run[:index]
    return run
