"""Face networks that come as an ONNX file with a manifest: what to feed them, what comes out.

A manifest is a TOML file beside the network. Fields, all required unless said otherwise:
`file` and `sha256` of the network; `licence`, in words; `input_size` [width, height] in pixels;
`eyes` [[x, y], [x, y]], where the middles of the eye on the left and on the right of the picture
belong on the input; `colour` "rgb" or "bgr"; `mean` and `scale`: a value fed is
`(pixel - mean) * scale`; `dimension` of the vector; `metric` "cosine" or "euclidean".
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from matching.errors import BadModelError
from matching.face.dlib_faces import AlignedFace
from matching.face.onnx_session import OnnxSession
from matching.face.photo import RgbPixels

_COLOURS: Final = ("rgb", "bgr")
_METRICS: Final = ("cosine", "euclidean")
_SHA256_DIGITS: Final = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What the manifest says; see the module."""

    file: str
    sha256: str
    licence: str
    input_size: tuple[int, int]
    eyes: tuple[tuple[float, float], tuple[float, float]]
    colour: str
    mean: float
    scale: float
    dimension: int
    metric: str


def read_manifest(text: str) -> Manifest:
    """The manifest of a network. Raises BadModelError for anything missing, wrong or unknown."""
    try:
        found = tomllib.loads(text)
        manifest = Manifest(**_typed(found))
    except (KeyError, TypeError, ValueError) as error:
        raise BadModelError("the manifest is incomplete, or says something unknown") from error
    if "/" in manifest.file or "\\" in manifest.file:
        raise BadModelError("the manifest names a file outside its own folder")
    if manifest.colour not in _COLOURS or manifest.metric not in _METRICS:
        raise BadModelError("the manifest names an unknown colour order or metric")
    if len(manifest.sha256) != _SHA256_DIGITS or not manifest.licence:
        raise BadModelError("the manifest needs a SHA-256 of 64 digits and a licence")
    return manifest


def _typed(found: dict[str, Any]) -> dict[str, Any]:
    width, height = found["input_size"]
    (left_x, left_y), (right_x, right_y) = found["eyes"]
    return {
        **found,
        "input_size": (int(width), int(height)),
        "eyes": ((float(left_x), float(left_y)), (float(right_x), float(right_y))),
        "mean": float(found["mean"]),
        "scale": float(found["scale"]),
        "dimension": int(found["dimension"]),
    }


class ManifestEmbedder:
    """A network fed as its manifest says."""

    def __init__(self, manifest: Manifest, session: OnnxSession) -> None:
        """Raises BadModelError when the network does not fit its manifest."""
        width, height = manifest.input_size
        shape = session.input_shape[1:]
        if any(
            isinstance(size, int) and size != said
            for size, said in zip(shape, (3, height, width), strict=True)
        ):
            raise BadModelError("the network's input is not the one its manifest describes")
        self._manifest = manifest
        self._session = session

    def embed(self, pixels: RgbPixels, faces: Sequence[AlignedFace]) -> NDArray[np.float32]:
        """One vector per face; of length 1 when the metric is cosine.

        Raises:
            BadModelError: the network answers with another dimension than its manifest says.
        """
        chips = np.stack([cut_out(pixels, face, self._manifest) for face in faces])
        values = self._fed(chips)
        # Many published networks take one face at a time.
        if self._session.input_shape[0] == 1:
            vectors = np.concatenate([self._session.run(each[None]) for each in values])
        else:
            vectors = self._session.run(values)
        vectors = vectors.reshape(len(faces), -1)
        if vectors.shape[1] != self._manifest.dimension:
            raise BadModelError("the network's vectors are not as long as its manifest says")
        if self._manifest.metric == "cosine":
            # On the unit sphere the Euclidean distance ranks as the cosine does.
            vectors = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
        return vectors.astype(np.float32)

    def _fed(self, chips: NDArray[np.uint8]) -> NDArray[np.float32]:
        ordered = chips if self._manifest.colour == "rgb" else chips[..., ::-1]
        values = (ordered.astype(np.float32) - self._manifest.mean) * self._manifest.scale
        return np.ascontiguousarray(values.transpose(0, 3, 1, 2), dtype=np.float32)


def cut_out(pixels: RgbPixels, face: AlignedFace, manifest: Manifest) -> NDArray[np.uint8]:
    """The face with its eyes where the manifest wants them; RGB, shape (height, width, 3)."""
    turn, offset = _to_photo(face, manifest)
    scale = abs(turn)
    shrink = max(1, int(scale))
    # Whole-number shrinking first: bilinear sampling alone would skip pixels of a large face.
    picture = Image.fromarray(pixels)
    if shrink > 1:
        picture = picture.reduce(shrink)
    turn, offset = turn / shrink, offset / shrink
    affine = (turn.real, -turn.imag, offset.real, turn.imag, turn.real, offset.imag)
    chip = picture.transform(
        manifest.input_size, Image.Transform.AFFINE, affine, Image.Resampling.BILINEAR
    )
    return np.asarray(chip)


def _to_photo(face: AlignedFace, manifest: Manifest) -> tuple[complex, complex]:
    """The similarity from input to photo, on points as complex numbers: `turn * z + offset`."""
    middles = sorted(
        (complex(*face.points[0:2].mean(axis=0)), complex(*face.points[2:4].mean(axis=0))),
        key=lambda point: point.real,
    )
    wanted = [complex(*eye) for eye in manifest.eyes]
    turn = (middles[1] - middles[0]) / (wanted[1] - wanted[0])
    return turn, middles[0] - turn * wanted[0]
