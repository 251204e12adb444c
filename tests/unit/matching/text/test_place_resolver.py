import pytest

from matching.text.place_resolver import FORMER_PARENT, PlaceResolver

RESOLVER = PlaceResolver()


@pytest.mark.parametrize(
    ("phrase", "path"),
    [
        ("湖南邵阳龙回荷田", "湖南省/邵阳市/隆回县/荷田乡"),
        ("大站嗰边，以前归韶关管", "广东省/清远市/英德市/大站镇"),
    ],
)
def test_a_phrase_leads_to_the_path_that_explains_it_best(phrase: str, path: str) -> None:
    assert "/".join(RESOLVER.resolve(phrase)[0].path) == path


def test_a_parent_of_former_times_is_named_as_the_reason() -> None:
    assert FORMER_PARENT in RESOLVER.resolve("大站嗰边，以前归韶关管")[0].rules


def test_words_that_name_no_place_resolve_to_nothing() -> None:
    for phrase in ("", "。。。", "\0\ue000", "😀"):
        assert RESOLVER.resolve(phrase) == ()
        assert RESOLVER.mentions(phrase) == ()


def test_only_what_lies_inside_is_answered() -> None:
    (hunan,) = RESOLVER.search.divisions_named("湖南省")
    found = RESOLVER.resolve("龙回荷田", within=(hunan,), limit=3)
    assert 0 < len(found) <= 3
    assert {place.path[0] for place in found} == {"湖南省"}


def test_scores_are_shares_and_come_in_order() -> None:
    (mention,) = RESOLVER.mentions("湖南邵阳龙回荷田")
    scores = [each.score for each in mention.candidates]
    assert scores == sorted(scores, reverse=True)
    assert sum(scores) <= 1 + 1e-9
    assert mention.span == (0, 8)
