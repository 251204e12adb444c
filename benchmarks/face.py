"""The face engine against face_recognition and dlib: one thread each, interleaved, medians.

Faces are the two public-domain portraits inside ordinary wheels. dlib is asked for the very chips and
pictures that our engine gets, so only the networks differ.
"""

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import dlib
import numpy as np
from PIL import Image

from fixtures.portraits import path_in
from matching.face.dlib_faces import Aligner, HogDetector
from matching.face.dlib_graph import detection_graph, embedding_graph
from matching.face.dlib_weights import read_network
from matching.face.mmod_detector import MmodDetector
from matching.face.onnx_session import OnnxSession
from runtime.face_engines import DETECTION, LANDMARKS, RECOGNITION
from runtime.model_files import weight_file
from runtime.onnx_files import converted

RUNS = 7
PORTRAITS = (("matplotlib", "grace_hopper.jpg"), ("scikit-image", "astronaut.png"))
#: The size at which the notes on dlib's neural detector were measured.
LONGEST_SIDE = 800


def rows() -> list[dict[str, Any]]:
    """Milliseconds per face and per picture, and how far the answers are apart."""
    with tempfile.TemporaryDirectory() as folder:
        pictures = [_picture(*each) for each in PORTRAITS]
        return [*_embedding_rows(pictures, Path(folder)), *_detection_rows(pictures, Path(folder))]


def _embedding_rows(pictures: list[np.ndarray], folder: Path) -> list[dict[str, Any]]:
    weights = weight_file(RECOGNITION)
    model = converted(weights.read_bytes(), embedding_graph, folder, "recognition")
    ours = OnnxSession(model, threads=1)
    theirs = dlib.face_recognition_model_v1(str(weights))
    aligner = Aligner(weight_file(LANDMARKS))
    chips = [aligner.align(p, HogDetector().detect(p)[0].box).chip for p in pictures]
    gap = max(
        float(np.abs(ours.run(chip[None])[0] - theirs.compute_face_descriptor(chip)).max())
        for chip in chips
    )
    mine, peer = _interleaved(
        lambda: [ours.run(chip[None]) for chip in chips],
        lambda: [theirs.compute_face_descriptor(chip) for chip in chips],
        len(chips),
    )
    return [
        _row("一张对齐人脸的特征", "毫秒", mine, peer, "dlib"),
        _row("特征各分量与 dlib 的最大差", "", gap, None, None),
    ]


def _detection_rows(pictures: list[np.ndarray], folder: Path) -> list[dict[str, Any]]:
    weights = weight_file(DETECTION)
    data = weights.read_bytes()
    model = converted(data, detection_graph, folder, "detection")
    ours = MmodDetector(read_network(data), OnnxSession(model, threads=1).run)
    theirs = dlib.cnn_face_detection_model_v1(str(weights))
    mine, peer = _interleaved(
        lambda: [ours.detect(picture) for picture in pictures],
        lambda: [theirs(picture, 0) for picture in pictures],
        len(pictures),
    )
    same = sum(
        [(d.box.x, d.box.y, d.box.width) for d in ours.detect(picture)]
        == [(r.rect.left(), r.rect.top(), r.rect.width()) for r in theirs(picture, 0)]
        for picture in pictures
    )
    return [
        _row("神经网络检测一张 800 像素照片", "毫秒", mine, peer, "dlib"),
        _row("检测框与 dlib 完全相同的照片比例", "", same / len(pictures), None, None),
    ]


def _interleaved(
    ours: Callable[[], object], theirs: Callable[[], object], count: int
) -> tuple[float, float]:
    """Median milliseconds per item of both, measured in turns."""
    mine: list[float] = []
    peer: list[float] = []
    for _ in range(RUNS):
        for timed, call in ((mine, ours), (peer, theirs)):
            begun = time.perf_counter()
            call()
            timed.append((time.perf_counter() - begun) * 1000 / count)
    return statistics.median(mine), statistics.median(peer)


def _picture(distribution: str, name: str) -> np.ndarray:
    path = path_in(distribution, name)
    if path is None:
        raise SystemExit("the portraits are not installed: run make setup")
    with Image.open(path) as image:
        picture = image.convert("RGB")
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return np.ascontiguousarray(picture)


def _row(
    metric: str, unit: str, ours: float, peer: float | None, peer_name: str | None
) -> dict[str, Any]:
    ratio = None if peer is None else peer / ours
    return {
        "metric": metric,
        "unit": unit,
        "ours": ours,
        "peer": peer,
        "peer_name": peer_name,
        "ratio": ratio,
    }
