"""What kind of recording a file is, by its first bytes; never by its name or a sender's claim."""

from typing import Final

#: First bytes -> media type, of what browsers and phones record.
SIGNATURES: Final = {
    b"\x1a\x45\xdf\xa3": "audio/webm",
    b"OggS": "audio/ogg",
    b"ID3": "audio/mpeg",
    # MPEG audio frames without tags: version 1 and 2, layer III, with and without a checksum.
    b"\xff\xfb": "audio/mpeg",
    b"\xff\xfa": "audio/mpeg",
    b"\xff\xf3": "audio/mpeg",
    b"\xff\xf2": "audio/mpeg",
    # Advanced Audio Coding in its own frames (ADTS).
    b"\xff\xf1": "audio/aac",
    b"\xff\xf9": "audio/aac",
}
#: Brands of an ISO file whose tracks a browser plays; pictures (HEIF, AVIF) have others.
MP4_BRANDS: Final = frozenset(
    {b"M4A ", b"M4B ", b"mp41", b"mp42", b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"dash"}
    | {b"3gp4", b"3gp5", b"3gp6", b"qt  "}
)
_BOX: Final = slice(4, 8)
_BRAND: Final = slice(8, 12)


def audio_media_type(data: bytes) -> str | None:
    """The media type of a recording; None when these bytes are no recording that we keep."""
    if data[_BOX] == b"ftyp":
        return "audio/mp4" if data[_BRAND] in MP4_BRANDS else None
    if data.startswith(b"RIFF") and data[_BRAND] == b"WAVE":
        return "audio/wav"
    return next((kind for start, kind in SIGNATURES.items() if data.startswith(start)), None)
