"""People, records and residents of any seed are possible ones."""

from hypothesis import given
from hypothesis import strategies as st

from benchmarks.population.filing import file_record
from benchmarks.population.parameters import Parameters, shifted, usual
from benchmarks.population.persons import draw_person
from benchmarks.population.station import meet

WORLDS = st.sampled_from([usual(), shifted()])
SEEDS = st.integers(0, 2**32)
NUMBERS = st.integers(0, 2_000_000_000)


@given(WORLDS, SEEDS, NUMBERS)
def test_nobody_goes_missing_before_birth_or_after_being_found(
    world: Parameters, seed: int, number: int
) -> None:
    person = draw_person(world, seed, number)
    assert person.born < person.missing_on.year
    assert person.missing_on < person.found_on
    assert person.age_when_found <= world.people.oldest + 1
    assert 120 < person.height < 210


@given(WORLDS, SEEDS, NUMBERS)
def test_a_record_tells_of_its_person_and_of_nobody_later(
    world: Parameters, seed: int, number: int
) -> None:
    person = draw_person(world, seed, number)
    filed = file_record(person, world, seed)
    assert filed == file_record(person, world, seed)
    facts = filed.candidate.facts
    assert facts.names[0].startswith(person.surname)
    assert set(facts.relatives) <= set(person.relatives)
    if facts.birth:
        assert abs(facts.birth.earliest - person.born) <= 3
    if filed.photo:
        assert filed.photo.on <= person.missing_on
        assert filed.photo.age >= 0


@given(WORLDS, SEEDS, NUMBERS)
def test_what_a_station_knows_never_holds_more_than_was_told(
    world: Parameters, seed: int, number: int
) -> None:
    person = draw_person(world, seed, number)
    resident = meet(person, None, world, seed)
    assert resident == meet(person, None, world, seed)
    assert len(resident.probe.facts.relatives) <= len(person.relatives)
    assert resident.probe.found_on == person.found_on
    assert all(clue.end - clue.start == len(clue.text) for clue in resident.clues)
