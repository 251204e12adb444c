from collections.abc import Callable, Sequence

import pytest

from benchmarks.population.contest import Contender, Question, Record, Without, questions, without
from benchmarks.population.filing import file_again, file_record
from benchmarks.population.parameters import usual
from benchmarks.population.peers.face_distance import FaceDistance
from benchmarks.population.peers.weighted_sum import WeightedSum
from benchmarks.population.product import Product
from benchmarks.population.world import World
from matching.same_person import same_persons

WORLD = World(usual(), 5, size=400, count=30)


def records() -> list[Record]:
    return [(record, WORLD.record_face(record)) for record in WORLD.registry()]


def with_record(asked: Sequence[Question]) -> list[Question]:
    return [each for each in asked if each.resident.true_record]


@pytest.mark.slow
@pytest.mark.parametrize(
    "contender",
    [lambda: Product(WORLD), lambda: WeightedSum(records()), lambda: FaceDistance(records())],
)
def test_each_way_of_matching_finds_some_of_a_small_registry(
    contender: Callable[[], Contender],
) -> None:
    ready = contender()
    asked = with_record(list(questions(WORLD)))
    answers = [ready.answer(each) for each in asked]
    assert sum(each.place == 1 for each in answers) >= len(asked) / 3
    for each in answers:
        scores = [found.score for found in each.found]
        ids = [found.record_id for found in each.found]
        assert len(set(ids)) == len(ids) <= 50
        assert scores == sorted(scores, reverse=True)


def test_within_the_tolerance_is_a_match_and_the_nearest_comes_first() -> None:
    asked = [each for each in questions(WORLD) if each.face is not None]
    dlib = FaceDistance(records())
    for found in (dlib.answer(each).found for each in asked):
        assert all(-each.score <= 0.6 and each.is_strong for each in found)


def test_what_is_left_out_is_gone_and_the_rest_stays() -> None:
    asked = [each for each in questions(WORLD) if each.face is not None]
    named = next(each for each in asked if each.resident.probe.facts.names)
    left = {what: next(iter(without(what, [named]))) for what in Without}
    assert left[Without.NOTHING] == named
    assert left[Without.FACE].face is None
    assert left[Without.FACE].resident == named.resident
    text = left[Without.TEXT].resident.probe.facts
    assert (text.names, text.homes, text.relatives) == ((), (), ())
    assert text.sex == named.resident.probe.facts.sex
    assert left[Without.FACTS].resident.probe.facts.sex is None
    assert left[Without.FACTS].face is named.face
    assert left[Without.DIALECT].resident.dialect is None
    said = left[Without.REST].resident.probe
    assert left[Without.REST].face is None
    assert said.facts.names == named.resident.probe.facts.names
    assert (said.facts.sex, said.facts.birth, said.found_on, said.found_place) == (None,) * 4


def test_what_another_relative_files_is_known_as_the_same_person() -> None:
    first = [each for each in WORLD.registry() if each.candidate.missing_since][:40]
    pairs = [(each.candidate, file_again(each, usual(), 5)) for each in first]
    linked = [len(same_persons(pair)) == 2 for pair in pairs]
    assert sum(linked) / len(linked) > 0.8
    assert not same_persons([pairs[0][0], pairs[1][1]])


def test_a_question_has_the_face_of_the_intake_photo() -> None:
    for each in questions(WORLD):
        assert (each.face is None) == (each.resident.photo is None)
        if each.resident.true_record:
            filed = file_record(each.resident.person, usual(), 5)
            assert filed.candidate.record_id == each.resident.true_record
