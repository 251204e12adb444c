from benchmarks.population.filing import file_record
from benchmarks.population.parameters import usual
from benchmarks.population.persons import draw_person
from benchmarks.population.station import Resident, meet
from matching.text.testimony.clues import ClueKind
from matching.text.testimony.facts import facts_from_clues

SEED = 11


def residents(count: int = 300) -> list[Resident]:
    people = [draw_person(usual(), SEED, number) for number in range(count)]
    return [meet(person, None, usual(), SEED) for person in people]


def test_clues_lie_one_after_the_other_and_make_the_facts() -> None:
    for resident in residents():
        ends = [0, *(clue.end for clue in resident.clues)]
        assert [clue.start for clue in resident.clues] == ends[:-1]
        said = facts_from_clues(resident.clues)
        assert resident.probe.facts.names == said.names
        assert resident.probe.facts.homes == said.homes
        assert resident.probe.facts.relatives == said.relatives


def test_who_says_nothing_gives_no_clue() -> None:
    silent = [each for each in residents() if each.telling == "nothing"]
    assert silent
    assert not any(each.clues for each in silent)


def test_small_children_tell_little() -> None:
    small = [each for each in residents(900) if each.person.age_when_found < 7]
    assert small
    assert {each.telling for each in small} <= {"partly", "little", "nothing"}


def test_the_names_told_are_mostly_not_written_as_on_the_record() -> None:
    told = [each for each in residents(600) if len(each.probe.facts.names) == 1]
    own = [each for each in told if len(each.probe.facts.names[0]) > 1]
    right = [each for each in own if each.probe.facts.names[0] == each.person.name]
    assert 0.1 < len(right) / len(own) < 0.6


def test_some_homes_are_told_and_none_by_a_path() -> None:
    homes = [home for each in residents() for home in each.probe.facts.homes]
    assert homes
    assert not any(home.path for home in homes)


def test_a_stated_age_is_a_clue_with_years() -> None:
    clues = [clue for each in residents() for clue in each.clues]
    ages = [clue for clue in clues if clue.kind is ClueKind.AGE_OR_BIRTH]
    assert ages
    assert all(clue.years and clue.years.earliest > 1900 for clue in ages)


def test_marks_of_both_sides_are_of_one_person_but_in_other_words() -> None:
    both = [
        (set(file_record(each.person, usual(), SEED).candidate.facts.marks), each)
        for each in residents(600)
        if each.probe.facts.marks
    ]
    assert any(set(each.probe.facts.marks) & written for written, each in both)
    assert any(set(each.probe.facts.marks) - written for written, each in both if written)
