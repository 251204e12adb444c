from matching.text.place_phrases import Stretch
from matching.text.place_search import PlaceSearch
from matching.text.place_spans import MOST_SPANS, RootCores, SpanMatcher
from matching.text.sound_costs import built_in_costs

MATCHER = SpanMatcher(PlaceSearch(), built_in_costs())
PLACES = MATCHER.search.places


def test_spans_lie_inside_their_stretch_and_are_bounded() -> None:
    spans = MATCHER.spans([Stretch(5, "湖南邵阳")], [])
    assert (5, 9) in {(span.start, span.end) for span in spans}
    assert all(5 <= span.start < span.end <= 9 for span in spans)
    assert len(MATCHER.spans([Stretch(0, "隆回" * 200)], [])) == MOST_SPANS


def test_nothing_begins_inside_an_official_name() -> None:
    spans = {(each.start, each.end) for each in MATCHER.spans([Stretch(0, "湖南省邵阳")], [(0, 3)])}
    assert (0, 3) in spans
    assert not spans & {(0, 2), (1, 3), (2, 4)}


def test_an_upper_name_is_matched_and_a_village_inside_its_root() -> None:
    (county,) = PLACES.find("隆回县")
    (span,) = (each for each in MATCHER.spans([Stretch(0, "龙回")], []))
    assert county in {match.node for match in MATCHER.upper_matches(span)}
    (town,) = (each for each in MATCHER.spans([Stretch(0, "荷田")], []))
    roots = RootCores(PLACES, [PLACES.inside(county)])
    names = {PLACES.name(match.node) for match in MATCHER.inside_matches(town, roots)}
    assert "荷田乡" in names


def test_no_root_has_no_cores() -> None:
    assert len(RootCores(PLACES, []).numbers) == 0
