"""The dialect groups of `groups.toml`: their ids, names and classes of the Language Atlas."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from matching.tables import toml_table

#: Groups, or what a guess calls no group in particular, with their shares.
Posterior = tuple[tuple[str, float], ...]
_NOTHING_LEFT: Final = 1e-6


@dataclass(frozen=True, slots=True)
class DialectGroup:
    """One group; `classes` are beginnings of Language Atlas classes in simplified characters."""

    id: str
    name: str
    #: Groups of one family speak alike.
    family: str
    classes: tuple[str, ...]


@cache
def dialect_groups() -> tuple[DialectGroup, ...]:
    """Every group, in the order in which matrices and posteriors number them."""
    rows = toml_table("matching.dialect", "groups.toml")["groups"]
    return tuple(DialectGroup(**row | {"classes": (*row["classes"],)}) for row in rows)


@cache
def group_numbers() -> Mapping[str, int]:
    """Group id -> its place in `dialect_groups`."""
    return {group.id: number for number, group in enumerate(dialect_groups())}


def group_of_class(atlas_class: str) -> str | None:
    """The id of the group of a class (粤语-广府片); None when no group takes it."""
    fitting = [
        (len(beginning), group.id)
        for group in dialect_groups()
        for beginning in group.classes
        if atlas_class.startswith(beginning)
    ]
    return max(fitting)[1] if fitting else None


def among_groups(posterior: Posterior) -> Posterior:
    """Groups with their shares in the order of the table; what is given to no group is shared by all of them."""
    known = {group: share for group, share in posterior if group in group_numbers()}
    rest = 1 - sum(known.values())
    # Shares that make a whole but for rounding name every speaker already.
    if rest <= _NOTHING_LEFT:
        return tuple((group, known[group]) for group in group_numbers() if group in known)
    each = rest / len(group_numbers())
    return tuple((group, known.get(group, 0.0) + each) for group in group_numbers())
