from collections.abc import Callable

import pytest

from benchmarks.population.circumstances import filed_circumstances, told_circumstances
from benchmarks.population.filing import file_record
from benchmarks.population.parameters import usual
from benchmarks.population.persons import ADULT, draw_person
from benchmarks.population.station import meet
from matching.model import PersonFacts

SEED = 14
PEOPLE = [draw_person(usual(), SEED, number) for number in range(2_500)]


def in_both(words: Callable[[PersonFacts], tuple[str, ...]]) -> list[bool]:
    """Of people of whom both sides say something: whether one says what the other does."""
    much = usual().tellings["much"]
    pairs = [
        (
            words(filed_circumstances(each, usual(), SEED)),
            words(told_circumstances(each, usual(), much, SEED)),
        )
        for each in PEOPLE
    ]
    return [one[0] in other[0] or other[0] in one[0] for one, other in pairs if one and other]


@pytest.mark.parametrize(
    "words",
    [lambda facts: facts.work, lambda facts: facts.languages, lambda facts: facts.landmarks],
)
def test_both_sides_speak_of_one_thing_often_but_not_always(
    words: Callable[[PersonFacts], tuple[str, ...]],
) -> None:
    same = in_both(words)
    assert len(same) > 20
    assert 0.1 < sum(same) / len(same) < 0.9


def test_no_child_has_work() -> None:
    children = [each for each in PEOPLE if each.age_when_missing < ADULT]
    assert children
    assert not any(filed_circumstances(each, usual(), SEED).work for each in children)


def test_records_and_residents_carry_them() -> None:
    some = PEOPLE[:200]
    assert any(file_record(each, usual(), SEED).candidate.facts.work for each in some)
    assert any(meet(each, None, usual(), SEED).probe.facts.landmarks for each in some)
