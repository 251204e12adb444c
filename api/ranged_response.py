"""Answers to requests for a part of something (RFC 9110, section 14): a player that jumps asks so."""

import re
from http import HTTPStatus
from typing import Final

from starlette.responses import Response

#: One range in bytes; of several, or of another unit, the whole is sent, as the standard allows.
_RANGE: Final = re.compile(r"bytes=(?P<first>\d*)-(?P<last>\d*)")


def ranged_response(data: bytes, media_type: str, asked: str | None) -> Response:
    """The whole, the part that was asked for, or 416 when there is no such part.

    Args:
        data: all of it.
        media_type: by its first bytes.
        asked: the `Range` header.
    """
    headers = {"Accept-Ranges": "bytes", "Content-Disposition": "inline"}
    match = _RANGE.fullmatch(asked or "")
    if match is None or match["first"] == match["last"] == "":
        return Response(data, media_type=media_type, headers=headers)
    first, last = _bounds(match["first"], match["last"], len(data))
    if first > last:
        headers["Content-Range"] = f"bytes */{len(data)}"
        return Response(status_code=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, headers=headers)
    headers["Content-Range"] = f"bytes {first}-{last}/{len(data)}"
    part = data[first : last + 1]
    return Response(part, HTTPStatus.PARTIAL_CONTENT, headers=headers, media_type=media_type)


def _bounds(first: str, last: str, size: int) -> tuple[int, int]:
    """First and last byte; `-500` means the last five hundred."""
    if not first:
        return (max(size - int(last), 0), size - 1) if int(last) else (size, size - 1)
    return int(first), min(int(last), size - 1) if last else size - 1
