import pytest

from matching.text.gazetteer import gazetteer
from matching.text.place_core import core, meanings
from matching.text.place_search import PlaceSearch
from matching.text.sound_costs import built_in_costs

SOUND = built_in_costs()


def paths(heard: str, within: str = "", limit: int = 5) -> list[str]:
    search = PlaceSearch()
    nodes = search.divisions_named(within) if within else ()
    return ["/".join(hit.path) for hit in search.search(heard, SOUND, within=nodes, limit=limit)]


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("英德市", "英德"),
        ("连南瑶族自治县", "连南"),
        ("黔东南苗族侗族自治州", "黔东南"),
        ("单县", "单县"),
        ("沙市区", "沙市"),
        ("芒洪拉祜族布朗族乡", "芒洪"),
    ],
)
def test_the_core_is_what_people_say(name: str, bare: str) -> None:
    assert core(name) == bare


def test_a_commune_is_a_town_today() -> None:
    assert "镇" in meanings("公社")
    assert meanings("矿区") == ("矿区",)


@pytest.mark.parametrize(
    ("heard", "within", "meant"),
    [
        ("龙回县", "", "湖南省/邵阳市/隆回县"),
        ("龙回", "邵阳", "湖南省/邵阳市/隆回县"),
        ("龙回", "湖南", "湖南省/邵阳市/隆回县"),
        ("许浦县", "怀化", "湖南省/怀化市/溆浦县"),
        ("福兰", "湖南", "湖南省"),
        ("襄樊", "", "湖北省/襄阳市"),
        ("xupu", "湖南省", "湖南省/怀化市/溆浦县"),
        ("大站", "清远市", "广东省/清远市/英德市/大站镇"),
    ],
)
def test_a_misheard_place_comes_first(heard: str, within: str, meant: str) -> None:
    assert paths(heard, within)[0] == meant


def test_a_former_name_is_told() -> None:
    assert "旧地名" in PlaceSearch().search("襄樊", SOUND, limit=1)[0].rules


def test_what_people_call_a_region_finds_its_prefectures_and_says_so() -> None:
    first, second = PlaceSearch().search("粤北", SOUND, limit=2)
    assert {first.path[-1], second.path[-1]} == {"韶关市", "清远市"}
    assert "俗称" in first.rules


def test_a_region_is_searched_within_unless_a_division_bears_its_name() -> None:
    places = PlaceSearch()
    named = {
        word: {"/".join(places.places.path(node)) for node in places.divisions_named(word)}
        for word in ("陕北", "两广", "黔西")
    }
    assert named == {
        "陕北": {"陕西省/榆林市", "陕西省/延安市"},
        "两广": {"广东省", "广西壮族自治区"},
        "黔西": {"贵州省/毕节市/黔西市"},
    }


def test_rules_say_what_happened_to_each_sound() -> None:
    inside = PlaceSearch().divisions_named("湖南")
    assert PlaceSearch().search("福兰", SOUND, within=inside)[0].rules == ("h/f 混", "n/l 混")


@pytest.mark.parametrize("heard", ["", "😀", "，。", "\0"])
def test_what_cannot_be_read_finds_nothing(heard: str) -> None:
    assert paths(heard) == []


def test_namesakes_come_highest_level_first_and_each_division_once() -> None:
    found = paths("和平", limit=40)
    assert len(set(found)) == len(found) == 40
    assert found[0].count("/") == 2


def test_every_level_has_its_path_and_only_counties_have_codes() -> None:
    places = gazetteer()
    county, town = places.find("嘉定区")[0], places.find("下冶镇")[0]
    assert places.path(county) == ("上海市", "上海市", "嘉定区")
    assert places.code(county) == "310114"
    assert places.path(town) == ("河南省", "济源市", "下冶镇")
    assert places.code(town) is None
    assert places.path(places.find("文昌市")[0]) == ("海南省", "文昌市")


def test_what_lies_inside_a_division_is_one_range() -> None:
    places = gazetteer()
    node = places.find("英德市")[0]
    inside = places.inside(node)
    assert all(places.ancestors(each)[: len(places.ancestors(node))][-1] == node for each in inside)
    assert node not in places.ancestors(inside.stop)
