import numpy as np
import pytest

from matching.errors import BadEmbeddingError
from matching.face.embedding import checked, checked_rows, distance, pack, unpack


def test_a_vector_comes_back_as_it_was_packed() -> None:
    vector = np.random.default_rng(7).normal(size=128).astype(np.float32)
    assert np.array_equal(unpack(pack(vector)), vector)


def test_the_stored_form_is_little_endian_single_precision() -> None:
    assert pack((1.0, -2.0)) == b"\x00\x00\x80\x3f\x00\x00\x00\xc0"


@pytest.mark.parametrize(
    "components",
    [(), (0.0, 0.0), (float("nan"), 1.0), (float("inf"), 1.0), (1e300, 1.0)],
    ids=["empty", "all zeros", "not a number", "infinite", "overflowing"],
)
def test_unusable_vectors_are_refused(components: tuple[float, ...]) -> None:
    with pytest.raises(BadEmbeddingError):
        pack(components)


def test_a_table_is_not_a_vector() -> None:
    with pytest.raises(BadEmbeddingError):
        checked(np.ones((2, 2)))


def test_another_length_than_expected_is_refused() -> None:
    with pytest.raises(BadEmbeddingError):
        unpack(pack((1.0, 2.0)), dim=3)


def test_a_torn_value_is_refused() -> None:
    with pytest.raises(BadEmbeddingError):
        unpack(pack((1.0, 2.0))[:-1])


def test_the_distance_is_euclidean_and_not_squared() -> None:
    assert distance((1.0, 1.0), (4.0, 5.0)) == pytest.approx(5.0)


def test_vectors_of_two_lengths_have_no_distance() -> None:
    with pytest.raises(BadEmbeddingError):
        distance((1.0, 2.0), (1.0, 2.0, 3.0))


def test_rows_are_stacked_as_they_are() -> None:
    rows = checked_rows([np.array((1.0, 2.0)), np.array((3.0, 4.0))])
    assert rows.tolist() == [[1.0, 2.0], [3.0, 4.0]]
    assert checked_rows([]).size == 0


@pytest.mark.parametrize(
    "bad", [(1.0,), (1.0, 2.0, 3.0), (float("nan"), 1.0), (float("inf"), 1.0), (0.0, 0.0)]
)
def test_one_bad_row_refuses_them_all(bad: tuple[float, ...]) -> None:
    with pytest.raises(BadEmbeddingError):
        checked_rows([np.array((1.0, 2.0)), np.array(bad)])
