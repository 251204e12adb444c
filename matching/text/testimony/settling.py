"""Where two readers claim one stretch: names go before places, places before rivers and hills."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from matching.text.testimony.clues import Clue, ClueKind

_PEOPLE: Final = frozenset({ClueKind.SELF_NAME, ClueKind.RELATIVE})
_PLACES: Final = frozenset({ClueKind.HOME_PLACE, ClueKind.OTHER_PLACE})
#: A name that only looks like one is not surer than this.
_LOOSE: Final = 0.4
#: Landmarks that say what they are by their last two characters: no place of that name is meant.
_THINGS: Final = (
    "小学", "中学", "学校", "医院", "厂", "矿", "煤矿", "教堂", "车站", "水库", "码头", "窑洞", "大桥下", "铁路", "林场", "油田",
    "猪场", "石场", "门口", "戏台", "寺", "庙",
)  # fmt: skip


def settled(found: Sequence[Clue]) -> tuple[Clue, ...]:
    """Clues of which none claims what another has the better right to."""
    found = _without_loose_names(found)
    names = _covered(c for c in found if c.kind in _PEOPLE and len(c.value) > 1)
    marks = _covered(c for c in found if c.kind is ClueKind.BODY_MARK)
    things = _covered(c for c in found if c.kind is ClueKind.LANDMARK and c.text.endswith(_THINGS))
    places = _covered(_places(found, names | marks | things))
    events = _covered(c for c in found if c.kind is ClueKind.EVENT)
    people, no_places = names | marks, names | marks | things | events
    return tuple(clue for clue in found if _stands(clue, people, no_places, places))


def _without_loose_names(found: Sequence[Clue]) -> tuple[Clue, ...]:
    """种烟叶, 雷州话: what looks like a name nobody asked for is none where a crop or a tongue stands."""
    others = _covered(c for c in found if c.kind in {ClueKind.LANDMARK, ClueKind.DIALECT_MARKER})
    return tuple(
        clue
        for clue in found
        if clue.kind is not ClueKind.SELF_NAME
        or clue.confidence > _LOOSE
        or others.isdisjoint(range(clue.start, clue.end))
    )


def _stands(
    clue: Clue, people: frozenset[int], no_places: frozenset[int], places: frozenset[int]
) -> bool:
    at = range(clue.start, clue.end)
    if clue.kind in _PLACES:
        return no_places.isdisjoint(at)
    if clue.kind is ClueKind.LANDMARK:
        is_thing = clue.text.endswith(_THINGS) or places.isdisjoint(at)
        return is_thing and people.isdisjoint(at)
    return True


def _places(found: Iterable[Clue], taken: frozenset[int]) -> Iterator[Clue]:
    return (c for c in found if c.kind in _PLACES and not taken.intersection(range(c.start, c.end)))


def _covered(clues: Iterable[Clue]) -> frozenset[int]:
    """Every code point that one of the clues covers."""
    return frozenset(at for clue in clues for at in range(clue.start, clue.end))
