import numpy as np
import pytest

from matching.dialect.groups import dialect_groups, group_numbers
from matching.dialect.home_guess import guess_counties, household_bits
from matching.text.gazetteer import gazetteer

PLACES = gazetteer()
NOTHING = np.zeros(len(dialect_groups()))


def speech(**odds: float) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    found = NOTHING.copy()
    for group, value in odds.items():
        found[group_numbers()[group]] = value
    return found


def test_counties_where_the_dialect_is_spoken_come_first() -> None:
    found = guess_counties(speech(xiang=6), PLACES, 10)
    assert {each.path[0] for each in found} == {"湖南省"}
    assert all(len(each.path) == 3 for each in found)


def test_counties_share_one_probability() -> None:
    every = guess_counties(speech(wu=2), PLACES, len(PLACES.upper))
    assert sum(each.probability for each in every) == pytest.approx(1)


def test_a_city_without_counties_is_answered() -> None:
    paths = [each.path for each in guess_counties(speech(yue=8), PLACES, 200)]
    assert ("广东省", "东莞市") in paths
    assert ("广东省", "广州市") not in paths


@pytest.mark.parametrize(
    ("household", "sign"),
    [
        (("湖南省", "娄底市", "新化县", "游家镇"), 1),
        (("湖南省",), 1),
        (("黑龙江省", "哈尔滨市", "南岗区"), -1),
    ],
)
def test_bits_of_a_household_place(household: tuple[str, ...], sign: int) -> None:
    assert household_bits(speech(xiang=6), household, PLACES) * sign > 1


def test_no_evidence_and_unknown_places_give_no_bits() -> None:
    assert household_bits(NOTHING, ("湖南省", "娄底市"), PLACES) == 0
    assert household_bits(speech(xiang=6), ("虚构省", "某市"), PLACES) == 0


def test_no_place_is_ruled_out() -> None:
    sure = speech(qiongwen=40)
    assert household_bits(sure, ("黑龙江省", "哈尔滨市", "南岗区"), PLACES) > -6
