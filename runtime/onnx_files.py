"""ONNX files of the data folder: dlib's networks converted once, and checked before every use.

A file that is missing, torn, or made by another program or from other weights is made anew. A
folder that cannot be written costs the conversion each time (0.1 s), nothing else.
"""

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from matching.face.dlib_graph import GRAPH_VERSION
from matching.face.dlib_weights import Network, read_network
from matching.face.onnx_format import Graph, model_bytes
from storage.durable_file import durable_file


def converted(weights: bytes, draw: Callable[[Network], Graph], folder: Path, name: str) -> bytes:
    """The ONNX model of a dlib network, from the folder or made and kept there.

    Args:
        weights: content of the .dat file.
        draw: makes the graph of the network.
        folder: where models are kept.
        name: file name without ending.

    Raises:
        BadModelError: the weights are not a network that can be converted.
    """
    made_from = f"{GRAPH_VERSION}:{sha256(weights).hexdigest()}"
    kept = _kept(folder, name, made_from)
    if kept is not None:
        return kept
    model = model_bytes(draw(read_network(weights)))
    seal = {"made_from": made_from, "sha256": sha256(model).hexdigest()}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for ending, content in (("onnx", model), ("json", json.dumps(seal).encode())):
            with durable_file(folder / f"{name}.{ending}") as file:
                file.write(content)
    except OSError:
        return model  # the model is whole; only keeping it failed
    return model


def _kept(folder: Path, name: str, made_from: str) -> bytes | None:
    """The kept model if it is whole and made from these weights."""
    try:
        seal = json.loads((folder / f"{name}.json").read_bytes())
        model = (folder / f"{name}.onnx").read_bytes()
    except (OSError, ValueError):
        return None
    is_right = seal == {"made_from": made_from, "sha256": sha256(model).hexdigest()}
    return model if is_right else None
