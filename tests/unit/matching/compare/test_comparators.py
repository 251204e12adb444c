"""Each comparator by itself: for, against, silent, and what it says."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from matching.compare.birth import compare_birth, middles_apart, years_apart
from matching.compare.dates import compare_dates
from matching.compare.face import FaceMatch, compare_face
from matching.compare.height import compare_height
from matching.compare.home import compare_home
from matching.compare.marks import compare_marks
from matching.compare.name import compare_name
from matching.compare.relatives import compare_relatives
from matching.compare.sex import compare_sex
from matching.compare.table import COMPARATORS, compare
from matching.dialect.matrices import dialect_costs
from matching.evidence import Evidence, Signal, Stance
from matching.model import Candidate, Home, PersonFacts, Relation, Relative, Sex, YearRange
from tests.people import HEARD, TRUE, YINGDE, a_candidate, a_probe, a_setting, judged, strangers

NOTHING = PersonFacts()
TRUE_BIRTH = YearRange(earliest=1964, latest=1964)
UNKNOWN = Candidate(record_id="nothing")


def test_every_signal_but_the_face_is_judged_once_and_in_order() -> None:
    found = compare(a_probe(HEARD), a_setting())
    assert [Signal.FACE, *(each.signal for each in found)] == list(Signal)


def test_the_true_pair_is_supported_by_everything_that_is_known() -> None:
    found = compare(a_probe(HEARD), a_setting())
    stances = {each.signal: each.evidence(0).stance for each in found}
    assert stances[Signal.NAME] is stances[Signal.HOME] is stances[Signal.MARKS] is Stance.FOR
    assert Stance.AGAINST not in stances.values()


@pytest.mark.parametrize("comparator", COMPARATORS)
def test_a_comparator_is_silent_when_either_side_knows_nothing(comparator: object) -> None:
    assert callable(comparator)
    setting = a_setting(UNKNOWN, TRUE)
    nothing_heard = comparator(replace(a_probe(NOTHING), found_on=None), setting)
    assert nothing_heard.bits is None
    assert nothing_heard.evidence(1).is_silent
    nothing_written = comparator(a_probe(HEARD), setting)
    assert nothing_written.evidence(0).is_silent
    assert nothing_written.bits is None or nothing_written.bits[0] == 0


@pytest.mark.parametrize("comparator", COMPARATORS)
def test_an_empty_registry_makes_no_errors(comparator: object) -> None:
    assert callable(comparator)
    bits = comparator(
        a_probe(HEARD), replace(a_setting(), registry=a_setting(UNKNOWN).registry)
    ).bits
    assert bits is None or not np.any(bits)


def named(*names: str) -> PersonFacts:
    return PersonFacts(names=names)


def test_a_rare_name_says_more_than_a_common_one() -> None:
    rare = judged(compare_name, named("刘福胜"))
    common = judged(compare_name, named("王伟伟"), a_candidate("w", "王伟伟"))
    assert rare.bits > common.bits > 0
    assert "同字" in rare.detail


def test_a_name_is_rare_only_where_nothing_sounds_like_it() -> None:
    alone = judged(compare_name, named("刘福胜"))
    crowd = [a_candidate(f"n{n}", "刘福生") for n in range(50)]
    among = compare_name(a_probe(named("刘福胜")), a_setting(TRUE, *crowd, *strangers())).evidence(
        0
    )
    assert alone.bits > among.bits + 2


def test_the_best_of_several_names_counts() -> None:
    both = judged(compare_name, named("张三", "刘福生"))
    assert (both.probe_value, both.candidate_value) == ("刘福生", "刘福胜")


def test_another_name_speaks_against() -> None:
    assert judged(compare_name, named("赵四海")).stance is Stance.AGAINST


def test_likeness_of_names_falls_from_writing_to_sound_to_surname() -> None:
    bits = [judged(compare_name, named(n)).bits for n in ("刘福胜", "刘富胜", "牛福森", "赵四海")]
    assert bits == sorted(bits, reverse=True)


def test_names_say_whose_merger_it_is_when_it_is_known_how_somebody_speaks() -> None:
    facts = PersonFacts(
        names=("刘胡胜",),
        relatives=(Relative(relation=Relation.YOUNGER_BROTHER, name="刘胡贵"),),
    )
    registry = a_setting(TRUE, *strangers())
    for group, said in (("xiang", "h/f 混（湘语）"), ("beijing", "h/f 混")):
        setting = replace(registry, sound=dialect_costs(group))
        for comparator in (compare_name, compare_relatives):
            detail = comparator(a_probe(facts), setting).evidence(0).detail
            assert detail is not None
            assert detail.endswith(said)


def relatives(*pairs: tuple[Relation, str | None]) -> PersonFacts:
    return PersonFacts(relatives=tuple(Relative(relation=r, name=n) for r, n in pairs))


def test_other_readings_of_one_relative_count_once_and_never_more() -> None:
    def bits(*readings: str) -> float:
        said = Relative(
            relation=Relation.YOUNGER_BROTHER, name=readings[0], other_readings=readings[1:]
        )
        return judged(compare_relatives, PersonFacts(relatives=(said,))).bits

    assert bits("刘福桂", "刘福贵") > bits("刘建国") + 1
    assert bits("刘建国", "刘福贵") <= bits("刘福贵")
    assert bits("刘福贵", "福贵", "黄福贵") <= bits("刘福贵")


def test_relatives_are_compared_within_their_relation() -> None:
    def bits(relation: Relation) -> Evidence:
        return judged(compare_relatives, relatives((relation, "刘福贵")))

    assert bits(Relation.YOUNGER_BROTHER).bits > 0
    assert bits(Relation.FATHER).is_silent
    assert bits(Relation.ELDER_BROTHER).bits > 0
    assert bits(Relation.SIBLING).bits > 0


def test_another_brother_is_hardly_against() -> None:
    other = judged(compare_relatives, relatives((Relation.YOUNGER_BROTHER, "刘建国")))
    assert 0 > other.bits > -1.5


def test_the_surname_of_a_father_is_not_counted_again() -> None:
    only_surname = judged(compare_relatives, relatives((Relation.YOUNGER_BROTHER, "刘")))
    assert only_surname.is_silent


def test_two_brothers_say_more_than_one_and_less_than_twice_as_much() -> None:
    two = replace(
        TRUE,
        facts=replace(
            TRUE.facts,
            relatives=(
                Relative(relation=Relation.YOUNGER_BROTHER, name="刘福贵"),
                Relative(relation=Relation.WIFE, name="邹桂兰"),
            ),
        ),
    )
    first = (Relation.YOUNGER_BROTHER, "刘福贵")
    one = judged(compare_relatives, relatives(first), two).bits
    both = judged(compare_relatives, relatives(first, (Relation.WIFE, "邹桂兰")), two).bits
    assert one < both <= 22


def home(text: str, candidate: Candidate = TRUE) -> Evidence:
    return judged(compare_home, PersonFacts(homes=(Home(text=text),)), candidate)


def test_a_deeper_place_says_more_and_the_rule_is_named() -> None:
    province, county, town = home("湖南"), home("湖南隆回"), home("湖南隆回荷田")
    assert town.bits >= county.bits > province.bits > 0
    assert "（同音）听作隆回县，与登记的家乡相符" in home("湖南邵阳龙回").detail


def test_a_place_heard_without_its_parents_says_less() -> None:
    assert home("龙回").bits < home("湖南邵阳龙回").bits


def test_another_province_or_county_speaks_against() -> None:
    assert home("四川南充").stance is Stance.AGAINST
    assert home("广东英德").stance is Stance.AGAINST
    assert "不在同一省" in home("广东英德").detail


def test_a_neighbouring_county_is_better_than_another_province() -> None:
    assert home("湖南邵阳洞口").bits > home("四川南充南部").bits


def test_a_home_that_was_never_resolved_is_read_as_an_address() -> None:
    written = Candidate(record_id="w", facts=PersonFacts(homes=(Home(text="广东省英德市大站镇"),)))
    assert home("广东英德大站", written).bits > 2


def test_a_place_is_worth_less_where_many_records_come_from_it() -> None:
    crowd = [a_candidate(f"y{n}", "张三", path=YINGDE) for n in range(300)]
    facts = PersonFacts(homes=(Home(text="广东英德大站"),))
    rare = home("湖南隆回荷田").bits
    common = compare_home(a_probe(facts), a_setting(crowd[0], *crowd[1:], TRUE)).evidence(0).bits
    assert rare > common + 3


def test_sex_agrees_by_accident_half_the_time() -> None:
    assert 0 < judged(compare_sex, HEARD).bits < 1
    assert judged(compare_sex, replace(HEARD, sex=Sex.FEMALE)).bits < -4


def test_years_of_birth_speak_less_the_farther_they_are_apart() -> None:
    bits = [
        judged(
            compare_birth, PersonFacts(birth=YearRange(earliest=1964 + gap, latest=1964 + gap))
        ).bits
        for gap in (0, 1, 2, 4, 8, 15, 30)
    ]
    assert bits == sorted(bits, reverse=True)
    assert bits[0] > 0 > bits[-1]


def test_a_guess_by_eye_supports_less_than_a_stated_year() -> None:
    guess = judged(compare_birth, PersonFacts(birth=YearRange(earliest=1955, latest=1975)))
    stated = judged(compare_birth, PersonFacts(birth=YearRange(earliest=1964, latest=1964)))
    assert 0 < guess.bits < stated.bits
    off = judged(compare_birth, PersonFacts(birth=YearRange(earliest=1966, latest=1986)))
    assert off.bits < guess.bits
    assert middles_apart(YearRange(earliest=1955, latest=1975), TRUE_BIRTH) == 1
    assert (
        years_apart(YearRange(earliest=1950, latest=1960), YearRange(earliest=1964, latest=1964))
        == 4
    )


def test_heights_agree_within_a_few_centimetres() -> None:
    assert judged(compare_height, PersonFacts(height_cm=167)).bits > 0
    assert judged(compare_height, PersonFacts(height_cm=185)).bits < 0


def test_a_childs_height_says_nothing_years_later() -> None:
    child = replace(TRUE.facts, birth=YearRange(earliest=1990, latest=1990), height_cm=110)
    long_ago = replace(TRUE, facts=child)
    last_month = replace(
        long_ago,
        facts=replace(child, birth=YearRange(earliest=2016, latest=2016)),
        missing_since=date(2026, 2, 1),
    )
    assert judged(compare_height, PersonFacts(height_cm=170), long_ago).is_silent
    assert judged(compare_height, PersonFacts(height_cm=111), last_month).bits > 0


def test_marks_agree_in_place_and_kind_only() -> None:
    assert judged(compare_marks, PersonFacts(marks=("左臂一道伤疤",))).bits > 0
    assert judged(compare_marks, PersonFacts(marks=("右腿有痣",))).is_silent


def test_a_mark_that_everybody_has_says_nothing() -> None:
    scarred = [a_candidate(f"m{n}", "张三", marks=("左手有疤",)) for n in range(900)]
    facts = PersonFacts(marks=("左手有刀疤痕",))
    common = compare_marks(a_probe(facts), a_setting(TRUE, *scarred)).evidence(0)
    assert common.bits == 0
    assert not common.is_silent


def test_nobody_goes_missing_after_being_found() -> None:
    later = replace(TRUE, missing_since=date(2026, 3, 5))
    assert judged(compare_dates, HEARD).bits > 0
    assert judged(compare_dates, HEARD, later).bits < -4


def test_a_face_never_says_more_than_its_cap() -> None:
    sure = FaceMatch(distance=0.2, bits=30.0, detail="很近")
    assert compare_face(sure, 11.0).bits == 11.0
    assert compare_face(None, 11.0).is_silent
