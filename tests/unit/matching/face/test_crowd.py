import pytest

from matching.face.crowd import Crowd


def test_who_is_nearer_is_counted_and_who_is_as_near_is_not() -> None:
    crowd = Crowd(gallery_size=1000, distances=(0.40, 0.45, 0.45, 0.61))
    assert [crowd.nearer_than(each) for each in (0.30, 0.40, 0.4505, 0.50)] == [0, 0, 1, 3]


def test_beyond_the_last_only_part_is_known() -> None:
    crowd = Crowd(gallery_size=1000, distances=(0.40, 0.45))
    assert crowd.nearer_than(0.5) is None
    assert crowd.nearer_than(0.45) == 1


@pytest.mark.parametrize(("distances", "count"), [((), 0), ((0.3, 0.4), 2)])
def test_of_a_whole_gallery_everybody_is_known(distances: tuple[float, ...], count: int) -> None:
    assert Crowd(gallery_size=len(distances), distances=distances).nearer_than(0.9) == count
