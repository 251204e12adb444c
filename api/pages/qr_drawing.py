"""A text as a QR code, drawn on the server: pages run no script for it and send it nowhere."""

from dataclasses import dataclass
from typing import Final

import segno

#: Light modules around the code (ISO/IEC 18004).
QUIET: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class QrDrawing:
    """The dark modules as one SVG path on a square of `size` units."""

    size: int
    path: str


def draw_qr(text: str) -> QrDrawing:
    """The smallest code that holds `text` and survives 15 % damage (level M)."""
    rows = tuple(segno.make_qr(text, error="m").matrix)
    runs = (
        f"M{QUIET + x} {QUIET + y}h1v1h-1z"
        for y, row in enumerate(rows)
        for x, module in enumerate(row)
        if module
    )
    return QrDrawing(size=len(rows) + 2 * QUIET, path="".join(runs))
