from dataclasses import replace

import numpy as np
import pytest

from matching.dialect.groups import dialect_groups, group_numbers
from matching.dialect.home_guess import guess_counties, household_bits, posterior_counties
from matching.text.gazetteer import gazetteer
from matching.text.testimony.home import HomeCandidate

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


LONGHUI = HomeCandidate(path=("湖南省", "邵阳市", "隆回县", "荷田乡"), bits=6.0)
HUNAN = HomeCandidate(path=("湖南省",), bits=4.0)


def test_words_and_speech_together_say_where_home_is() -> None:
    first, second, *_ = posterior_counties([LONGHUI], NOTHING, PLACES, 9)
    assert first.path == ("湖南省", "邵阳市", "隆回县")
    assert first.probability == pytest.approx(2**6 / (2**6 + 1), rel=0.01)
    assert second.probability < 0.01
    with_speech = posterior_counties([LONGHUI], speech(xiang=3), PLACES, 1)[0]
    assert with_speech.probability > first.probability
    against = posterior_counties([LONGHUI], speech(yue=6), PLACES, 1)[0]
    assert against.probability < first.probability


def test_the_clearest_words_leave_room_for_elsewhere() -> None:
    clear = replace(LONGHUI, bits=40.0)
    other = HomeCandidate(path=("广东省", "清远市", "英德市"), bits=38.0)
    first, second, *_ = posterior_counties([clear, other], NOTHING, PLACES, 9)
    assert first.probability / second.probability == pytest.approx(4, rel=0.01)
    assert first.probability + second.probability < 1 - 2**-8


def test_a_province_shares_its_odds_among_its_counties() -> None:
    every = posterior_counties([HUNAN], NOTHING, PLACES, len(PLACES.upper))
    assert sum(each.probability for each in every) == pytest.approx(1)
    inside = sum(each.probability for each in every if each.path[0] == "湖南省")
    assert inside > 2**4 / (2**4 + 1)


def test_without_words_only_the_speech_counts() -> None:
    heard = speech(xiang=6)
    assert posterior_counties([], heard, PLACES, 9) == guess_counties(heard, PLACES, 9)
    nowhere = HomeCandidate(path=("虚构省", "某市"), bits=9.0)
    assert posterior_counties([nowhere], heard, PLACES, 9) == guess_counties(heard, PLACES, 9)


def test_of_two_places_in_one_county_the_better_counts() -> None:
    weak = HomeCandidate(path=(*LONGHUI.path[:3], "司门前镇"), bits=2.0)
    assert posterior_counties([weak, LONGHUI], NOTHING, PLACES, 3) == posterior_counties(
        [LONGHUI], NOTHING, PLACES, 3
    )
