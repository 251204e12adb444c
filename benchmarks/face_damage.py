"""How many damaged photos pass as whole: files cut short, and files with one bit turned over.

A damaged photo is to be refused or to show the same face, which means a vector within 0.1 of the
original's. The face process must outlive all of them.
"""

import random
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import pillow_heif
from PIL import Image

from benchmarks.face_scenes import sources
from benchmarks.rows import row
from matching.face.embedding import distance
from matching.face.reading import PhotoReading
from runtime.engine_setup import EngineSetup
from runtime.face_process import FaceProcess

FORMATS: Final = ("JPEG", "PNG", "WEBP", "HEIF")
FILES: Final = 200
NEAR: Final = 0.1
LONGEST_SIDE: Final = 800
QUALITY: Final = 90


def rows(models: Path) -> list[dict[str, Any]]:
    """Of each format and each kind of damage: how many are refused, and how many deceive."""
    process = FaceProcess(setup=EngineSetup(name="dlib-onnx", models=models))
    try:
        return [each for kind in FORMATS for each in _rows_of(kind, process)]
    finally:
        process.close()


def _rows_of(kind: str, process: FaceProcess) -> Iterator[dict[str, Any]]:
    whole = [_file(path, kind) for path in sources()]
    originals = [process.read(data) for data in whole]
    for name, damaged in (("剪断", _cut), ("翻转一位", _flipped)):
        seen = Counter(
            _outcome(
                process.read(damaged(whole[seed % len(whole)], seed)),
                originals[seed % len(whole)],
            )
            for seed in range(FILES)
        )
        yield row(f"{kind} {name}的 {FILES} 张：被拒绝", "张", seen["refused"])
        yield row(f"{kind} {name}的 {FILES} 张：特征偏离超过 {NEAR} 而未被发现", "张", seen["far"])
        yield row(f"{kind} {name}的 {FILES} 张：人脸进程崩溃", "张", seen["crashed"])


def _file(path: Path, kind: str) -> bytes:
    with Image.open(path) as image:
        picture = image.convert("RGB")
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    buffer = BytesIO()
    if kind == "HEIF":
        pillow_heif.from_pillow(picture).save(buffer, quality=QUALITY)
    else:
        picture.save(buffer, kind, quality=QUALITY)
    return buffer.getvalue()


def _cut(data: bytes, seed: int) -> bytes:
    return data[: random.Random(seed).randrange(len(data))]


def _flipped(data: bytes, seed: int) -> bytes:
    rng = random.Random(seed)
    torn = bytearray(data)
    torn[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    return bytes(torn)


def _outcome(reading: PhotoReading, original: PhotoReading) -> str:
    if reading.rejected is not None:
        return "crashed" if "出错" in reading.rejected.message else "refused"
    gap = distance(reading.faces[0].embedding, original.faces[0].embedding)
    return "near" if gap < NEAR else "far"
