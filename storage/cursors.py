"""Opaque cursors of paged lists: the sort key of the last row, encoded."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode

from casework.errors import BadInputError

Key = tuple[int | float | str, ...]


def encode(key: Key) -> str:
    """A cursor that starts after the row with this sort key."""
    return urlsafe_b64encode(json.dumps(key).encode()).decode().rstrip("=")


def decode(cursor: str, shape: tuple[type, ...]) -> Key:
    """The sort key of a cursor, checked against the types it must have.

    Raises:
        BadInputError: not a cursor of this list.
    """
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        key = json.loads(urlsafe_b64decode(padded.encode()))
    except (ValueError, UnicodeError) as error:
        raise BadInputError("翻页参数无效，请从第一页重新打开列表。") from error
    fits = isinstance(key, list) and len(key) == len(shape)
    if not fits or not all(isinstance(part, kind) for part, kind in zip(key, shape, strict=True)):
        raise BadInputError("翻页参数无效，请从第一页重新打开列表。")
    return tuple(key)
