"""What the face process and its parent say to each other: JSON, never pickles.

The child decodes hostile files; should one of them take it over, its answers are still only
numbers and sentences, checked here before anyone uses them.
"""

import json
from dataclasses import asdict
from typing import Any, Final, cast

from matching.face.reading import (
    Box,
    DetectedFace,
    EyeLine,
    FaceQuality,
    PhotoReading,
    Point,
    Rejection,
    RejectionCode,
)

#: First message of a child that is ready. Any other first message, and any message that is not a
#: reading, is the class name of the error that ends the child.
READY: Final = b"ready"


def to_message(reading: PhotoReading) -> bytes:
    """One reading as UTF-8 JSON."""
    return json.dumps(asdict(reading), allow_nan=False, ensure_ascii=False).encode()


def from_message(message: bytes) -> PhotoReading:
    """The reading of a message.

    Raises:
        ValueError: it is not one that `to_message` writes.
    """
    try:
        return _reading(json.loads(message))
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError("not a photo reading") from error


def _reading(found: dict[str, Any]) -> PhotoReading:
    return PhotoReading(
        photo_sha256=str(found["photo_sha256"]),
        width=_whole_or_none(found["width"]),
        height=_whole_or_none(found["height"]),
        picture_hash=_hash_or_none(found["picture_hash"]),
        faces=tuple(_face(each) for each in found["faces"]),
        rejected=_rejection(found["rejected"]),
    )


def _face(found: dict[str, Any]) -> DetectedFace:
    box = found["box"]
    quality = found["quality"]
    return DetectedFace(
        box=Box(
            x=int(box["x"]), y=int(box["y"]), width=int(box["width"]), height=int(box["height"])
        ),
        confidence=float(found["confidence"]),
        quality=FaceQuality(
            eye_distance_px=float(quality["eye_distance_px"]),
            sharpness=float(quality["sharpness"]),
            brightness=float(quality["brightness"]),
            turn=None if quality["turn"] is None else float(quality["turn"]),
            eyes=_eyes(quality["eyes"]),
        ),
        embedding=tuple(float(component) for component in found["embedding"]),
        engine=str(found["engine"]),
        model_id=str(found["model_id"]),
        unusable=_rejection(found["unusable"]),
    )


def _eyes(found: object) -> EyeLine | None:
    if found is None:
        return None
    entry = cast("dict[str, Any]", found)
    return EyeLine(
        left=_point(entry["left"]),
        right=_point(entry["right"]),
        width=int(entry["width"]),
        height=int(entry["height"]),
    )


def _point(found: object) -> Point:
    x, y = cast("list[Any]", found)
    return float(x), float(y)


def _rejection(found: object) -> Rejection | None:
    if found is None:
        return None
    entry = cast("dict[str, Any]", found)
    return Rejection(
        code=RejectionCode(entry["code"]),
        message=str(entry["message"]),
        remedy=str(entry["remedy"]),
    )


def _hash_or_none(found: object) -> str | None:
    return None if found is None else f"{int(cast('str', found), 16):064x}"


def _whole_or_none(found: object) -> int | None:
    return None if found is None else int(cast("int", found))
