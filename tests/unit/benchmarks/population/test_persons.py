from benchmarks.population.parameters import usual
from benchmarks.population.persons import (
    Person,
    draw_person,
    namesake_of,
    sibling_of,
    twin_of,
)
from matching.model import Relation

SEED = 7


def some(count: int = 400) -> list[Person]:
    return [draw_person(usual(), SEED, number) for number in range(count)]


def test_a_person_is_the_same_at_every_call_whoever_else_is_drawn() -> None:
    assert draw_person(usual(), SEED, 30) == some(31)[30]
    assert draw_person(usual(), SEED, 30) != draw_person(usual(), SEED + 1, 30)


def test_ages_follow_the_white_paper() -> None:
    ages = [each.age_when_missing for each in some(1_500)]
    assert abs(sum(age < 18 for age in ages) / len(ages) - 0.160) < 0.04
    assert abs(sum(age >= 60 for age in ages) / len(ages) - 0.406) < 0.05


def test_children_have_no_spouse_and_no_children() -> None:
    own = {Relation.WIFE, Relation.HUSBAND, Relation.SON, Relation.DAUGHTER}
    minors = [each for each in some() if each.age_when_missing < 18]
    assert minors
    assert not [kin for each in minors for kin in each.relatives if kin.relation in own]


def test_brothers_bear_the_surname_and_mothers_their_own() -> None:
    named = [(each.surname, kin) for each in some() for kin in each.relatives]
    brothers = [(s, kin) for s, kin in named if kin.relation is Relation.ELDER_BROTHER]
    mothers = [(s, kin) for s, kin in named if kin.relation is Relation.MOTHER]
    assert all(kin.name and kin.name.startswith(surname) for surname, kin in brothers)
    assert any(kin.name and not kin.name.startswith(surname) for surname, kin in mothers)


def test_a_sibling_shares_parents_surname_and_home() -> None:
    person = next(each for each in some() if each.relatives)
    sibling = sibling_of(person, usual(), SEED, 9_001)
    assert (sibling.surname, sibling.origin) == (person.surname, person.origin)
    assert sibling.born != person.born
    parents = {Relation.FATHER, Relation.MOTHER}
    theirs = [kin for kin in sibling.relatives if kin.relation in parents]
    assert theirs == [kin for kin in person.relatives if kin.relation in parents]


def test_a_twin_is_as_old_and_of_the_same_sex() -> None:
    person = some(3)[2]
    twin = twin_of(person, usual(), SEED, 9_002)
    assert (twin.born, twin.sex, twin.surname) == (person.born, person.sex, person.surname)
    assert twin.number != person.number


def test_a_namesake_is_somebody_else_of_the_county() -> None:
    person = some(4)[3]
    other = namesake_of(person, usual(), SEED, 9_003)
    assert other.name == person.name
    assert other.origin.to_depth(3) == person.origin.to_depth(3)
    assert other.number != person.number
    assert abs(other.born - person.born) <= 5
