import pytest

from casework.cases.audio_format import audio_media_type


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        (b"\x1a\x45\xdf\xa3", "audio/webm"),
        (b"OggS\x00\x02", "audio/ogg"),
        (b"\x00\x00\x00\x1cftypM4A \x00\x00", "audio/mp4"),
        (b"\x00\x00\x00\x1cftypiso5\x00\x00", "audio/mp4"),
        (b"RIFF\x24\x00\x00\x00WAVEfmt ", "audio/wav"),
        (b"ID3\x04", "audio/mpeg"),
        (b"\xff\xfb\x90", "audio/mpeg"),
        (b"\xff\xf1\x50", "audio/aac"),
    ],
)
def test_recordings_are_known_by_their_first_bytes(start: bytes, kind: str) -> None:
    assert audio_media_type(start + b"\x00" * 20) == kind


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<script>alert(1)</script>",
        b"\xff\xd8\xff\xe0 a photo",
        b"\x00\x00\x00\x1cftypheic a picture",
        b"RIFF\x24\x00\x00\x00WEBPVP8 ",
        b"MZ a program named talk.mp3",
    ],
)
def test_anything_else_is_no_recording(data: bytes) -> None:
    assert audio_media_type(data) is None
