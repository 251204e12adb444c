"""Geometry of the evidence waterfall: numbers for an SVG macro, no markup."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from matching.explain import Score, waterfall

#: User units of the drawing: labels at the left, a plot, values at the right.
LABEL_WIDTH: Final = 110
PLOT_WIDTH: Final = 520
VALUE_WIDTH: Final = 70
ROW_HEIGHT: Final = 22


class BarKind(StrEnum):
    """What a bar stands for, for the style sheet."""

    PRIOR = "prior"
    FOR = "for"
    AGAINST = "against"
    SUM = "sum"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One row of the drawing, in user units."""

    label: str
    bits: float
    kind: BarKind
    x: float
    y: float
    width: float
    #: Where the running total stands after this row.
    end: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """The whole waterfall."""

    bars: tuple[Bar, ...]
    width: int
    height: int
    #: Where zero bits stand.
    zero: float


def draw(score: Score) -> Drawing:
    """Lay out prior, every speaking piece of evidence, rivals and the sum, from top to bottom."""
    rows = waterfall(score)
    stops = [0.0, *(row.running for row in rows)]
    low, high = min(stops), max(stops)
    scale = PLOT_WIDTH / ((high - low) or 1.0)

    def place(bits: float) -> float:
        return round(LABEL_WIDTH + (bits - low) * scale, 1)

    bars = [
        _bar(row.label, row.bits, _kind(index, row.bits), (place(start), place(row.running), index))
        for index, (row, start) in enumerate(zip(rows, stops, strict=False))
    ]
    total = stops[-1]
    bars.append(_bar("合计", total, BarKind.SUM, (place(0.0), place(total), len(rows))))
    return Drawing(
        bars=tuple(bars),
        width=LABEL_WIDTH + PLOT_WIDTH + VALUE_WIDTH,
        height=ROW_HEIGHT * len(bars),
        zero=place(0.0),
    )


def _kind(index: int, bits: float) -> BarKind:
    if index == 0:
        return BarKind.PRIOR
    return BarKind.AGAINST if bits < 0 else BarKind.FOR


def _bar(label: str, bits: float, kind: BarKind, at: tuple[float, float, int]) -> Bar:
    start, end, row = at
    return Bar(
        label=label,
        bits=bits,
        kind=kind,
        x=min(start, end),
        y=row * ROW_HEIGHT,
        width=max(abs(end - start), 1.5),
        end=end,
    )
