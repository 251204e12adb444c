from dataclasses import replace

from casework.cases.happenings.care import Admitted
from casework.cases.happenings.knowledge import InterviewHeld, PhotoTaken
from casework.search.probe import merge_facts, probe_of
from matching.model import Home, PersonFacts, Sex, YearRange
from tests.samples import NOW, an_admission


def test_a_case_without_entries_knows_nothing() -> None:
    probe = probe_of("c1", ())
    assert probe.facts == PersonFacts()
    assert probe.found_on is None


def test_a_guessed_age_becomes_a_wide_range() -> None:
    entry = replace(an_admission(), details=Admitted(apparent_age=60, found_place="车站"))
    probe = probe_of("c1", (entry,))
    assert probe.facts.birth == YearRange(earliest=1956, latest=1976)
    assert probe.found_place == "车站"
    assert str(probe.found_on) == "2026-03-05"


def test_a_stated_birth_year_is_worth_more_than_a_guess() -> None:
    known = PersonFacts(birth=YearRange(earliest=1964, latest=1964))
    entry = replace(an_admission(), details=Admitted(apparent_age=40, facts=known))
    assert probe_of("c1", (entry,)).facts.birth == known.birth


def test_what_is_said_is_added_to_what_is_written() -> None:
    written = PersonFacts(names=("阿福",), sex=Sex.MALE)
    entries = (
        replace(an_admission(), details=Admitted(facts=written)),
        replace(an_admission("e2"), details=PhotoTaken(photo_id="p1")),
        replace(an_admission("e3"), details=InterviewHeld(transcript="答：我叫刘福生。")),
    )
    facts = probe_of("c1", entries).facts
    assert facts.names == ("阿福", "刘福生")
    assert facts.sex is Sex.MALE


def test_merging_repeats_nothing_and_forgets_nothing() -> None:
    first = PersonFacts(names=("甲", "乙"), homes=(Home(text="隆回"),))
    second = PersonFacts(names=("乙", "丙"), height_cm=160)
    merged = merge_facts([first, second, first])
    assert merged.names == ("甲", "乙", "丙")
    assert (merged.homes, merged.height_cm) == ((Home(text="隆回"),), 160)


def test_the_day_found_is_the_day_at_the_station() -> None:
    entry = replace(an_admission(), happened_at=NOW.replace(hour=17))
    assert str(probe_of("c1", (entry,)).found_on) == "2026-03-06"
