"""Places misheard at held-back dialect points, searched with and without knowing the dialect.

By path a hit is the very division among the first ten: of namesakes only one is right. By name a hit is a division of
that name among the first ten different names: what was counted when the aims were set. Ties count as they are shown.
The peers answer the same queries with the built-in confusions, with plain pinyin and with DimSim-style codes.
Groups are guessed by `dialect_guess`.
"""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from benchmarks.dialect_guess import guess_rows
from benchmarks.mishearing import MisheardPlace, misheard_places
from benchmarks.rows import row, share_row
from benchmarks.sound_peers import codes_in_the_plane, plain_pinyin
from matching.dialect.matrices import costs_without_dialect, dialect_costs
from matching.text.place_core import core
from matching.text.place_search import PlaceSearch
from matching.text.sound_costs import SoundCosts, built_in_costs

LIMIT: Final = 10
#: Answers among which the first ten different names are looked for.
_FOR_NAMES: Final = 60
Sound = Callable[[MisheardPlace], SoundCosts]
PEERS: Final[dict[str, Callable[[], SoundCosts]]] = {
    "内置近音表": built_in_costs,
    "拼音": plain_pinyin,
    "DimSim 式编码": codes_in_the_plane,
}
#: What is known of where the place is, by how many levels.
CONTEXTS: Final = (("全国", 0), ("知省", 1), ("知县", 3))


@dataclass(frozen=True, slots=True)
class Answer:
    """Rank from 1 of the meant path, and of its name among different names; None when not shown."""

    path: int | None
    name: int | None


def rows() -> list[dict[str, Any]]:
    """Hit rates over all China, inside the province and inside the county, the time, and the groups."""
    search, cases = PlaceSearch(), misheard_places()
    found = []
    for context, depth in CONTEXTS:
        peers = {
            name: _answers(search, cases, depth, _always(costs())) for name, costs in PEERS.items()
        }
        for known, sound in (("方言未知", _unknown), ("方言已知", _right)):
            ours = _answers(search, cases, depth, sound)
            for peer, theirs in peers.items():
                found += _rates(f"{context}，{known}", ours, theirs, peer)
    return [*found, *_times(search, cases), *guess_rows()]


def _always(costs: SoundCosts) -> Sound:
    return lambda _: costs


def _unknown(_: MisheardPlace) -> SoundCosts:
    return costs_without_dialect()


def _right(case: MisheardPlace) -> SoundCosts:
    return dialect_costs(case.group)


def _answers(
    search: PlaceSearch, cases: list[MisheardPlace], depth: int, sound: Sound
) -> list[Answer]:
    answers = []
    for case in cases:
        if depth < len(case.path):
            within = _nodes(search, case.path[:depth]) if depth else ()
            hits = search.search(case.heard, sound(case), within=within, limit=_FOR_NAMES)
            paths = [hit.path for hit in hits]
            names = [*dict.fromkeys(core(path[-1]) for path in paths)]
            answers.append(Answer(_rank(case.path, paths), _rank(core(case.path[-1]), names)))
    return answers


def _rank(wanted: object, shown: list[Any]) -> int | None:
    place = shown.index(wanted) + 1 if wanted in shown else LIMIT + 1
    return place if place <= LIMIT else None


def _nodes(search: PlaceSearch, path: tuple[str, ...]) -> list[int]:
    return [node for node in search.places.find(path[-1]) if search.places.path(node) == path]


def _rates(name: str, ours: list[Answer], theirs: list[Answer], peer: str) -> list[dict[str, Any]]:
    measures: dict[str, Callable[[Answer], float]] = {
        "前 1 命中": lambda answer: float(answer.path == 1),
        "前 10 命中": lambda answer: float(answer.path is not None),
        "倒数名次均值": lambda answer: 1 / answer.path if answer.path else 0.0,
        "前 10 个不同地名命中": lambda answer: float(answer.name is not None),
    }
    return [
        share_row(f"{name}：{label}", _mean(map(measure, ours)), _mean(map(measure, theirs)), peer)
        for label, measure in measures.items()
    ]


def _mean(values: Iterable[float]) -> float:
    each = list(values)
    return sum(each) / len(each)


def _times(search: PlaceSearch, cases: list[MisheardPlace]) -> list[dict[str, Any]]:
    """A search with every group, beside one group's matrix and beside a matrix of nobody's."""
    every = _milliseconds(search, cases, _unknown)
    one = _milliseconds(search, cases, _right)
    plain = _milliseconds(search, cases, _always(built_in_costs()))
    return [
        row("一次搜索，所有方言", "毫秒", every, one, "一种方言"),
        row("一次搜索，所有方言", "毫秒", every, plain, "内置近音表"),
    ]


def _milliseconds(search: PlaceSearch, cases: list[MisheardPlace], sound: Sound) -> float:
    """By the processor's clock: other programs may run beside. Every matrix is made before."""
    for case in cases[:50]:
        search.search(case.heard, sound(case), limit=LIMIT)
    begun = time.process_time()
    for case in cases:
        search.search(case.heard, sound(case), limit=LIMIT)
    return (time.process_time() - begun) / len(cases) * 1000
