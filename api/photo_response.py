"""Photos as uploaded, sent so that a browser can only ever show them as pictures."""

from typing import Final

from starlette.responses import Response

#: First bytes of the formats that the face process reads -> media type.
SIGNATURES: Final = {
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"BM": "image/bmp",
    b"GIF8": "image/gif",
}
WEBP_AT: Final = slice(8, 12)
HEIF_AT: Final = slice(4, 8)


class PhotoResponse(Response):
    """One photo. Anything that is not a known picture format is offered as a download."""

    media_type = "image/*"

    def __init__(self, content: bytes) -> None:
        media_type = photo_media_type(content)
        is_picture = media_type.startswith("image/")
        disposition = "inline" if is_picture else "attachment"
        super().__init__(
            content, media_type=media_type, headers={"Content-Disposition": disposition}
        )


def photo_media_type(data: bytes) -> str:
    """The media type by the first bytes; never by a name or a claim of the sender."""
    for start, media_type in SIGNATURES.items():
        if data.startswith(start):
            return media_type
    if data.startswith(b"RIFF") and data[WEBP_AT] == b"WEBP":
        return "image/webp"
    if data[HEIF_AT] == b"ftyp":
        return "image/heif"
    return "application/octet-stream"
