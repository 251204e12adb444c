"""Face engines on ONNX Runtime: one way to find and align faces, any network for the vectors."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from matching.face.boxes import turned_back
from matching.face.detection import Detection, FaceFinder, Found
from matching.face.dlib_faces import AlignedFace, Aligner
from matching.face.onnx_session import OnnxSession
from matching.face.photo import RgbPixels
from matching.face.quality import measure
from matching.face.reading import DetectedFace

#: Faces per run of the network: enough to use it well, and no more memory than for a crowd of 16.
_BATCH = 16


class Embedder(Protocol):
    """Turns aligned faces into vectors."""

    def embed(self, pixels: RgbPixels, faces: Sequence[AlignedFace]) -> NDArray[np.float32]:
        """One row per face, shape (n, dim). `pixels` is the photo on which the faces were found."""


class ChipEmbedder:
    """dlib's recognition network: it takes dlib's own chips."""

    def __init__(self, session: OnnxSession) -> None:
        self._session = session

    def embed(self, pixels: RgbPixels, faces: Sequence[AlignedFace]) -> NDArray[np.float32]:
        """Not normalised, as `face_recognition.face_encodings` gives them."""
        del pixels  # the chips hold all the network looks at
        return self._session.run(np.stack([face.chip for face in faces]))


class OnnxEngine:
    """`matching.face.engine.FaceEngine` with an ONNX network."""

    def __init__(
        self,
        *,
        name: str,
        model_sha256: str,
        finder: FaceFinder,
        aligner: Aligner,
        embedder: Embedder,
    ) -> None:
        self._name = name
        self._model_id = f"{name}:{model_sha256[:16]}"
        self._finder = finder
        self._aligner = aligner
        self._embedder = embedder

    @property
    def name(self) -> str:
        """Its name in settings and on the command line."""
        return self._name

    @property
    def model_id(self) -> str:
        """Name and the first 16 hex digits of the weights' SHA-256."""
        return self._model_id

    def detect_and_embed(self, pixels: RgbPixels) -> tuple[DetectedFace, ...]:
        """Every face, biggest first."""
        found = self._finder.find(pixels)
        if found is None:
            return ()
        detections = sorted(found.detections, key=_bigger_first)
        aligned = [self._aligner.align(found.pixels, each.box) for each in detections]
        vectors = self._vectors(found.pixels, aligned)
        return tuple(
            self._face(found, detection, face, vector)
            for detection, face, vector in zip(detections, aligned, vectors, strict=True)
        )

    def _vectors(
        self, pixels: RgbPixels, faces: Sequence[AlignedFace]
    ) -> list[NDArray[np.float32]]:
        return [
            vector
            for start in range(0, len(faces), _BATCH)
            for vector in self._embedder.embed(pixels, faces[start : start + _BATCH])
        ]

    def _face(
        self, found: Found, detection: Detection, face: AlignedFace, vector: NDArray[np.float32]
    ) -> DetectedFace:
        height, width, _ = found.pixels.shape
        return DetectedFace(
            box=turned_back(detection.box, found.quarter_turns, width, height),
            confidence=detection.score,
            quality=measure(
                face.chip,
                eye_distance_px=face.eye_distance_px,
                turn=face.turn,
                eyes=face.eye_line(found.quarter_turns, width, height),
            ),
            embedding=tuple(vector.tolist()),
            engine=self.name,
            model_id=self.model_id,
        )


def _bigger_first(detection: Detection) -> tuple[int, int, int]:
    box = detection.box
    return -box.width * box.height, box.y, box.x
