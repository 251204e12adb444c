import pytest

from matching.errors import BadFactError
from matching.model import Home, PersonFacts, Relation, Relative
from matching.registry import Registry
from tests.people import TRUE, a_candidate, a_probe, a_registry

REGISTRY = a_registry()


def reached(facts: PersonFacts, extra: tuple[str, ...] = (), limit: int = 50) -> tuple[str, ...]:
    return REGISTRY.shortlist(a_probe(facts), extra=extra, limit=limit)


@pytest.mark.parametrize(
    "facts",
    [
        PersonFacts(names=("刘福升",)),
        PersonFacts(names=("牛福森",)),
        PersonFacts(names=("刘德胜",)),
        PersonFacts(names=("阿胜",)),
        PersonFacts(homes=(Home(text="龙回那边"),)),
        PersonFacts(homes=(Home(text="湖南荷田"),)),
        PersonFacts(relatives=(Relative(relation=Relation.YOUNGER_BROTHER, name="刘福桂"),)),
    ],
    ids=["homophone", "near", "one syllable", "pet name", "county", "town", "brother"],
)
def test_any_one_strong_signal_reaches_the_record(facts: PersonFacts) -> None:
    assert "true" in reached(facts)


def test_faces_come_first_and_unknown_ones_are_dropped() -> None:
    assert reached(PersonFacts(), extra=("s5", "gone"))[:1] == ("s5",)


def test_a_province_alone_reaches_nobody() -> None:
    assert reached(PersonFacts(homes=(Home(text="湖南"),))) == ()


def test_the_ways_in_take_turns_when_room_is_short() -> None:
    facts = PersonFacts(names=("王伟伟",), homes=(Home(text="湖南邵阳龙回"),))
    assert "true" in reached(facts, extra=("s1", "s2", "s3"), limit=4)


def test_an_update_makes_a_new_snapshot_and_leaves_the_old_one() -> None:
    moved = a_candidate("true", "刘福胜", path=("四川省", "南充市", "南部县"))
    updated = REGISTRY.updated([moved, a_candidate("new", "欧阳春花")])
    assert (REGISTRY.size, updated.size) == (201, 202)
    assert REGISTRY.get("true") == TRUE
    assert updated.get("true") == moved


def test_an_empty_registry_answers_with_nobody() -> None:
    assert Registry.build(()).shortlist(a_probe(TRUE.facts), extra=(), limit=9) == ()


def test_an_unknown_candidate_is_a_programming_error() -> None:
    with pytest.raises(BadFactError):
        REGISTRY.get("nobody")
