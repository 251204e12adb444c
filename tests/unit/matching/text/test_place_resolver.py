import pytest

from matching.dialect.matrices import dialect_costs
from matching.text.place_resolver import FORMER_PARENT, PlaceResolver


@pytest.mark.parametrize(
    ("phrase", "meant"),
    [
        ("湖南邵阳龙回荷田", "湖南省/邵阳市/隆回县/荷田乡"),
        ("湖南邵阳，龙回，龙回县荷田那边", "湖南省/邵阳市/隆回县/荷田乡"),
        ("大站嗰边，以前归韶关管", "广东省/清远市/英德市/大站镇"),
        ("隆回县荷田公社", "湖南省/邵阳市/隆回县/荷田乡"),
        ("贵州毕节那边的，织金", "贵州省/毕节市/织金县"),
        ("四川省凉山彝族自治州昭觉县", "四川省/凉山彝族自治州/昭觉县"),
        ("重庆万县", "重庆市/重庆市/万州区"),
        ("梅州，梅县，畲江", "广东省/梅州市/梅县区/畲江镇"),
        ("粤北英德", "广东省/清远市/英德市"),
        ("龙回", "湖南省/邵阳市/隆回县"),
    ],
)
def test_a_phrase_becomes_the_full_path(phrase: str, meant: str) -> None:
    assert "/".join(PlaceResolver().resolve(phrase)[0].path) == meant


def test_a_former_parent_is_told_and_supports_its_old_county() -> None:
    best = PlaceResolver().resolve("大站嗰边，以前归韶关管")[0]
    assert FORMER_PARENT in best.rules
    assert best.spans == ((0, 2), (8, 10))


def test_a_merger_is_said_to_be_the_speakers() -> None:
    heard = PlaceResolver(sound=dialect_costs("xiang")).resolve("福兰省少阳龙飞县", limit=1)[0]
    assert heard.path[-1] == "隆回县"
    assert {"h/f 混（湘语）", "n/l 混（湘语）"} <= set(heard.rules)


def test_a_sentence_without_a_place_names_none() -> None:
    assert PlaceResolver().mentions("我今年六十二岁，崽死了") == ()


def test_a_name_that_is_all_that_was_said_is_a_mention() -> None:
    (mention,) = PlaceResolver().mentions("我是龙回的")
    assert mention.candidates[0].path[-1] == "隆回县"


def test_only_what_lies_within_is_answered() -> None:
    resolver = PlaceResolver()
    inside = resolver.search.divisions_named("广东省")
    found = resolver.resolve("大站", within=inside)
    assert found
    assert {place.path[0] for place in found} == {"广东省"}


def test_shares_of_a_mention_leave_room_for_none() -> None:
    (mention,) = PlaceResolver().mentions("湖南邵阳")
    total = sum(place.score for place in mention.candidates)
    assert 0 < total < 1
    assert [p.bits for p in mention.candidates] == sorted(
        (p.bits for p in mention.candidates), reverse=True
    )
