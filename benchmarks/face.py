"""The face engine against face_recognition and dlib: one thread each, interleaved, medians.

The networks are measured on the two public-domain portraits inside ordinary wheels; dlib is asked
for the very chips and pictures that our engine gets, so only the networks differ. Whole photos are
measured in `benchmarks.face_photos`, start, memory and throughput in `benchmarks.face_running`,
damaged files in `benchmarks.face_damage`.
"""

import tempfile
from pathlib import Path
from typing import Any

import dlib
import numpy as np
from PIL import Image

from benchmarks import face_damage, face_photos, face_running
from benchmarks.face_scenes import PORTRAITS, scenes
from benchmarks.rows import interleaved, row
from fixtures.portraits import path_in
from matching.face.dlib_faces import Aligner, HogDetector
from matching.face.dlib_graph import detection_graph, embedding_graph
from matching.face.dlib_weights import read_network
from matching.face.mmod_detector import MmodDetector
from matching.face.onnx_session import OnnxSession
from runtime.engine_setup import EngineSetup
from runtime.face_engines import DETECTION, LANDMARKS, RECOGNITION, dlib_onnx
from runtime.model_files import weight_file
from runtime.onnx_files import converted

#: Of the recognition network, which takes milliseconds, and of the detector, which takes seconds.
FACE_RUNS = 21
DETECTION_RUNS = 7
#: The size at which the notes on dlib's neural detector were measured.
LONGEST_SIDE = 800


def rows() -> list[dict[str, Any]]:
    """Every figure of the face engine, and how far its answers are from the peers'."""
    with tempfile.TemporaryDirectory() as folder:
        pictures = [_picture(*each) for each in PORTRAITS]
        models = Path(folder, "models")
        photos = scenes(Path(folder))
        return [
            *_embedding_rows(pictures, models),
            *_detection_rows(pictures, models),
            *face_photos.rows(photos, dlib_onnx(EngineSetup(name="dlib-onnx", models=models))),
            *face_running.rows(photos, models),
            *face_damage.rows(models),
        ]


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
    mine, peer = interleaved(
        lambda: [ours.run(chip[None]) for chip in chips],
        lambda: [theirs.compute_face_descriptor(chip) for chip in chips],
        FACE_RUNS,
    )
    return [
        row("一张对齐人脸的特征", "毫秒", mine / len(chips), peer / len(chips), "dlib"),
        row("特征各分量与 dlib 的最大差", "", gap),
    ]


def _detection_rows(pictures: list[np.ndarray], folder: Path) -> list[dict[str, Any]]:
    weights = weight_file(DETECTION)
    data = weights.read_bytes()
    model = converted(data, detection_graph, folder, "detection")
    ours = MmodDetector(read_network(data), OnnxSession(model, threads=1).run)
    theirs = dlib.cnn_face_detection_model_v1(str(weights))
    mine, peer = interleaved(
        lambda: [ours.detect(picture) for picture in pictures],
        lambda: [theirs(picture, 0) for picture in pictures],
        DETECTION_RUNS,
    )
    same = sum(
        [(d.box.x, d.box.y, d.box.width) for d in ours.detect(picture)]
        == [(r.rect.left(), r.rect.top(), r.rect.width()) for r in theirs(picture, 0)]
        for picture in pictures
    )
    count = len(pictures)
    return [
        row("神经网络检测一张 800 像素照片", "毫秒", mine / count, peer / count, "dlib"),
        row("检测框与 dlib 完全相同的照片比例", "", same / count),
    ]


def _picture(distribution: str, name: str) -> np.ndarray:
    path = path_in(distribution, name)
    if path is None:
        raise SystemExit("the portraits are not installed: run make setup")
    with Image.open(path) as image:
        picture = image.convert("RGB")
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return np.ascontiguousarray(picture)
