import numpy as np
import pytest

from matching.text.gazetteer import COUNTY, TOWN, gazetteer

PLACES = gazetteer()


def test_a_municipality_stands_in_its_own_path() -> None:
    assert ("上海市", "上海市", "嘉定区") in [PLACES.path(node) for node in PLACES.find("嘉定区")]


def test_a_city_without_counties_has_its_towns() -> None:
    paths = [PLACES.path(node) for node in PLACES.find("下冶镇")]
    assert any("济源市" in path for path in paths)


def test_codes_end_at_the_county() -> None:
    (county,) = PLACES.find("隆回县")
    assert PLACES.code(county) == "430524"
    below = np.flatnonzero(PLACES.levels >= TOWN)[:500].tolist()
    assert {PLACES.code(node) for node in below} == {None}
    assert PLACES.levels[county] == COUNTY


def test_what_is_inside_has_the_division_above_it() -> None:
    (county,) = PLACES.find("隆回县")
    inside = PLACES.inside(county)
    assert inside.start == county
    assert all(county in PLACES.ancestors(node) for node in inside)
    assert county not in PLACES.ancestors(inside.stop)


@pytest.mark.parametrize("name", ["隆回", "隆回县", "英德市"])
def test_names_are_found_with_and_without_suffix(name: str) -> None:
    assert any(PLACES.name(node).startswith(name) for node in PLACES.find(name))


def test_cores_are_found_by_their_own_text() -> None:
    last = len(PLACES.packed.arrays["core_length"]) - 1
    for number in (0, 1, 1000, last):
        assert PLACES.find_core(PLACES.core_text(number)) == number
    assert PLACES.find_core("没有这个地方") is None
    assert PLACES.find("\ue000") == ()


def test_some_cores_cost_what_they_cost_among_all() -> None:
    numbers = np.array([5, 2, 1000], np.intp)
    some = PLACES.columns_of(numbers)
    for row, number in enumerate(numbers.tolist()):
        length = int(PLACES.packed.arrays["core_length"][number])
        at = some.rows[length].tolist().index(row)
        own = [int(column[at]) for column in some.columns[length]]
        assert own == PLACES.core_symbols(number)


def test_shares_sum_to_one_and_private_use_characters_survive() -> None:
    assert PLACES.symbol_shares.sum() == pytest.approx(1, abs=1e-4)
    assert "\ue170" in PLACES.symbols.characters
