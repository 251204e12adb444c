from matching.text.place_search import FORMER_NAME, PlaceHit, PlaceSearch
from matching.text.sound_costs import built_in_costs

SEARCH = PlaceSearch()
SOUND = built_in_costs()


def _top(name: str, within: str = "") -> PlaceHit:
    nodes = SEARCH.divisions_named(within) if within else ()
    return SEARCH.search(name, SOUND, within=nodes)[0]


def test_a_county_is_found_by_its_homophone_inside_its_province() -> None:
    hit = _top("龙回县", "湖南")
    assert hit.path == ("湖南省", "邵阳市", "隆回县")
    assert hit.level == "county"
    assert hit.code == "430524"
    assert "同音" in hit.rules


def test_without_a_suffix_the_county_is_among_the_first_two() -> None:
    hits = SEARCH.search("龙回", SOUND, within=SEARCH.divisions_named("湖南"), limit=2)
    assert "隆回县" in {hit.path[-1] for hit in hits}


def test_a_written_suffix_does_not_hide_the_homophone() -> None:
    assert _top("许浦县", "怀化").path[-1] == "溆浦县"


def test_a_former_name_leads_to_todays_division() -> None:
    hit = _top("襄樊")
    assert hit.path == ("湖北省", "襄阳市")
    assert FORMER_NAME in hit.rules


def test_the_very_characters_score_highest() -> None:
    assert _top("隆回县").path[-1] == "隆回县"
    assert _top("隆回县").score > _top("龙回县", "湖南").score


def test_answers_are_limited_distinct_and_ordered() -> None:
    hits = SEARCH.search("龙回", SOUND, limit=7)
    assert len(hits) == len({hit.node for hit in hits}) == 7
    costs = [round(hit.cost, 4) for hit in hits]
    assert costs == sorted(costs)


def test_nothing_readable_or_nothing_wanted_is_an_empty_answer() -> None:
    assert SEARCH.search("", SOUND) == ()
    assert SEARCH.search("。！", SOUND) == ()
    assert SEARCH.search("隆回", SOUND, limit=0) == ()


def test_a_province_stands_for_itself_and_an_unknown_name_for_nothing() -> None:
    (hunan,) = SEARCH.divisions_named("湖南")
    assert SEARCH.places.path(hunan) == ("湖南省",)
    assert SEARCH.divisions_named("火星省") == ()
