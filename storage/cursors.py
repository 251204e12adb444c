"""Opaque cursors of paged lists: the sort key of the last row, encoded."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, datetime
from math import isfinite
from typing import Final

from casework.errors import BadInputError

Part = int | float | str | datetime
Key = tuple[Part, ...]

#: What both databases can hold in an integer column.
_LARGEST: Final = 2**63 - 1


def encode(key: Key) -> str:
    """A cursor that starts after the row with this sort key."""
    document = json.dumps(key, default=datetime.isoformat)
    return urlsafe_b64encode(document.encode()).decode().rstrip("=")


def decode(cursor: str, shape: tuple[type[Part], ...]) -> Key:
    """The sort key of a cursor, each part checked against the type it must have.

    Raises:
        BadInputError: not a cursor of this list.
    """
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        parts = json.loads(urlsafe_b64decode(padded.encode()))
        return tuple(_part(part, kind) for part, kind in zip(parts, shape, strict=True))
    except (ValueError, TypeError, OverflowError, RecursionError) as error:
        raise BadInputError("翻页参数无效，请从第一页重新打开列表。") from error


def _part(part: object, kind: type[Part]) -> Part:
    """The part as its type; ValueError for anything that no list has ever given out."""
    if kind is datetime and isinstance(part, str):
        return _moment(part)
    if kind is float and type(part) is float and isfinite(part):
        return part
    if kind is int and type(part) is int and abs(part) <= _LARGEST:
        return part
    if kind is str and isinstance(part, str) and "\0" not in part:
        return part
    raise ValueError("not a part of this sort key")


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a moment needs a zone")
    return moment.astimezone(UTC)
