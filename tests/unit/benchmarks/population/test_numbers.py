from random import Random

from stdnum.cn import ric

from benchmarks.population.filing import file_record
from benchmarks.population.numbers import id_number, phone_number
from benchmarks.population.parameters import usual
from benchmarks.population.persons import draw_person
from benchmarks.population.station import meet
from matching.registry.digits import ID_LENGTH, PHONE_LENGTH

SEED = 13
PEOPLE = [draw_person(usual(), SEED, number) for number in range(300)]


def test_no_id_number_is_a_valid_one_but_it_looks_like_the_persons() -> None:
    for person in PEOPLE[:100]:
        number = id_number(person, Random(person.number))
        assert len(number) == ID_LENGTH
        assert not ric.is_valid(number)
        assert number[6:10] == str(person.born)


def test_no_phone_number_begins_like_a_mobile_phone() -> None:
    number = phone_number(Random(1))
    assert len(number) == PHONE_LENGTH
    assert number.startswith("10")


def test_what_is_remembered_is_mostly_a_stretch_of_what_is_filed() -> None:
    both = [
        (said, file_record(each, usual(), SEED).candidate.facts.phone_digits)
        for each in (draw_person(usual(), SEED, number) for number in range(1_500))
        for said in meet(each, None, usual(), SEED).probe.facts.phone_digits
    ]
    held = [said in filed[0] for said, filed in both if filed]
    assert len(held) > 5
    assert sum(held) / len(held) > 0.5


def test_blood_groups_agree_where_both_sides_know_them() -> None:
    known = [
        (meet(each, None, usual(), SEED).probe.facts.blood_type, filed)
        for each in PEOPLE
        for filed in [file_record(each, usual(), SEED).candidate.facts.blood_type]
        if filed
    ]
    assert known
    assert all(seen in {None, filed} for seen, filed in known)
