"""Places misheard at held-back dialect points, searched with and without knowing the dialect.

A hit is the full path among the answers. The peer of every row is the same search without a dialect: the
built-in confusions.
"""

import time
from collections.abc import Callable, Iterable
from typing import Any

from benchmarks.mishearing import MisheardPlace, misheard_places
from benchmarks.rows import row, share_row
from matching.dialect.matrices import costs_without_dialect, dialect_costs
from matching.text.place_search import PlaceSearch
from matching.text.sound_costs import SoundCosts, built_in_costs

LIMIT = 10
PEER = "内置近音表"
Sound = Callable[[MisheardPlace], SoundCosts]


def rows() -> list[dict[str, Any]]:
    """Hit rates over all China, inside the province and inside the county, and the time of a search."""
    search = PlaceSearch()
    cases = misheard_places()
    answers = []
    for context, depth in (("全国", 0), ("知省", 1), ("知县", 3)):
        usual = _ranks(search, cases, depth, lambda _: built_in_costs())
        for known, sound in (("方言未知", _unknown), ("方言已知", _right)):
            answers += _rates(f"{context}，{known}", _ranks(search, cases, depth, sound), usual)
    return [*answers, _time(search, cases)]


def _unknown(_: MisheardPlace) -> SoundCosts:
    return costs_without_dialect()


def _right(case: MisheardPlace) -> SoundCosts:
    return dialect_costs(case.group)


def _ranks(
    search: PlaceSearch, cases: list[MisheardPlace], depth: int, sound: Sound
) -> list[int | None]:
    """Rank from 1 of each meant path; None when it is not among the first ten."""
    ranks: list[int | None] = []
    for case in cases:
        if depth >= len(case.path):
            continue
        within = _nodes(search, case.path[:depth]) if depth else ()
        hits = search.search(case.heard, sound(case), within=within, limit=LIMIT)
        paths = [hit.path for hit in hits]
        ranks.append(paths.index(case.path) + 1 if case.path in paths else None)
    return ranks


def _nodes(search: PlaceSearch, path: tuple[str, ...]) -> list[int]:
    return [node for node in search.places.find(path[-1]) if search.places.path(node) == path]


def _rates(name: str, ours: list[int | None], peer: list[int | None]) -> list[dict[str, Any]]:
    measures = {
        "前 1 命中": lambda rank: float(rank == 1),
        "前 10 命中": lambda rank: float(rank is not None),
        "倒数名次均值": lambda rank: 1 / rank if rank else 0.0,
    }
    return [
        share_row(f"{name}：{label}", _mean(map(measure, ours)), _mean(map(measure, peer)), PEER)
        for label, measure in measures.items()
    ]


def _mean(values: Iterable[float]) -> float:
    each = list(values)
    return sum(each) / len(each)


def _time(search: PlaceSearch, cases: list[MisheardPlace]) -> dict[str, Any]:
    ours = _seconds(search, cases, costs_without_dialect())
    theirs = _seconds(search, cases, built_in_costs())
    return row("一次搜索", "毫秒", ours * 1000, theirs * 1000, PEER)


def _seconds(search: PlaceSearch, cases: list[MisheardPlace], sound: SoundCosts) -> float:
    begun = time.perf_counter()
    for case in cases:
        search.search(case.heard, sound, limit=LIMIT)
    return (time.perf_counter() - begun) / len(cases)
