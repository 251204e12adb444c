"""Villages that a station adds are divisions like any other, and nothing else changes."""

import numpy as np
import pytest

from matching.errors import BadFactError
from matching.text.added_places import AddedPlace, with_places
from matching.text.gazetteer import Gazetteer, gazetteer
from matching.text.place_resolver import PlaceResolver
from matching.text.place_search import PlaceSearch
from matching.text.sound_costs import built_in_costs

TOWN = ("湖南省", "邵阳市", "隆回县", "荷田乡")
COUNTY = TOWN[:3]
ADDED = (
    AddedPlace(TOWN, "枫树坳"),
    AddedPlace((*TOWN, "荷田村"), "䶮家院子"),
    AddedPlace(COUNTY, "和平"),
    AddedPlace(TOWN, "枫树坳"),
)


@pytest.fixture(scope="module")
def larger() -> Gazetteer:
    return with_places(gazetteer(), ADDED)


def test_added_villages_lie_where_they_were_put_each_once(larger: Gazetteer) -> None:
    assert len(larger.levels) == len(gazetteer().levels) + 3
    for each in ADDED:
        paths = {larger.path(node) for node in larger.find(each.name)}
        assert (*each.inside, each.name) in paths


def test_everything_else_keeps_its_path_its_former_names_and_its_former_parents(
    larger: Gazetteer,
) -> None:
    before = gazetteer()
    official = np.flatnonzero(larger.levels < 5)
    some = np.random.default_rng(4).integers(0, len(official), 300)
    for at in some.tolist():
        assert larger.path(int(official[at])) == before.path(at)
    old_nodes, new_nodes = (each.packed.arrays["former_node"] for each in (before, larger))
    old_cores, new_cores = (each.packed.arrays["former_core"] for each in (before, larger))
    for at in range(0, len(old_nodes), 97):
        assert larger.path(int(new_nodes[at])) == before.path(int(old_nodes[at]))
        assert larger.core_text(int(new_cores[at])) == before.core_text(int(old_cores[at]))
    assert len(larger.former_parents) == len(before.former_parents)


def test_an_added_village_is_heard_and_resolved(larger: Gazetteer) -> None:
    search = PlaceSearch(larger)
    inside = search.divisions_named("隆回县")
    assert search.search("枫树敖", built_in_costs(), within=inside)[0].level == "hamlet"
    best = PlaceResolver(search).resolve("隆回荷田枫树坳")[0]
    assert best.path == (*TOWN, "枫树坳")


@pytest.mark.parametrize(
    "bad", [AddedPlace(("湖南省", "无此县"), "枫树坳"), AddedPlace((), "坳"), AddedPlace(TOWN, "")]
)
def test_a_village_in_no_division_or_without_a_name_is_refused(bad: AddedPlace) -> None:
    with pytest.raises(BadFactError):
        with_places(gazetteer(), [bad])


def test_nothing_added_is_the_same_gazetteer() -> None:
    assert with_places(gazetteer(), []) is gazetteer()
