from dataclasses import replace

import pytest

from benchmarks.population import measures
from benchmarks.population.contest import Answer, Found
from benchmarks.population.parameters import usual
from benchmarks.population.persons import draw_person
from benchmarks.population.station import Resident, meet

SOMEBODY = meet(draw_person(usual(), 1, 1), None, usual(), 1)


def resident(true: str | None) -> Resident:
    return replace(SOMEBODY, true_record=true)


def answer(
    true: str | None, *ids: str, sure: float = 0.5, score: float = 0.0, strong: str = ""
) -> Answer:
    found = [
        Found(record_id=each, score=score, probability=sure, is_strong=each in strong)
        for each in ids
    ]
    return Answer(resident=resident(true), found=tuple(found), is_scored=true in ids)


def test_recall_counts_those_with_a_record_only() -> None:
    answers = [answer("a", "a"), answer("b", "x", "b"), answer("c", "x"), answer(None, "x")]
    assert measures.recall(answers, 1) == pytest.approx(1 / 3)
    assert measures.recall(answers, 10) == pytest.approx(2 / 3)
    assert measures.candidate_recall(answers) == pytest.approx(2 / 3)


def test_a_strong_lead_counts_for_the_right_record_and_errors_without_one() -> None:
    answers = [
        answer("a", "a", strong="a"),
        answer("b", "x", "b", strong="x"),
        answer(None, "x", strong="x"),
        answer(None, "y"),
    ]
    assert measures.strong_share(answers) == pytest.approx(0.5)
    assert measures.false_strong(answers) == pytest.approx(500)


def test_the_best_line_lets_through_no_more_errors_than_allowed() -> None:
    answers = [
        answer("a", "a", score=9.0),
        answer("b", "b", score=4.0),
        *(answer(None, "x", score=float(score)) for score in range(10)),
    ]
    assert measures.share_above_errors(answers, 0) == 0
    assert measures.share_above_errors(answers, 100) == pytest.approx(0.5)
    assert measures.share_above_errors(answers, 1000) == 1


def test_leads_that_come_true_as_often_as_said_are_calibrated() -> None:
    ten = [answer("a", "a", sure=0.8)] * 8 + [answer("a", "x", sure=0.8)] * 2
    bins = measures.reliability(ten * 10)
    assert [each.leads for each in bins] == [10] * 10
    assert measures.calibration_error(bins) == pytest.approx(0)


def test_overconfident_leads_are_not() -> None:
    answers = [answer("a", "x", sure=0.9) for _ in range(30)]
    assert measures.calibration_error(measures.reliability(answers)) == pytest.approx(0.9)


def test_every_resident_is_in_one_region_and_one_age_group() -> None:
    answers = [answer("a", "a")]
    members = {name: len(theirs) for name, theirs in measures.by_group(answers)}
    assert sum(members[region] for region in measures.REGIONS) == 1
    assert members["未成年人"] + members["成年人"] + members["老年人"] == 1
