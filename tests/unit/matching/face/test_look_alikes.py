import numpy as np

from matching.face.look_alikes import NearPerson, look_alikes


def person(distance: float, *photos: tuple[float, float]) -> NearPerson:
    return NearPerson(distance=distance, vectors=np.array(photos, dtype=np.float32))


def test_twins_are_nearer_to_each_other_than_to_the_resident() -> None:
    people = {
        "a": person(0.5, (0.5, 0.0)),
        "b": person(0.5, (0.5, 0.1)),
        "c": person(0.5, (0, 0.5)),
    }
    assert look_alikes(people) == {"a", "b"}


def test_one_who_is_very_near_to_the_resident_is_not_mixed_up_with_others() -> None:
    people = {"a": person(0.05, (0.05, 0.0)), "b": person(0.5, (0.5, 0.0))}
    assert look_alikes(people) == frozenset()


def test_the_nearest_pair_of_photos_counts() -> None:
    people = {"a": person(0.5, (0.5, 0.0), (3.0, 3.0)), "b": person(0.6, (9.0, 9.0), (3.0, 3.1))}
    assert look_alikes(people) == {"a", "b"}


def test_one_person_alone_has_nobody_to_be_mixed_up_with() -> None:
    assert look_alikes({"a": person(0.3, (0.3, 0.0))}) == frozenset()
    assert look_alikes({}) == frozenset()
