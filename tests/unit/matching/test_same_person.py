from dataclasses import replace
from datetime import date

import pytest

from matching.model import Candidate, PersonFacts, Relation, Relative, Sex, YearRange
from matching.same_person import same_persons
from tests.people import a_candidate

NUMBER, OTHER_NUMBER, PHONE = "430524196403051231", "430524196403051249", "10012345678"
FATHER = (Relative(relation=Relation.FATHER, name="刘大山"),)


def one(**facts: object) -> Candidate:
    known = {"sex": Sex.MALE, "birth": YearRange(earliest=1964, latest=1964), **facts}
    return replace(a_candidate("one", "刘福胜", **known), missing_since=date(1998, 5, 1))


def other(name: object = "刘福胜", **facts: object) -> Candidate:
    known = {"sex": Sex.MALE, "birth": YearRange(earliest=1964, latest=1964), **facts}
    return replace(a_candidate("other", str(name), **known), missing_since=date(1999, 1, 1))


def linked(*people: Candidate) -> bool:
    return same_persons(people) != {}


@pytest.mark.parametrize(
    "known", [{"phone_digits": (PHONE,)}, {"relatives": FATHER}, {"id_digits": (NUMBER,)}]
)
def test_a_name_and_what_only_the_family_knows_link_two_records(known: dict[str, object]) -> None:
    found = same_persons([one(**known), other(**known)])
    assert found == {"one": frozenset({"other"}), "other": frozenset({"one"})}


def test_a_name_and_the_day_of_going_missing_link_two_records() -> None:
    assert linked(one(), replace(other(), missing_since=date(1998, 5, 1)))


def test_a_name_written_with_other_characters_is_the_same_name() -> None:
    assert linked(one(relatives=FATHER), other("刘付胜", relatives=FATHER))


def test_namesakes_of_one_place_and_year_are_two_people() -> None:
    assert not linked(one(), other())


def test_siblings_and_twins_are_two_people() -> None:
    family: dict[str, object] = {"relatives": FATHER, "phone_digits": (PHONE,)}
    assert not linked(one(**family), other("刘福贵", **family))


@pytest.mark.parametrize(
    "against",
    [
        {"sex": Sex.FEMALE},
        {"birth": YearRange(earliest=1967, latest=1968)},
        {"id_digits": (OTHER_NUMBER,)},
    ],
)
def test_what_contradicts_keeps_two_records_apart(against: dict[str, object]) -> None:
    mine = one(relatives=FATHER, id_digits=(NUMBER,))
    assert not linked(mine, other(**{"relatives": FATHER, **against}))


def test_an_id_number_links_records_under_two_names() -> None:
    assert linked(one(id_digits=(NUMBER,)), other("王强", id_digits=(NUMBER,)))


def test_fragments_surnames_and_pet_names_link_nobody() -> None:
    assert not linked(one(phone_digits=("1001",)), other(phone_digits=("1001",)))
    bare = PersonFacts(names=("刘",), relatives=FATHER)
    assert not linked(Candidate(record_id="a", facts=bare), Candidate(record_id="b", facts=bare))


def test_records_without_a_name_are_passed_over() -> None:
    assert same_persons([Candidate(record_id="a"), Candidate(record_id="b")]) == {}
