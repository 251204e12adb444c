"""What another process maps is what was shared, and its arrays are not copied."""

import os
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from matching.face.embedding import Vector
from matching.face.index import FaceRow
from matching.face.layered_index import LayeredIndex
from matching.policy import load_policy
from matching.ranking import Search
from matching.registry.registry import Registry
from runtime.shared_objects import SharedObject
from tests.people import HEARD, TRUE, a_probe, strangers


class SmallScan(LayeredIndex):
    """A gallery that lies in a scan from a few hundred faces on."""

    exact_up_to = 300


def reopened(shared: object) -> object:
    written = SharedObject.of(shared)
    try:
        return written.opened(os.dup(written.descriptor))
    finally:
        written.close()


def test_arrays_are_mapped_and_read_only() -> None:
    arrays: dict[str, NDArray[Any]] = {
        "a": np.arange(1000),
        "b": np.zeros(0, np.float32),
        "c": np.ones((3, 5)),
    }
    found = reopened(arrays)
    assert isinstance(found, dict)
    for name, array in arrays.items():
        assert np.array_equal(np.asarray(found[name]), array)
    assert not found["a"].flags.owndata
    with pytest.raises(ValueError, match="read-only"):
        found["a"][0] = 1


def test_a_registry_that_was_shared_finds_the_same_leads() -> None:
    registry = Registry.build([TRUE, *strangers(50)])
    found = reopened(registry.worked_out())
    assert isinstance(found, Registry)
    assert list(found.candidates) == list(registry.candidates)
    mine, theirs = (Search(each, load_policy()).leads(a_probe(HEARD)) for each in (registry, found))
    assert mine.leads == theirs.leads
    assert not found.names.given.columns.rows[2].flags.owndata


@pytest.mark.parametrize("faces", [20, 400])
def test_a_gallery_that_was_shared_finds_the_same_faces(faces: int) -> None:
    rng = np.random.default_rng(1)
    vectors: list[Vector] = list(rng.normal(size=(faces, 16)).astype(np.float32))
    gallery = SmallScan.build(
        FaceRow(face_id=f"f{n}", owner_id=f"r{n}", vector=each, is_poor=False)
        for n, each in enumerate(vectors)
    )
    found = reopened(gallery)
    assert isinstance(found, SmallScan)
    assert found.search(vectors[3], 5) == gallery.search(vectors[3], 5)
    assert found.nearest_of(vectors[3], ["r3"]) == gallery.nearest_of(vectors[3], ["r3"])
