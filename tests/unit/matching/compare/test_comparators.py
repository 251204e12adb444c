"""Each comparator by itself: for, against, silent, and what it says."""

from dataclasses import replace
from datetime import date

import pytest

from matching.compare.birth import compare_birth, years_apart
from matching.compare.dates import compare_dates
from matching.compare.face import FaceMatch, compare_face
from matching.compare.height import compare_height
from matching.compare.home import compare_home
from matching.compare.marks import compare_marks
from matching.compare.name import compare_name
from matching.compare.relatives import compare_relatives
from matching.compare.sex import compare_sex
from matching.compare.table import FACT_COMPARATORS, compare
from matching.evidence import Evidence, Signal, Stance
from matching.model import Home, PersonFacts, Relation, Relative, Sex, YearRange
from tests.people import HEARD, TRUE, a_person, a_probe, a_registry, a_setting

SETTING = a_setting()
NOTHING = PersonFacts()


def test_every_signal_is_judged_once_and_in_order() -> None:
    evidence = compare(a_probe(HEARD), TRUE, None, SETTING)
    assert [each.signal for each in evidence] == list(Signal)


def test_the_true_pair_is_supported_by_everything_that_is_known() -> None:
    evidence = compare(a_probe(HEARD), TRUE, None, SETTING)
    stances = {each.signal: each.stance for each in evidence}
    assert stances.pop(Signal.FACE) is Stance.SILENT
    assert set(stances.values()) == {Stance.FOR}


@pytest.mark.parametrize("comparator", FACT_COMPARATORS)
def test_a_comparator_is_silent_when_either_side_knows_nothing(comparator: object) -> None:
    assert callable(comparator)
    assert comparator(
        NOTHING, TRUE.facts, replace(SETTING, heard=a_setting(NOTHING).heard)
    ).is_silent
    assert comparator(HEARD, NOTHING, SETTING).is_silent


def test_a_rare_name_says_more_than_a_common_one() -> None:
    rare = compare_name(PersonFacts(names=("刘福胜",)), TRUE.facts, SETTING)
    common = compare_name(PersonFacts(names=("王伟伟",)), a_person("王伟伟"), SETTING)
    assert rare.bits > common.bits > 0
    assert "同字" in rare.detail


def test_the_best_of_several_names_counts() -> None:
    both = compare_name(PersonFacts(names=("张三", "刘福生")), TRUE.facts, SETTING)
    assert (both.probe_value, both.candidate_value) == ("刘福生", "刘福胜")


def test_another_name_speaks_against() -> None:
    other = compare_name(PersonFacts(names=("赵四海",)), TRUE.facts, SETTING)
    assert other.stance is Stance.AGAINST


def test_likeness_of_names_falls_from_writing_to_sound_to_surname() -> None:
    heard = ("刘福胜", "刘富胜", "牛福森", "刘强")
    bits = [compare_name(PersonFacts(names=(n,)), TRUE.facts, SETTING).bits for n in heard]
    assert bits == sorted(bits, reverse=True)


def relatives(*pairs: tuple[Relation, str | None]) -> PersonFacts:
    return PersonFacts(relatives=tuple(Relative(relation=r, name=n) for r, n in pairs))


def test_relatives_are_compared_within_their_relation() -> None:
    same = relatives((Relation.YOUNGER_BROTHER, "刘福贵"))
    unlike = relatives((Relation.FATHER, "刘福贵"))
    mixed_up = relatives((Relation.ELDER_BROTHER, "刘福贵"))
    general = relatives((Relation.SIBLING, "刘福贵"))
    assert compare_relatives(same, TRUE.facts, SETTING).bits > 0
    assert compare_relatives(unlike, TRUE.facts, SETTING).is_silent
    assert compare_relatives(mixed_up, TRUE.facts, SETTING).bits > 0
    assert compare_relatives(general, TRUE.facts, SETTING).bits > 0


def test_another_brother_is_hardly_against() -> None:
    other = compare_relatives(relatives((Relation.YOUNGER_BROTHER, "刘建国")), TRUE.facts, SETTING)
    stranger = compare_relatives(
        relatives((Relation.YOUNGER_BROTHER, "赵建国")), TRUE.facts, SETTING
    )
    assert other.bits > 0 > stranger.bits > -1


def home(text: str) -> Evidence:
    facts = PersonFacts(homes=(Home(text=text),))
    return compare_home(facts, TRUE.facts, a_setting(facts))


def test_a_deeper_place_says_more_and_the_rule_is_named() -> None:
    province, county, town = home("湖南"), home("湖南隆回"), home("湖南隆回荷田")
    assert town.bits >= county.bits > province.bits > 0
    assert "“龙回”与“隆回县”同音" in home("湖南邵阳龙回").detail


def test_a_place_without_its_parents_says_less() -> None:
    assert home("隆回").bits < home("湖南隆回").bits


def test_another_province_or_county_speaks_against() -> None:
    assert home("四川南充").stance is Stance.AGAINST
    assert home("广东英德").stance is Stance.AGAINST


def test_a_place_that_nobody_in_the_registry_has_is_silent() -> None:
    assert home("黑龙江漠河").is_silent


def test_sex_agrees_by_accident_half_the_time() -> None:
    same = compare_sex(HEARD, TRUE.facts, SETTING)
    other = compare_sex(replace(HEARD, sex=Sex.FEMALE), TRUE.facts, SETTING)
    assert 0 < same.bits < 1
    assert other.bits < -4


def test_years_of_birth_speak_less_the_farther_they_are_apart() -> None:
    def at(year: int) -> float:
        facts = PersonFacts(birth=YearRange(earliest=year, latest=year))
        return compare_birth(facts, TRUE.facts, SETTING).bits

    bits = [at(1964 + gap) for gap in (0, 1, 2, 4, 8, 15, 30)]
    assert bits == sorted(bits, reverse=True)
    assert bits[0] > 0 > bits[-1]


def test_a_wide_guess_hardly_supports() -> None:
    guess = PersonFacts(birth=YearRange(earliest=1955, latest=1975))
    assert compare_birth(guess, TRUE.facts, SETTING).bits <= 1
    assert (
        years_apart(YearRange(earliest=1950, latest=1960), YearRange(earliest=1964, latest=1964))
        == 4
    )


def test_heights_agree_within_a_few_centimetres() -> None:
    near = compare_height(PersonFacts(height_cm=167), TRUE.facts, SETTING)
    far = compare_height(PersonFacts(height_cm=185), TRUE.facts, SETTING)
    assert near.bits > 0 > far.bits


def test_marks_agree_in_place_and_kind_only() -> None:
    same = compare_marks(PersonFacts(marks=("左臂一道伤疤",)), TRUE.facts, SETTING)
    elsewhere = compare_marks(PersonFacts(marks=("右腿有痣",)), TRUE.facts, SETTING)
    assert same.bits > 0
    assert elsewhere.is_silent


def test_nobody_goes_missing_after_being_found() -> None:
    before = compare_dates(a_probe(HEARD), TRUE, SETTING)
    after = compare_dates(a_probe(HEARD), replace(TRUE, missing_since=date(2026, 3, 5)), SETTING)
    assert before.bits > 0
    assert after.bits < -5


def test_a_face_never_says_more_than_its_cap() -> None:
    sure = FaceMatch(distance=0.2, bits=30.0, detail="很近")
    assert compare_face(sure, 11.0).bits == 11.0
    assert compare_face(None, 11.0).is_silent


def test_an_unknown_registry_makes_no_errors() -> None:
    empty = a_registry().updated(())
    assert compare(a_probe(NOTHING), TRUE, None, a_setting(NOTHING, empty))[0].is_silent
