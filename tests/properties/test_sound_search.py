"""The sound search against slow and obvious ways of doing the same, and on any text at all."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.text.name_costs import name_similarity
from matching.text.name_index import NameIndex
from matching.text.place_resolver import PlaceResolver
from matching.text.place_search import PlaceSearch
from matching.text.smallest import smallest
from matching.text.sound_columns import HeardCosts, SoundColumns
from matching.text.sound_costs import built_in_costs

SYMBOLS = 5
COST = st.floats(min_value=-1, max_value=12, width=32)
NAMES = st.lists(
    st.lists(st.integers(0, SYMBOLS - 1), min_size=1, max_size=5), min_size=1, max_size=40
)
HEARD = st.lists(st.lists(COST, min_size=SYMBOLS, max_size=SYMBOLS), min_size=1, max_size=4)
TEXT = st.text(
    st.one_of(
        st.sampled_from("湖南邵阳龙回县荷田刘福生阿区單𬭎䶮\ue000 ，。？abü1😀\0\u200d"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=40,
)


def heard_costs(rows: list[list[float]]) -> HeardCosts:
    positions = [np.array(row, np.float32) for row in rows]
    shares = np.full(SYMBOLS, 1 / SYMBOLS, np.float32)
    return HeardCosts.of(positions, shares, 3.0, 2.0)


def slow_cost(name: list[int], heard: HeardCosts) -> float:
    """Every way to leave out one position, tried one after the other."""

    def equal(symbols: list[int], rows: list[int]) -> float:
        pairs = zip(rows, symbols, strict=True)
        return sum(float(heard.positions[row][symbol]) for row, symbol in pairs)

    rows = list(range(len(heard.positions)))
    if len(name) == len(rows):
        return equal(name, rows)
    if len(name) == len(rows) + 1:
        without = (name[:at] + name[at + 1 :] for at in range(len(name)))
        return heard.dropped + min(equal(each, rows) for each in without)
    if len(name) == len(rows) - 1:
        return min(heard.inserted[at] + equal(name, rows[:at] + rows[at + 1 :]) for at in rows)
    return float("inf")


def columns_of(names: list[list[int]]) -> SoundColumns:
    lengths = np.array([len(each) for each in names])
    return SoundColumns.of(lengths, np.array([symbol for each in names for symbol in each]))


@given(names=NAMES, rows=HEARD)
def test_every_name_costs_what_trying_every_omission_gives(
    names: list[list[int]], rows: list[list[float]]
) -> None:
    heard = heard_costs(rows)
    found = columns_of(names).costs(heard)
    assert found == pytest.approx([slow_cost(each, heard) for each in names], abs=1e-3)


@given(names=NAMES, rows=HEARD, count=st.integers(0, 12))
def test_the_nearest_are_the_cheapest(
    names: list[list[int]], rows: list[list[float]], count: int
) -> None:
    heard, columns = heard_costs(rows), columns_of(names)
    every = columns.costs(heard)
    numbers, costs = columns.nearest(heard, count)
    assert costs == pytest.approx(np.sort(every[np.isfinite(every)])[:count], abs=1e-3)
    assert every[numbers] == pytest.approx(costs, abs=1e-3)


@given(
    values=st.lists(st.sampled_from([0.0, 1.0, 2.5, float("inf")]), max_size=400),
    count=st.integers(0, 9),
)
def test_smallest_is_a_stable_sort_cut_short(values: list[float], count: int) -> None:
    costs = np.array(values, np.float32)
    order = [at for at in np.argsort(costs, kind="stable") if np.isfinite(costs[at])]
    assert smallest(costs, count).tolist() == order[:count]


@given(text=TEXT)
def test_any_text_is_searched_and_resolved_within_its_bounds(text: str) -> None:
    hits = PlaceSearch().search(text, built_in_costs(), limit=3)
    assert len(hits) <= 3
    assert [hit.cost for hit in hits] == sorted(hit.cost for hit in hits)
    for mention in PlaceResolver().mentions(text, limit=2):
        start, end = mention.span
        assert text[start:end] == mention.text
        assert 1 <= len(mention.candidates) <= 2
        for place in mention.candidates:
            assert all(0 <= a < b <= len(text) for a, b in place.spans)


@given(one=TEXT, other=TEXT)
def test_names_are_as_alike_one_way_as_the_other(one: str, other: str) -> None:
    first, second = name_similarity(one, other), name_similarity(other, one)
    assert first.outcome is second.outcome
    assert first.similarity == pytest.approx(second.similarity)
    assert 0 <= first.similarity <= 1


@given(names=st.lists(TEXT, max_size=12), heard=TEXT)
def test_a_list_of_anything_can_be_searched_by_anything(names: list[str], heard: str) -> None:
    index = NameIndex.build(names)
    hits = index.nearest(heard, built_in_costs(), 5)
    assert len({hit.number for hit in hits}) == len(hits) <= min(5, len(index.names))
    assert [hit.cost for hit in hits] == sorted(hit.cost for hit in hits)


def test_a_megabyte_is_answered() -> None:
    text = "湖南邵阳龙回荷田那边，😀" * 80_000
    assert PlaceSearch().search(text, built_in_costs(), limit=1)
    assert PlaceResolver().resolve(text, limit=1)[0].path[0] == "湖南省"
    assert name_similarity(text, text).similarity <= 1
