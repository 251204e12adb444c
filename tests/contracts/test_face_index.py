"""All indexes give one answer, and the answer is the one that a plain loop gives."""

from collections.abc import Iterable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.errors import BadEmbeddingError
from matching.face.embedding import Vector
from matching.face.exact_index import ExactIndex
from matching.face.index import FaceIndex, FaceRow
from matching.face.layered_index import LayeredIndex
from tests.small_layers import SmallLayers

KINDS: tuple[type[FaceIndex], ...] = (ExactIndex, LayeredIndex, SmallLayers)
each_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)


def vector(*components: float) -> Vector:
    return np.array(components, dtype=np.float32)


def row(face_id: str, owner_id: str, *components: float) -> FaceRow:
    return FaceRow(face_id=face_id, owner_id=owner_id, vector=vector(*components))


def distances(index: FaceIndex, asked: Vector, owner_ids: Iterable[str]) -> dict[str, float]:
    return {who: hit.distance for who, hit in index.nearest_of(asked, owner_ids).items()}


THREE_PEOPLE = (
    row("f1", "a", 1.0, 0.0),
    row("f2", "a", 4.0, 0.0),
    row("f3", "b", 2.0, 0.0),
    row("f4", "c", 9.0, 0.0),
)


@each_kind
def test_a_person_answers_once_by_the_nearest_photo(kind: type[FaceIndex]) -> None:
    hits = kind.build(THREE_PEOPLE).search(vector(4.5, 0.0), 5)
    assert [(hit.owner_id, hit.face_id, hit.distance) for hit in hits] == [
        ("a", "f2", 0.5),
        ("b", "f3", 2.5),
        ("c", "f4", 4.5),
    ]


@each_kind
def test_many_photos_of_one_person_do_not_crowd_out_the_others(kind: type[FaceIndex]) -> None:
    crowd = [row(f"x{number:03}", "a", 1.0, number / 1000) for number in range(200)]
    hits = kind.build([*crowd, row("y", "b", 5.0, 0.0)]).search(vector(1.0, 0.0), 2)
    assert [hit.owner_id for hit in hits] == ["a", "b"]


@each_kind
def test_a_face_that_is_added_twice_counts_once(kind: type[FaceIndex]) -> None:
    index = kind.build(THREE_PEOPLE).updated([row("f1", "a", 0.5, 0.5)], ())
    assert index.size == 4
    assert distances(index, vector(0.5, 0.5), ["a"]) == {"a": 0.0}


@each_kind
def test_an_update_makes_a_new_snapshot_and_leaves_the_old_one(kind: type[FaceIndex]) -> None:
    before = kind.build(THREE_PEOPLE)
    after = before.updated([row("f5", "d", 2.0, 0.1)], {"a", "b"})
    assert [hit.owner_id for hit in after.search(vector(2.0, 0.0), 9)] == ["d", "c"]
    assert [hit.owner_id for hit in before.search(vector(2.0, 0.0), 9)] == ["b", "a", "c"]
    assert after.size == 2


@each_kind
def test_a_person_may_be_replaced_in_one_update(kind: type[FaceIndex]) -> None:
    index = kind.build(THREE_PEOPLE).updated([row("f9", "a", 7.0, 0.0)], {"a"})
    assert distances(index, vector(7.0, 0.0), ["a"]) == {"a": 0.0}


@each_kind
def test_distances_leave_out_people_without_a_face(kind: type[FaceIndex]) -> None:
    found = distances(kind.build(THREE_PEOPLE), vector(1.0, 0.0), ["c", "nobody", "a"])
    assert found == {"c": pytest.approx(8.0), "a": pytest.approx(0.0)}


@each_kind
def test_an_empty_index_finds_nobody_and_can_be_filled(kind: type[FaceIndex]) -> None:
    empty = kind.build(())
    assert empty.search(vector(1.0, 2.0), 3) == ()
    assert empty.nearest_of(vector(1.0, 2.0), ["a"]) == {}
    assert empty.updated(THREE_PEOPLE, ()).size == 4


@each_kind
def test_nobody_is_found_when_nobody_is_asked_for(kind: type[FaceIndex]) -> None:
    assert kind.build(THREE_PEOPLE).search(vector(1.0, 0.0), 0) == ()


@each_kind
def test_vectors_of_another_length_are_refused(kind: type[FaceIndex]) -> None:
    index = kind.build(THREE_PEOPLE)
    with pytest.raises(BadEmbeddingError):
        index.search(vector(1.0, 2.0, 3.0), 1)
    with pytest.raises(BadEmbeddingError):
        index.nearest_of(vector(1.0, 2.0, 3.0), ["a"])
    with pytest.raises(BadEmbeddingError):
        index.updated([row("f8", "d", 1.0, 2.0, 3.0)], ())


@each_kind
def test_a_vector_that_is_not_a_number_is_refused(kind: type[FaceIndex]) -> None:
    with pytest.raises(BadEmbeddingError):
        kind.build(THREE_PEOPLE).search(vector(float("nan"), 0.0), 1)


# Small whole numbers: many exact ties, and no rounding anywhere.
points = st.tuples(st.integers(1, 4), st.integers(0, 3), st.integers(0, 3))
galleries = st.lists(st.tuples(st.sampled_from("abcdefgh"), points), max_size=80)


@each_kind
@given(people=galleries, asked=points, k=st.integers(1, 10))
def test_every_index_answers_as_a_plain_loop_does_ties_included(
    kind: type[FaceIndex], people: list[tuple[str, tuple[int, ...]]], asked: tuple[int, ...], k: int
) -> None:
    rows = [row(f"f{n:02}", owner, *point) for n, (owner, point) in enumerate(people)]
    best: dict[str, tuple[float, str]] = {}
    for n, (owner, point) in enumerate(people):
        gap = sum((p - q) ** 2 for p, q in zip(point, asked, strict=True)) ** 0.5
        best[owner] = min(best.get(owner, (np.inf, "")), (gap, f"f{n:02}"))
    expected = sorted((gap, owner, face_id) for owner, (gap, face_id) in best.items())[:k]
    index = kind.build(rows)
    hits = index.search(vector(*asked), k)
    assert [(hit.distance, hit.owner_id, hit.face_id) for hit in hits] == expected
    assert distances(index, vector(*asked), best) == {who: gap for who, (gap, _) in best.items()}


@each_kind
def test_a_poor_photo_stays_marked(kind: type[FaceIndex]) -> None:
    poor = FaceRow(face_id="f0", owner_id="d", vector=vector(5.0, 5.0), is_poor=True)
    index = kind.build([*THREE_PEOPLE, poor])
    assert [hit.is_poor for hit in index.search(vector(5.0, 5.0), 2)] == [True, False]


@each_kind
def test_the_vectors_of_a_person_come_back(kind: type[FaceIndex]) -> None:
    index = kind.build(THREE_PEOPLE)
    assert sorted(index.vectors_of("a").tolist()) == [[1.0, 0.0], [4.0, 0.0]]
    assert len(index.vectors_of("nobody")) == 0


@given(seed=st.integers(0, 2**32 - 1))
@settings(deadline=None, max_examples=25)
def test_a_scan_agrees_with_the_exact_index_on_face_like_vectors(seed: int) -> None:
    random = np.random.default_rng(seed)
    vectors = random.normal(size=(300, 128)).astype(np.float32) / 8
    rows = [
        FaceRow(face_id=f"f{n:03}", owner_id=f"p{n % 90:02}", vector=each)
        for n, each in enumerate(vectors)
    ]
    asked = vectors[0] + random.normal(size=128).astype(np.float32) / 40
    found = SmallLayers.build(rows).search(asked, 20)
    expected = ExactIndex.build(rows).search(asked, 20)
    # Half precision may change places between people who are equally near to a few parts in 10,000.
    assert [hit.distance for hit in found] == pytest.approx(
        [hit.distance for hit in expected], abs=1e-3
    )
    assert found[0].owner_id == expected[0].owner_id
