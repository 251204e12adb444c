import json
from dataclasses import replace

import pytest

from matching.face.reading import Box, DetectedFace, EyeLine, FaceQuality, PhotoReading
from matching.face.rejections import rejection
from runtime.face_messages import READY, from_message, to_message

FACE = DetectedFace(
    box=Box(x=1, y=2, width=3, height=4),
    confidence=1.25,
    quality=FaceQuality(
        eye_distance_px=60.5,
        sharpness=300.1,
        brightness=0.5,
        eyes=EyeLine(left=(1.5, 2.0), right=(61.0, 9.5), width=200, height=300),
    ),
    embedding=(0.1, -0.2),
    engine="face-recognition",
    model_id="face-recognition:0",
    unusable=rejection("blurred"),
)
READING = PhotoReading(photo_sha256="ab", width=10, height=20, faces=(FACE,))


@pytest.mark.parametrize(
    "reading",
    [READING, PhotoReading(photo_sha256="cd", rejected=rejection("unreadable"))],
    ids=["faces", "refusal"],
)
def test_a_reading_comes_back_as_it_was_sent(reading: PhotoReading) -> None:
    assert from_message(to_message(reading)) == reading


@pytest.mark.parametrize(
    "message",
    [
        READY,
        b"",
        b"MemoryError",
        b"[]",
        b"null",
        b'{"photo_sha256": "x"}',
        b"\xff\xfe",
        to_message(READING).replace(b'"blurred"', b'"bored"'),
        to_message(READING).replace(b"0.1", b'"a face"'),
        to_message(READING).replace(b"[1.5, 2.0]", b"[1.5]"),
    ],
)
def test_anything_else_is_not_a_reading(message: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        from_message(message)


def test_numbers_that_are_none_are_not_sent() -> None:
    with pytest.raises(ValueError, match="JSON"):
        to_message(replace(READING, faces=(replace(FACE, confidence=float("nan")),)))


def test_a_message_is_plain_json() -> None:
    assert json.loads(to_message(READING))["faces"][0]["box"]["width"] == 3
