"""Engines from a manifest, with a small network made here: it averages each colour of its input."""

from hashlib import sha256
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper

from matching.errors import BadModelError
from matching.face.engine import FaceEngine
from matching.face.manifest import read_manifest
from runtime.engine_setup import EngineSetup
from runtime.face_engines import from_manifest
from tests.portraits import astronaut, opened

MANIFEST = """
file = "mean.onnx"
sha256 = "{digest}"
licence = "CC0-1.0"
input_size = [112, 112]
eyes = [[38.3, 51.7], [73.5, 51.5]]
colour = "{colour}"
mean = 127.5
scale = 0.0078125
dimension = {dimension}
metric = "cosine"
"""


def a_network() -> bytes:
    node = helper.make_node("ReduceMean", ["x"], ["y"], axes=[2, 3], keepdims=0)
    graph = helper.make_graph(
        [node],
        "mean",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["n", 3, 112, 112])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["n", 3])],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    serialised: bytes = onnx.ModelProto.SerializeToString(model)
    return serialised


def an_engine(folder: Path, *, colour: str = "rgb", dimension: int = 3) -> FaceEngine:
    network = a_network()
    (folder / "mean.onnx").write_bytes(network)
    digest = sha256(network).hexdigest()
    text = MANIFEST.format(digest=digest, colour=colour, dimension=dimension)
    (folder / "mean.toml").write_text(text, encoding="utf-8")
    return from_manifest(EngineSetup(name="onnx:mean", models=folder))


def test_a_network_with_a_manifest_is_an_engine_of_its_own(tmp_path: Path) -> None:
    engine = an_engine(tmp_path)
    (face,) = engine.detect_and_embed(np.asarray(opened(astronaut())))
    assert face.engine == "onnx:mean"
    assert face.model_id.startswith("onnx:mean:")
    assert len(face.embedding) == 3


def test_the_colour_order_of_the_manifest_is_kept(tmp_path: Path) -> None:
    pixels = np.asarray(opened(astronaut()))
    (red_first,) = an_engine(tmp_path).detect_and_embed(pixels)
    (blue_first,) = an_engine(tmp_path, colour="bgr").detect_and_embed(pixels)
    assert red_first.embedding == pytest.approx(blue_first.embedding[::-1], abs=1e-6)


def test_another_network_than_the_manifest_names_is_refused(tmp_path: Path) -> None:
    an_engine(tmp_path)
    (tmp_path / "mean.onnx").write_bytes(a_network() + b"\x00")
    with pytest.raises(BadModelError):
        from_manifest(EngineSetup(name="onnx:mean", models=tmp_path))


def test_a_network_of_another_dimension_is_refused(tmp_path: Path) -> None:
    engine = an_engine(tmp_path, dimension=128)
    with pytest.raises(BadModelError):
        engine.detect_and_embed(np.asarray(opened(astronaut())))


@pytest.mark.parametrize(
    ("word", "wrong"),
    [
        ('"rgb"', '"cmyk"'),
        ('"cosine"', '"city block"'),
        ('"mean.onnx"', '"../mean.onnx"'),
        ('"CC0-1.0"', '""'),
        ("[112, 112]", "[112]"),
        ("dimension = 3", "size = 3"),
    ],
)
def test_a_manifest_that_says_something_else_is_refused(word: str, wrong: str) -> None:
    good = MANIFEST.format(digest="0" * 64, colour="rgb", dimension=3)
    read_manifest(good)
    with pytest.raises(BadModelError):
        read_manifest(good.replace(word, wrong))
