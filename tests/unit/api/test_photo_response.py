import pytest

from api.photo_response import photo_media_type, photo_response


@pytest.mark.parametrize(
    ("start", "media_type"),
    [
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
        (b"\x00\x00\x00\x18ftypheic", "image/heif"),
        (b"<svg onload=alert(1)>", "application/octet-stream"),
        (b"", "application/octet-stream"),
    ],
)
def test_the_media_type_follows_the_first_bytes(start: bytes, media_type: str) -> None:
    assert photo_media_type(start) == media_type


def test_what_is_not_a_picture_is_only_offered_as_a_download() -> None:
    assert photo_response(b"<html>").headers["content-disposition"] == "attachment"
    assert photo_response(b"\xff\xd8\xff").headers["content-disposition"] == "inline"
