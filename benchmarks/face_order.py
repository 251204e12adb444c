"""Which search for faces finds how many in how long: what the order in `matching.face.detection` rests on.

The photos are the shared ones and phone-sized scenes of them. What counts as a face is whatever any
of the searches finds; doubtful finds are judged by the neural detector, as always, and the judging
is part of the time. One thread, medians of three.
"""

import statistics
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from benchmarks.face_scenes import scenes
from benchmarks.rows import milliseconds, row
from matching.face.boxes import shared_part
from matching.face.detection import FaceFinder, Search, searches
from matching.face.photo import Photo, PhotoLimits, RgbPixels, decode_photo
from matching.face.reading import Box
from runtime.engine_setup import EngineSetup
from runtime.face_engines import face_finder

RUNS: Final = 3
#: Boxes that share so much of their area are of one face.
SAME_FACE: Final = 0.3
_PEER: Final = "HOG 全尺寸再放大一倍（face_recognition 的默认）"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    """One search over one photo."""

    milliseconds: float
    boxes: tuple[Box, ...]


def rows() -> list[dict[str, Any]]:
    """Of every search: faces found, milliseconds a photo, faces per millisecond."""
    with tempfile.TemporaryDirectory() as folder:
        finder = face_finder(EngineSetup(name="dlib-onnx", models=Path(folder, "models")))
        photos = [_pixels(scene.path) for scene in scenes(Path(folder))]
    looks = {name: [_look(finder, photo, name) for photo in photos] for name in _candidates(1)}
    faces = [_distinct([each[at] for each in looks.values()]) for at in range(len(photos))]
    total = sum(map(len, faces))
    peer = _rate(looks[_PEER], faces)
    first = next(iter(looks.values()))
    return [
        each
        for name, seen in looks.items()
        for each in (
            row(f"{name}：找到的脸（共 {total} 张）", "张", _found(seen, faces)),
            row(f"{name}：每张照片用时", "毫秒", statistics.median(x.milliseconds for x in seen)),
            row(f"{name}：首轮无所获的照片里找到脸的", "张照片", _won(first, seen)),
            {
                **row(f"{name}：每毫秒找到的脸", "张", _rate(seen, faces), peer, _PEER),
                "ratio": _rate(seen, faces) / peer,
            },
        )
    ]


def _candidates(area: int) -> dict[str, Search]:
    """The searches that are compared, on a photo of so many pixels; the first is the first in use."""
    first = next(iter(searches(area)))
    return {
        "灰度 HOG，工作尺寸": first,
        "彩色 HOG，工作尺寸": Search(detector="hog", most=first.most),
        "灰度 HOG，全尺寸": Search(detector="quick", most=area),
        "彩色 HOG，350 万像素放大一倍": Search(detector="hog", most=3_500_000, doublings=1),
        "神经网络，25 万像素": Search(detector="neural", most=250_000),
        "神经网络，40 万像素": Search(detector="neural", most=400_000),
        "神经网络，160 万像素": Search(detector="neural", most=1_600_000),
        _PEER: Search(detector="hog", most=area, doublings=1),
    }


def _pixels(path: Path) -> RgbPixels:
    photo = decode_photo(path.read_bytes(), PhotoLimits())
    assert isinstance(photo, Photo)
    return photo.pixels


def _look(finder: FaceFinder, pixels: RgbPixels, name: str) -> _Look:
    search = _candidates(pixels.shape[0] * pixels.shape[1])[name]
    boxes: list[tuple[Box, ...]] = []
    times = [
        milliseconds(lambda: boxes.append(tuple(d.box for d in finder.look(pixels, search))))
        for _ in range(RUNS)
    ]
    return _Look(milliseconds=statistics.median(times), boxes=boxes[0])


def _distinct(looks: list[_Look]) -> list[Box]:
    """Every face of a photo that any search saw, once."""
    faces: list[Box] = []
    for box in (box for look in looks for box in look.boxes):
        if not any(shared_part(box, other) > SAME_FACE for other in faces):
            faces.append(box)
    return faces


def _found(looks: list[_Look], faces: list[list[Box]]) -> int:
    return sum(
        any(shared_part(box, face) > SAME_FACE for box in look.boxes)
        for look, known in zip(looks, faces, strict=True)
        for face in known
    )


def _won(first: list[_Look], looks: list[_Look]) -> int:
    return sum(bool(look.boxes) for one, look in zip(first, looks, strict=True) if not one.boxes)


def _rate(looks: list[_Look], faces: list[list[Box]]) -> float:
    return _found(looks, faces) / sum(look.milliseconds for look in looks)
