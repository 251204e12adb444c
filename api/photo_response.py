"""Photos as uploaded, sent so that a browser can only ever show them as pictures."""

from typing import Any, Final

from starlette.responses import Response

#: First bytes of the formats that the face process reads -> media type.
SIGNATURES: Final = {
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"BM": "image/bmp",
    b"GIF8": "image/gif",
}
#: How the description of the JSON API announces a photo.
PHOTO_ANSWER: Final[dict[int | str, dict[str, Any]]] = {200: {"content": {"image/*": {}}}}
WEBP_AT: Final = slice(8, 12)
HEIF_AT: Final = slice(4, 8)


def photo_response(data: bytes) -> Response:
    """One photo. Anything that is not a known picture format is offered as a download."""
    media_type = photo_media_type(data)
    disposition = "inline" if media_type.startswith("image/") else "attachment"
    return Response(data, media_type=media_type, headers={"Content-Disposition": disposition})


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
