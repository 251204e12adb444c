"""The coded pictures inside an HEIF file, as the decoder gets them.

A phone's photo is a grid of tiles, each a picture of its own. Only what is needed to reach them is
read here. Reference: ISO/IEC 14496-12 (boxes, `iloc`, `iref`, `ipma`), 23008-12 (`grid`), 14496-15
(`hvcC`).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from matching.errors import BadPictureError

NalUnits = tuple[bytes, ...]
"""Parameter sets and slices of one picture, without start codes or lengths."""

_HEVC: Final = b"hvc1"
#: Sizes that stand for something else: a 64-bit size follows, the box reaches to the end.
_LARGE, _TO_THE_END = 1, 0
#: Where an `hvcC` box says how long its lengths are, and where its lists begin.
_LENGTHS_AT, _LISTS_AT = 21, 22
_IN_FILE, _IN_ITEM_DATA = 0, 1
_WIDE_INDEX: Final = 1


@dataclass(slots=True)
class _Cursor:
    """Reads big-endian numbers one after another. Raises BadPictureError at the end of the data."""

    data: bytes
    at: int = 0

    def take(self, count: int) -> bytes:
        taken = self.data[self.at : self.at + count]
        if len(taken) < count:
            raise BadPictureError("a box of the HEIF file ends early")
        self.at += count
        return taken

    def number(self, width: int) -> int:
        return int.from_bytes(self.take(width), "big")

    def is_at_end(self) -> bool:
        return self.at >= len(self.data)


@dataclass(slots=True, kw_only=True)
class _Meta:
    """What the `meta` box says of the items of the file."""

    primary: int = 0
    kinds: dict[int, bytes] = field(default_factory=dict)
    parts: dict[int, list[int]] = field(default_factory=dict)
    contents: dict[int, bytes] = field(default_factory=dict)
    decoders: dict[int, bytes] = field(default_factory=dict)


def coded_pictures(data: bytes) -> list[NalUnits]:
    """Every HEVC picture that the photo is put together from; none when it is coded otherwise.

    Raises:
        BadPictureError: the boxes contradict each other, or end early.
    """
    boxes = dict(_boxes(data))
    if b"meta" not in boxes:
        raise BadPictureError("the HEIF file describes no picture")
    meta = _meta(boxes[b"meta"], data)
    wanted = [meta.primary, *meta.parts.get(meta.primary, [])]
    try:
        return [
            (*_parameter_sets(meta.decoders[item]), *_slices(meta, item))
            for item in wanted
            if meta.kinds[item] == _HEVC
        ]
    except KeyError as missing:
        raise BadPictureError("a part of the HEIF picture is missing") from missing


def _boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    cursor = _Cursor(data)
    while not cursor.is_at_end():
        begun = cursor.at
        size, kind = cursor.number(4), cursor.take(4)
        if size == _LARGE:
            size = cursor.number(8)
        end = len(data) if size == _TO_THE_END else begun + size
        yield kind, cursor.take(end - cursor.at)


def _full(content: bytes) -> tuple[int, int, _Cursor]:
    """Version, flags and the rest of a box that has them."""
    cursor = _Cursor(content)
    return cursor.number(1), cursor.number(3), cursor


def _meta(content: bytes, data: bytes) -> _Meta:
    boxes = dict(_boxes(content[4:]))
    meta = _Meta()
    try:
        version, _, cursor = _full(boxes[b"pitm"])
        meta.primary = cursor.number(2 if version == 0 else 4)
        meta.kinds = dict(_kinds(boxes[b"iinf"]))
        meta.contents = dict(_contents(boxes[b"iloc"], (data, boxes.get(b"idat", b""))))
        meta.decoders = _decoders(dict(_boxes(boxes[b"iprp"])))
    except KeyError as missing:
        raise BadPictureError("the HEIF file does not describe its picture") from missing
    if b"iref" in boxes:
        meta.parts = dict(_parts(boxes[b"iref"]))
    return meta


def _kinds(content: bytes) -> Iterator[tuple[int, bytes]]:
    version, _, cursor = _full(content)
    cursor.number(2 if version == 0 else 4)
    for _, entry in _boxes(content[cursor.at :]):
        version, _, inner = _full(entry)
        item = inner.number(2 if version == 2 else 4)  # noqa: PLR2004 - versions 2 and 3 exist
        inner.number(2)
        yield item, inner.take(4)


def _parts(content: bytes) -> Iterator[tuple[int, list[int]]]:
    """Items that are derived from others, and from which."""
    version, _, cursor = _full(content)
    width = 2 if version == 0 else 4
    for kind, entry in _boxes(content[cursor.at :]):
        if kind == b"dimg":
            inner = _Cursor(entry)
            item = inner.number(width)
            yield item, [inner.number(width) for _ in range(inner.number(2))]


def _contents(content: bytes, sources: tuple[bytes, bytes]) -> Iterator[tuple[int, bytes]]:
    """Every item's bytes; `sources` are the file and the item data box."""
    version, _, cursor = _full(content)
    widths = cursor.number(2)
    offset, length, base, index = (widths >> shift & 15 for shift in (12, 8, 4, 0))
    is_new = version > 0
    long = version == 2  # noqa: PLR2004 - the version with wide numbers
    for _ in range(cursor.number(4 if long else 2)):
        item = cursor.number(4 if long else 2)
        method = cursor.number(2) & 15 if is_new else _IN_FILE
        cursor.number(2)
        start = cursor.number(base)
        pieces = []
        for _ in range(cursor.number(2)):
            cursor.number(index if is_new else 0)
            begin, size = start + cursor.number(offset), cursor.number(length)
            if method in (_IN_FILE, _IN_ITEM_DATA):
                pieces.append(_Cursor(sources[method], begin).take(size))
        yield item, b"".join(pieces)


def _decoders(boxes: dict[bytes, bytes]) -> dict[int, bytes]:
    """The decoder configuration of every HEVC item."""
    properties = list(_boxes(boxes[b"ipco"]))
    found = {}
    for item, index in _associations(boxes[b"ipma"]):
        if 0 < index <= len(properties) and properties[index - 1][0] == b"hvcC":
            found[item] = properties[index - 1][1]
    return found


def _associations(content: bytes) -> Iterator[tuple[int, int]]:
    """Pairs of an item and the number of one of its properties, from 1 on."""
    version, flags, cursor = _full(content)
    width = 2 if flags & _WIDE_INDEX else 1
    for _ in range(cursor.number(4)):
        item = cursor.number(2 if version == 0 else 4)
        for _ in range(cursor.number(1)):
            # The highest bit says whether a reader must understand the property.
            yield item, cursor.number(width) & ((1 << (8 * width - 1)) - 1)


def _parameter_sets(configuration: bytes) -> Iterator[bytes]:
    cursor = _Cursor(configuration, _LISTS_AT)
    for _ in range(cursor.number(1)):
        cursor.number(1)
        for _ in range(cursor.number(2)):
            yield cursor.take(cursor.number(2))


def _slices(meta: _Meta, item: int) -> Iterator[bytes]:
    width = (meta.decoders[item][_LENGTHS_AT] & 3) + 1
    cursor = _Cursor(meta.contents[item])
    while not cursor.is_at_end():
        yield cursor.take(cursor.number(width))
