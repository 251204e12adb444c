from matching.dialect.matrices import costs_without_dialect
from matching.text.heard_places import heard_places
from matching.text.place_resolver import PlaceResolver

RESOLVER = PlaceResolver(sound=costs_without_dialect())


def paths(phrase: str) -> list[tuple[str, ...]]:
    found = sorted(heard_places(phrase, RESOLVER), key=lambda each: -each.bits)
    return [RESOLVER.search.places.path(each.node) for each in found]


def test_a_phrase_names_its_deepest_place_first() -> None:
    assert paths("湖南邵阳龙回荷田")[0] == ("湖南省", "邵阳市", "隆回县", "荷田乡")


def test_a_single_ambiguous_name_still_tells_its_namesakes_from_all_others() -> None:
    found = paths("老家龙回那边")
    assert ("湖南省", "邵阳市", "隆回县") in found


def test_words_without_a_place_name_none() -> None:
    assert heard_places("abc 123", RESOLVER) == ()
