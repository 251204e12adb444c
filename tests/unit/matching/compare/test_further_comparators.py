"""The signals that files have more rarely: for, against, silent."""

from dataclasses import replace

import pytest

from matching.compare.apparent_age import compare_apparent_age
from matching.compare.blood import compare_blood
from matching.compare.dialect import compare_dialect
from matching.compare.found_place import compare_found_place
from matching.compare.id_number import compare_id_number
from matching.compare.landmarks import compare_landmarks
from matching.compare.languages import compare_languages
from matching.compare.phone import compare_phone
from matching.compare.work import compare_work
from matching.evidence import Evidence
from matching.model import BloodType, Candidate, PersonFacts, Probe, YearRange
from tests.people import TRUE, a_probe, judged

ID = "43052419640305123X"
FULL = replace(
    TRUE,
    facts=replace(
        TRUE.facts,
        blood_type=BloodType.AB,
        id_digits=(ID,),
        phone_digits=("13800001234",),
        languages=("客家话",),
        work=("泥水匠",),
        landmarks=("县糖厂",),
    ),
    missing_place="广东省清远市",
)


def probe(**facts: object) -> Probe:
    return a_probe(PersonFacts(**facts))  # type: ignore[arg-type]


def test_a_guessed_age_beside_a_stated_one_is_a_check_of_its_own() -> None:
    fits = judged(compare_apparent_age, probe(apparent_birth=YearRange(earliest=1955, latest=1975)))
    misses = judged(
        compare_apparent_age, probe(apparent_birth=YearRange(earliest=1995, latest=2010))
    )
    assert fits.bits > 0 > misses.bits


def test_a_rare_blood_group_that_agrees_supports_and_another_contradicts() -> None:
    assert judged(compare_blood, probe(blood_type=BloodType.AB), FULL).bits > 1
    assert judged(compare_blood, probe(blood_type=BloodType.O), FULL).bits < -3


def found_at(place: str) -> Evidence:
    return judged(compare_found_place, replace(probe(), found_place=place), FULL)


def test_most_people_are_found_near_where_they_went_missing() -> None:
    same_city, same_province, elsewhere = map(
        found_at, ("广东省清远市英德市", "广东省广州市", "四川省南充市")
    )
    assert same_city.bits > same_province.bits > elsewhere.bits
    assert same_city.bits > 0
    assert "相合" in same_city.detail
    assert found_at("火车站").is_silent


def speaking(group: str) -> Evidence:
    return judged(compare_dialect, replace(probe(), dialect=((group, 1.0),)))


def test_speech_that_is_spoken_at_the_household_place_supports() -> None:
    assert speaking("xiang").bits > 1
    assert speaking("yue").bits < speaking("xiang").bits
    assert "多讲这种话" in speaking("xiang").detail


def test_a_mixed_speaker_says_little_of_home() -> None:
    mixed = judged(compare_dialect, replace(probe(), dialect=(("xiang", 0.05), ("mixed", 0.95))))
    assert abs(mixed.bits) < 0.7 < speaking("xiang").bits


@pytest.mark.parametrize(
    ("digits", "supports"), [("19640305", True), ("123X", True), ("99887", False)]
)
def test_remembered_digits_are_looked_for_anywhere_in_the_number(
    digits: str, *, supports: bool
) -> None:
    evidence = judged(compare_id_number, probe(id_digits=(digits,)), FULL)
    assert (evidence.bits > 5) is supports
    assert ID not in str(evidence)


def test_more_digits_say_more_and_too_few_nothing() -> None:
    bits = [
        judged(compare_phone, probe(phone_digits=(digits,)), FULL).bits
        for digits in ("138", "1380", "138000", "13800001234")
    ]
    assert bits == sorted(bits)
    assert bits[0] == 0 < bits[1]


@pytest.mark.parametrize(
    ("compare", "fact", "word"),
    [
        (compare_languages, "languages", "客家话"),
        (compare_work, "work", "泥水匠"),
        (compare_landmarks, "landmarks", "糖厂"),
    ],
)
def test_a_word_that_both_sides_name_supports_and_another_is_silent(
    compare: object, fact: str, word: str
) -> None:
    assert callable(compare)
    assert judged(compare, probe(**{fact: (word,)}), FULL).bits > 2
    assert judged(compare, probe(**{fact: ("裁缝铺",)}), FULL).is_silent
    assert judged(compare, probe(**{fact: (word,)}), Candidate(record_id="n")).is_silent
