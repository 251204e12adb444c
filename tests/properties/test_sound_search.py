"""Sound search against slow, obvious oracles, and on any text at all."""

import math
import string

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from matching.text.place_resolver import PlaceResolver
from matching.text.place_search import PlaceSearch
from matching.text.smallest import smallest
from matching.text.sound_columns import HeardCosts, SoundColumns
from matching.text.sound_costs import built_in_costs

SYMBOLS = 6
SEARCH = PlaceSearch()
RESOLVER = PlaceResolver(SEARCH)
SOUND = built_in_costs()

_COST = st.floats(0.015625, 9, width=32)
_NAMES = st.lists(
    st.lists(st.integers(0, SYMBOLS - 1), min_size=1, max_size=5), min_size=1, max_size=30
)


@st.composite
def _heard(draw: st.DrawFn) -> HeardCosts:
    rows = draw(
        st.lists(st.lists(_COST, min_size=SYMBOLS, max_size=SYMBOLS), min_size=1, max_size=5)
    )
    shares = np.full(SYMBOLS, 1 / SYMBOLS, np.float32)
    return HeardCosts.of(
        [np.array(row, np.float32) for row in rows], shares, draw(_COST), draw(_COST)
    )


def _columns(names: list[list[int]]) -> SoundColumns:
    lengths = np.array([len(name) for name in names])
    return SoundColumns.of(lengths, np.array([each for name in names for each in name]))


def _slow_cost(name: list[int], heard: HeardCosts) -> float:
    """Every omission tried, one by one."""
    count = len(heard.positions)

    def together(kept: list[int], at: list[int]) -> float:
        return sum(float(heard.positions[i][s]) for i, s in zip(at, kept, strict=True))

    every = list(range(count))
    if len(name) == count:
        return together(name, every)
    if len(name) == count + 1:
        return heard.dropped + min(
            together(name[:gone] + name[gone + 1 :], every) for gone in range(len(name))
        )
    if len(name) == count - 1:
        return min(
            heard.inserted[gone] + together(name, every[:gone] + every[gone + 1 :])
            for gone in every
        )
    return math.inf


@given(_NAMES, _heard())
def test_costs_are_those_of_trying_every_omission(
    names: list[list[int]], heard: HeardCosts
) -> None:
    slow = [_slow_cost(name, heard) for name in names]
    assert np.allclose(_columns(names).costs(heard), slow, rtol=1e-4, atol=1e-3)


@given(_NAMES, _heard(), st.integers(0, 12))
def test_the_nearest_are_the_costs_sorted(
    names: list[list[int]], heard: HeardCosts, count: int
) -> None:
    columns = _columns(names)
    costs = columns.costs(heard)
    rows, found = columns.nearest(heard, count)
    wanted = np.sort(costs[np.isfinite(costs)])[:count]
    assert found.shape == wanted.shape
    assert np.allclose(found, wanted, atol=1e-3)
    assert np.allclose(costs[rows], found, atol=1e-3)
    assert len(set(rows.tolist())) == len(rows)


@given(st.integers(0, 2**32 - 1), st.integers(0, 3000), st.integers(0, 40), st.integers(1, 500))
def test_the_smallest_are_those_of_a_stable_sort(
    seed: int, size: int, count: int, kinds: int
) -> None:
    random = np.random.default_rng(seed)
    costs = random.integers(0, kinds, size).astype(np.float32)
    costs[random.random(size) < 0.1] = np.inf
    order = np.argsort(costs, kind="stable")
    wanted = order[np.isfinite(costs[order])][:count]
    assert smallest(costs, count).tolist() == wanted.tolist()


_TEXT = st.text(
    st.one_of(
        st.sampled_from("湖南邵阳龙回荷田大站英德韶关县市镇村以前归管的。， "),
        st.sampled_from(string.ascii_letters + string.digits + "\0\x1b\u200d\ue000\U00020000😀"),
        st.characters(),
    ),
    max_size=40,
)


@settings(max_examples=30)
@given(_TEXT, st.integers(0, 5))
@example("\ue000\U0010fffd\0", 3)
@example("👨\u200d👩\u200d👧湖南", 3)
def test_any_text_can_be_searched(text: str, limit: int) -> None:
    hits = SEARCH.search(text, SOUND, limit=limit)
    assert len(hits) <= limit
    assert all(math.isfinite(hit.cost) and 0 <= hit.score <= 1 for hit in hits)
    assert hits == SEARCH.search(text, SOUND, limit=limit)


@settings(max_examples=15)
@given(_TEXT, st.integers(0, 5))
@example("\ue000\U0010fffd\0", 3)
@example("湖南😀邵阳\0龙回", 3)
def test_any_text_can_be_resolved(text: str, limit: int) -> None:
    found = RESOLVER.resolve(text, limit=limit)
    assert len(found) <= limit
    for place in found:
        assert all(0 <= start < end <= len(text) for start, end in place.spans)
    assert found == RESOLVER.resolve(text, limit=limit)


@pytest.mark.slow
@pytest.mark.parametrize("unit", ["龙", "a", "😀", "隆回县，", "\0"])
def test_a_megabyte_is_only_long(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    assert len(SEARCH.search(text, SOUND, limit=2)) <= 2
    assert len(RESOLVER.resolve(text, limit=2)) <= 2
