"""A JPEG of 80 kilobytes that is valid to the last bit and keeps a decoder busy for a long time.

Progressive JPEG refines a picture scan by scan. Here each of 63 frequencies is refined in fourteen
steps, every step a pass over 24 megapixels that changes nothing.
"""

import struct
from typing import Final

SIDE: Final = 4900
_BLOCKS: Final = ((SIDE + 7) // 8) ** 2
#: A run of 16,384 blocks without news takes fifteen zero bits: the code, and its fourteen bits.
_RUN, _RUN_BITS = 1 << 14, 15


def slow_jpeg() -> bytes:
    """One grey picture in 883 scans."""
    return b"".join(
        [
            b"\xff\xd8",
            _segment(0xDB, b"\0" + b"\1" * 64),
            _segment(0xC2, struct.pack(">BHHB", 8, SIDE, SIDE, 1) + b"\1\x11\0"),
            # One code of one bit each: "no change of brightness", and "a long run of nothing".
            _segment(0xC4, b"\x00" + b"\1" + b"\0" * 15 + b"\x00"),
            _segment(0xC4, b"\x10" + b"\1" + b"\0" * 15 + b"\xe0"),
            _scan(0, 0, 0, _BLOCKS),
            *(
                _scan(frequency, 0 if step == 13 else step + 1, step, _runs())
                for step in range(13, -1, -1)
                for frequency in range(1, 64)
            ),
            b"\xff\xd9",
        ]
    )


def _runs() -> int:
    return -(-_BLOCKS // _RUN) * _RUN_BITS


def _scan(frequency: int, high: int, low: int, bits: int) -> bytes:
    header = b"\1\1\0" + bytes([frequency, frequency, high << 4 | low])
    return _segment(0xDA, header) + b"\0" * (-(-bits // 8))


def _segment(marker: int, content: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(content) + 2) + content
