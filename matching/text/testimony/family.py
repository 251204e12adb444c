"""One relative for everything that was said of one: repeated, misheard and contradictory names together."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from matching.model import Relation, Relative
from matching.text.pinyin import syllables

#: Relatives of whom there is one: two names in two talks are two readings of one person.
ONLY_ONE: Final = frozenset({Relation.FATHER, Relation.MOTHER, Relation.HUSBAND, Relation.WIFE})


def one_each(relatives: Iterable[Relative]) -> tuple[Relative, ...]:
    """Every relative once, further names of the same one as other readings, in the order said."""
    found: list[Relative] = []
    for each in relatives:
        same = next((n for n, known in enumerate(found) if _is_same(known, each)), None)
        if same is None:
            found.append(each)
        else:
            found[same] = _joined(found[same], each)
    return tuple(found)


def _is_same(one: Relative, other: Relative) -> bool:
    if one.relation is not other.relation:
        return False
    is_only = one.relation in ONLY_ONE and None not in {one.name, other.name}
    return is_only or not _sounds(one).isdisjoint(_sounds(other))


def _sounds(relative: Relative) -> frozenset[object]:
    return frozenset(syllables(each) if each else None for each in _readings(relative))


def _readings(relative: Relative) -> tuple[str | None, ...]:
    return (relative.name, *relative.other_readings)


def _joined(one: Relative, other: Relative) -> Relative:
    """A whole name goes before a surname alone; else what was said first."""
    said = [each for each in (*_readings(one), *_readings(other)) if each]
    readings = sorted(dict.fromkeys(said), key=lambda each: len(each) == 1)
    if not readings:
        return one
    return replace(one, name=readings[0], other_readings=tuple(readings[1:]))
