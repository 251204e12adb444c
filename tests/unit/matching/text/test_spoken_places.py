from dataclasses import replace

import numpy as np
import pytest

from matching.dialect.matrices import costs_without_dialect
from matching.text.gazetteer import Gazetteer
from matching.text.place_search import PlaceHit, PlaceSearch
from matching.text.sound_classes import sound_classes
from matching.text.sound_costs import SoundCosts, built_in_costs
from matching.text.speakers import Speakers
from matching.text.syllables import syllable_numbers

SEARCH = PlaceSearch()
N = syllable_numbers()
#: Two invented groups: one takes n for l, the other h for f, and each lives in one province.
PAIRS = (("nan", "lan"), ("hu", "fu"))
PROVINCES = ("湖南省", "广东省")


def chances(heard: int) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    syllables = sound_classes().syllables
    heard = int(syllables[heard])
    found = np.full((2, len(syllables)), 1e-4, np.float32)
    found[:, syllables == heard] = 0.5
    for group, (meant, said) in enumerate(PAIRS):
        if N[said] == heard:
            found[group, syllables == N[meant]] = 0.4
    return found


def homes(places: Gazetteer) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    provinces = [places.path(node)[0] for node in places.upper.tolist()]
    rows = [[4.0 if province == own else 0.1 for own in PROVINCES] for province in provinces]
    return np.array(rows, np.float32)


def sound(weights: tuple[float, float]) -> SoundCosts:
    mean = np.stack([np.array(weights) @ chances(heard) for heard in range(len(N) + 1)], 1)
    plain = built_in_costs()
    made = SoundCosts.from_chances(
        mean / np.maximum(mean.sum(1, keepdims=True), 1),
        version="invented",
        dropped=float(np.exp(-plain.dropped)),
        inserted=float(np.exp(-plain.inserted)),
    )
    speakers = Speakers(
        names=("甲话", "乙话"),
        weights=np.array(weights, np.float32),
        chances=chances,
        homes=homes,
    )
    return replace(made, speakers=speakers)


def best(heard: str, weights: tuple[float, float], province: str = "") -> PlaceHit:
    within = SEARCH.divisions_named(province) if province else ()
    return SEARCH.search(heard, sound(weights), within=within, limit=1)[0]


def hunan(heard: str, costs: SoundCosts) -> PlaceHit:
    inside = SEARCH.divisions_named("湖南")
    hits = SEARCH.search(heard, costs, within=inside, limit=1500)
    return next(hit for hit in hits if hit.path == ("湖南省",))


def test_a_group_explains_a_merger_and_is_named() -> None:
    assert hunan("湖兰", sound((0.5, 0.5))).rules == ("n/l 混（甲话）",)
    assert hunan("福南", sound((0.5, 0.5))).rules == ("h/f 混（乙话）",)


def test_one_group_has_to_explain_all_syllables() -> None:
    jointly = sound((0.5, 0.5))
    by_mean = replace(jointly, speakers=None)
    assert hunan("福兰", jointly).cost > hunan("福兰", by_mean).cost + 3


def test_the_same_name_comes_first_where_such_people_live() -> None:
    assert best("和平村", (1, 0)).path[0] == "湖南省"
    assert best("和平村", (0, 1)).path[0] == "广东省"


def test_a_place_elsewhere_is_still_found() -> None:
    assert best("哈尔滨", (1, 0)).path[:2] == ("黑龙江省", "哈尔滨市")


def test_inside_a_province_and_by_a_former_name() -> None:
    assert best("襄樊市", (0.5, 0.5)).path == ("湖北省", "襄阳市")
    assert best("英得", (0.5, 0.5), "广东").path == ("广东省", "清远市", "英德市")


@pytest.mark.parametrize("heard", ["", "？", "x"])
def test_nothing_readable_finds_nothing(heard: str) -> None:
    assert SEARCH.search(heard, sound((0.5, 0.5))) == ()


def test_a_long_name_that_nothing_is_like_costs_a_number() -> None:
    hits = SEARCH.search("湛岗私波头衢官堵宫叶园乱", costs_without_dialect(), limit=5)
    assert len(hits) == 5
    assert all(np.isfinite(hit.cost) for hit in hits)
