"""Makes face engines. Imported in the face process only: this is where the libraries are loaded."""

from hashlib import sha256
from typing import Final

from matching.errors import BadModelError
from matching.face.detection import BARELY_A_FACE, FaceFinder
from matching.face.dlib_faces import Aligner, HogDetector
from matching.face.dlib_graph import detection_graph, embedding_graph
from matching.face.dlib_weights import read_network
from matching.face.engine import FaceEngine
from matching.face.manifest import ManifestEmbedder, read_manifest
from matching.face.mmod_detector import MmodDetector
from matching.face.onnx_engine import ChipEmbedder, OnnxEngine
from matching.face.onnx_session import OnnxSession
from runtime.engine_setup import EngineSetup
from runtime.model_files import weight_file
from runtime.onnx_files import converted

RECOGNITION: Final = "dlib_face_recognition_resnet_model_v1.dat"
DETECTION: Final = "mmod_human_face_detector.dat"
LANDMARKS: Final = "shape_predictor_5_face_landmarks.dat"


def dlib_onnx(setup: EngineSetup) -> FaceEngine:
    """The networks of dlib on ONNX Runtime. Raises BadModelError, OSError, UnavailableError."""
    weights = weight_file(RECOGNITION).read_bytes()
    model = converted(weights, embedding_graph, setup.models, "dlib-recognition")
    return OnnxEngine(
        name=setup.name,
        model_sha256=sha256(weights).hexdigest(),
        finder=face_finder(setup),
        aligner=Aligner(weight_file(LANDMARKS)),
        embedder=ChipEmbedder(OnnxSession(model, threads=setup.threads)),
    )


def face_recognition(setup: EngineSetup) -> FaceEngine:
    """`face_recognition` itself; it has no threads and keeps no models."""
    from matching.face.face_recognition_engine import (  # noqa: PLC0415 - loads four models
        FaceRecognitionEngine,
    )

    del setup
    return FaceRecognitionEngine()


def from_manifest(setup: EngineSetup) -> FaceEngine:
    """The network described by `<models>/<name>.toml`, where setup.name is `onnx:<name>`.

    Raises:
        BadModelError: the manifest is wrong, or the network is not the one it describes.
        OSError: a file is missing.
    """
    path = setup.models / f"{setup.name.removeprefix('onnx:')}.toml"
    manifest = read_manifest(path.read_text(encoding="utf-8"))
    model = path.with_name(manifest.file).read_bytes()
    if sha256(model).hexdigest() != manifest.sha256.lower():
        raise BadModelError("the network is not the one its manifest describes")
    embedder = ManifestEmbedder(manifest, OnnxSession(model, threads=setup.threads))
    return OnnxEngine(
        name=setup.name,
        model_sha256=manifest.sha256.lower(),
        finder=face_finder(setup),
        aligner=Aligner(weight_file(LANDMARKS)),
        embedder=embedder,
    )


def face_finder(setup: EngineSetup) -> FaceFinder:
    """What finds faces for every ONNX engine. Raises BadModelError, OSError, UnavailableError."""
    weights = weight_file(DETECTION).read_bytes()
    model = converted(weights, detection_graph, setup.models, "dlib-detection")
    session = OnnxSession(model, threads=setup.threads)
    return FaceFinder(
        quick=HogDetector(is_grey=True, least_score=BARELY_A_FACE),
        hog=HogDetector(),
        neural=MmodDetector(read_network(weights), session.run),
    )
