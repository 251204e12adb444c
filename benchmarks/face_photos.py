"""From a photo file to vectors: our engine against `load_image_file` and `face_encodings`.

One thread each, in turns, medians. A face counts as lost when `face_recognition` finds it, its own
neural detector agrees that it is one, and we have no box there.
"""

import statistics
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any, Final

import face_recognition
import numpy as np
from face_recognition import api
from numpy.typing import NDArray
from PIL import Image

from benchmarks.face_scenes import Scene
from benchmarks.rows import interleaved, row
from matching.face.engine import FaceEngine, read_photo
from matching.face.photo import PhotoLimits
from matching.face.reading import DetectedFace

RUNS: Final = 3
#: From this distance on `face_recognition` calls two faces strangers.
STRANGERS: Final = 0.6
_PEER: Final = "load_image_file + face_encodings"
#: Sides of the crops on which the peer's neural detector judges a box.
_JUDGED: Final = (200, 400)

Css = tuple[int, int, int, int]
"""face_recognition's box: top, right, bottom, left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pair:
    """The vectors of one face by both sides."""

    ours: NDArray[np.float64]
    theirs: NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Comparison:
    """One photo, read by both."""

    milliseconds: float
    peer_milliseconds: float
    pairs: tuple[_Pair, ...]
    #: Boxes of the peer where we have none, and how many of them its neural detector confirms.
    missed: int
    lost: int
    is_empty: bool


def rows(photos: list[Scene], engine: FaceEngine) -> list[dict[str, Any]]:
    """Milliseconds per photo, faces lost, and decisions changed."""
    compared = [_compare(photo.path, engine) for photo in photos]
    ratios = [each.peer_milliseconds / each.milliseconds for each in compared]
    pairs = [pair for each in compared for pair in each.pairs]
    changed, decided = _changed_decisions(pairs)
    count = f"{len(photos)} 张照片"
    return [
        row(
            f"200 万像素以上照片从文件到特征（{count}，中位数）",
            "毫秒",
            statistics.median(each.milliseconds for each in compared),
            statistics.median(each.peer_milliseconds for each in compared),
            _PEER,
        ),
        row(f"同上，各张倍数的中位数（{count}）", "倍", statistics.median(ratios)),
        row(f"同上，最不利的一张（{count}）", "倍", min(ratios)),
        row("对方找到脸而我们一张也没找到的照片", "张", sum(each.is_empty for each in compared)),
        row("漏掉的人脸（对方两种检测器都认为是脸）", "张", sum(each.lost for each in compared)),
        row("对方有而我们没有的框（含其误报）", "个", sum(each.missed for each in compared)),
        row(f"按 0.6 判同异与对方不同的脸对（共 {decided} 对）", "对", changed),
    ]


def _compare(path: Path, engine: FaceEngine) -> _Comparison:
    limits = PhotoLimits()
    faces = read_photo(path.read_bytes(), engine, limits).faces
    picture = face_recognition.load_image_file(path)
    places: list[Css] = face_recognition.face_locations(picture)
    vectors = face_recognition.face_encodings(picture, places)
    ours = [_at(place, faces) for place in places]
    missed = [place for place, face in zip(places, ours, strict=True) if face is None]
    mine, peer = interleaved(
        lambda: read_photo(path.read_bytes(), engine, limits),
        lambda: face_recognition.face_encodings(face_recognition.load_image_file(path)),
        RUNS,
    )
    return _Comparison(
        milliseconds=mine,
        peer_milliseconds=peer,
        pairs=tuple(
            _Pair(ours=np.array(face.embedding), theirs=np.array(vector))
            for face, vector in zip(ours, vectors, strict=True)
            if face is not None
        ),
        missed=len(missed),
        lost=sum(_is_face(picture, place) for place in missed),
        is_empty=bool(places) and not faces,
    )


def _at(place: Css, faces: tuple[DetectedFace, ...]) -> DetectedFace | None:
    """Our face with the middle of the peer's box inside."""
    top, right, bottom, left = place
    x, y = (left + right) / 2, (top + bottom) / 2
    for face in faces:
        box = face.box
        if box.x <= x < box.x + box.width and box.y <= y < box.y + box.height:
            return face
    return None


def _is_face(picture: NDArray[np.uint8], place: Css) -> bool:
    """Whether the peer's own neural detector sees a face around its box."""
    top, right, bottom, left = place
    margin = (right - left) // 2
    rows_, columns, _ = picture.shape
    crop = picture[
        max(top - margin, 0) : min(bottom + margin, rows_),
        max(left - margin, 0) : min(right + margin, columns),
    ]
    return any(
        len(api.cnn_face_detector(np.asarray(Image.fromarray(crop).resize((side, side))), 0))
        for side in _JUDGED
    )


def _changed_decisions(pairs: list[_Pair]) -> tuple[int, int]:
    """Of all pairs of faces: how many are decided the other way, and how many there are."""
    decisions = [
        (
            np.linalg.norm(one.ours - other.ours) < STRANGERS,
            np.linalg.norm(one.theirs - other.theirs) < STRANGERS,
        )
        for one, other in combinations(pairs, 2)
    ]
    return sum(bool(ours != theirs) for ours, theirs in decisions), len(decisions)
