from datetime import date

import numpy as np
import pytest

from benchmarks.population.faces import FaceModel, Vectors
from benchmarks.population.filing import PhotoTaken, file_record
from benchmarks.population.parameters import usual
from benchmarks.population.persons import draw_person
from benchmarks.population.world import World
from matching.model import Sex


def world(seed: int = 5) -> World:
    return World(usual(), seed, size=2_000, count=300)


def test_three_in_ten_residents_have_a_record_that_is_theirs() -> None:
    simulated = world()
    known = [each for each in simulated.residents if each.true_record]
    assert len(known) == 90
    records = {each.candidate.record_id: each for each in simulated.registry()}
    assert len(records) == 2_000
    assert all(records[each.true_record or ""].person == each.person for each in known)


def test_a_world_is_the_same_at_every_call_and_another_for_another_seed() -> None:
    assert world().residents == world().residents
    assert world().residents != world(6).residents


def test_lookalikes_are_records_of_other_people() -> None:
    simulated = World(usual(), 5, size=20_000, count=900)
    true = {each.true_record for each in simulated.residents}
    filed = [
        file_record(each.person, usual(), 5).candidate.record_id for each in simulated.lookalikes
    ]
    assert {"sibling", "namesake"} <= {each.kind for each in simulated.lookalikes}
    assert not true & set(filed)


def test_strangers_and_second_photos_are_as_far_apart_as_documented() -> None:
    faces, model = usual().faces, FaceModel(usual().faces, 3)
    photo = PhotoTaken(age=40, on=_day(), is_poor=False)
    one = [model.identity(number) for number in range(1_500)]
    two = [model.another_photo(x, photo, photo, number) for number, x in enumerate(one)]
    first = np.array([model.vector(x, Sex.MALE, photo) for x in one])
    second = np.array([model.vector(x, Sex.MALE, photo) for x in two])
    assert _apart(first, second).mean() == pytest.approx(faces.same, abs=0.02)
    near, far = first[:700], first[700:]
    squares = (near**2).sum(1)[:, None] + (far**2).sum(1) - 2 * near @ far.T
    strangers = np.sqrt(squares)
    assert strangers.mean() == pytest.approx(faces.strangers, abs=0.02)
    assert 0.0002 < (strangers < 0.6).mean() < 0.001
    assert np.linalg.norm(first, axis=1).mean() == pytest.approx(1.49, abs=0.05)


def test_years_poor_photos_and_childhood_take_away_what_photos_have_in_common() -> None:
    model = FaceModel(usual().faces, 3)

    def common(age: float, years: int, *, poor: bool = False) -> float:
        first = PhotoTaken(age=age, on=_day(), is_poor=poor)
        return model.correlation(first, PhotoTaken(age=age + years, on=_day(years), is_poor=False))

    assert common(40, 0) > common(40, 10) > common(40, 30)
    assert common(40, 0) > common(40, 0, poor=True)
    assert common(40, 10) > common(6, 10)


def test_the_face_of_a_resident_is_near_the_record_and_silent_without_a_photo() -> None:
    simulated = world()
    pairs = []
    for each in simulated.residents:
        face = simulated.resident_face(each)
        assert (face is None) == (each.photo is None)
        record = file_record(each.person, usual(), 5)
        known = simulated.record_face(record)
        if each.true_record and face is not None and known is not None:
            pairs.append(float(np.linalg.norm(face - known)))
    assert np.median(pairs) < 0.6


def test_a_person_without_a_photo_has_no_vector() -> None:
    simulated = world()
    people = [draw_person(usual(), 5, number) for number in range(100)]
    records = [file_record(each, usual(), 5) for each in people]
    assert {simulated.record_face(each) is None for each in records} == {True, False}
    assert all((simulated.record_face(each) is None) == (each.photo is None) for each in records)


def _apart(first: Vectors, second: Vectors) -> Vectors:
    gaps: Vectors = np.linalg.norm(first - second, axis=1)
    return gaps


def _day(later: int = 0) -> date:
    return date(1980 + later, 5, 1)
