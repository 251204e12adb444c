"""Draw the reliability of top leads from the frozen results.

    python -m benchmarks.population.plot

Each group of leads is a circle: across what was said of them, up how many were right. Circles on the line are
calibrated.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

_ROOT: Final = Path(__file__).parents[2]
RESULTS: Final = _ROOT / "benchmarks" / "results" / "population.json"
OUT: Final = _ROOT / "docs" / "images" / "population-reliability.svg"
_SIDE, _MARGIN = 320, 48
_GROUP: Final = re.compile(r"首位线索第 \d+ 组（(\d+) 条）所说的概率")

Point = tuple[int, float, float]


def main() -> None:
    """Write the picture."""
    report = json.loads(RESULTS.read_text(encoding="utf-8"))
    OUT.write_text(drawing(points(report["rows"])), encoding="utf-8")


def points(rows: Iterable[Mapping[str, Any]]) -> list[Point]:
    """`leads, said, true` of each group of the report."""
    found = ((row, _GROUP.fullmatch(row["metric"])) for row in rows)
    return [(int(hit[1]), row["ours"], row["peer"]) for row, hit in found if hit]


def drawing(groups: Iterable[Point]) -> str:
    """The whole SVG."""
    whole = _SIDE + 2 * _MARGIN
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {whole} {whole}" font-size="12">',
        "<title>首位线索：所说的概率与实际</title>",
        f'<rect width="{whole}" height="{whole}" fill="#fff"/>',
        *_axes(),
        *(_circle(*each) for each in groups),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _axes() -> Iterator[str]:
    yield _line((0, 0), (1, 1), "#999", "4 4")
    yield _line((0, 0), (1, 0), "#333")
    yield _line((0, 0), (0, 1), "#333")
    for tenth in range(0, 11, 2):
        at = tenth / 10
        x, y = _place(at, 0)
        yield f'<text x="{x}" y="{y + 18}" text-anchor="middle">{at:g}</text>'
        x, y = _place(0, at)
        yield f'<text x="{x - 8}" y="{y + 4}" text-anchor="end">{at:g}</text>'
    x, y = _place(0.5, 0)
    yield f'<text x="{x}" y="{y + 38}" text-anchor="middle">所说的概率</text>'
    x, y = _place(0, 1)
    yield f'<text x="{x - 8}" y="{y - 14}">实际是同一人的比例</text>'


def _circle(leads: int, said: float, true: float) -> str:
    x, y = _place(said, true)
    words = f"{leads} 条：所说 {said:.3f}，实际 {true:.3f}"
    return (
        f'<circle cx="{x}" cy="{y}" r="5" fill="#0b6" fill-opacity=".7" stroke="#064">'
        f"<title>{words}</title></circle>"
    )


def _line(start: tuple[float, float], end: tuple[float, float], colour: str, dash: str = "") -> str:
    (x1, y1), (x2, y2) = _place(*start), _place(*end)
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="{colour}"{dashes}/>'


def _place(across: float, up: float) -> tuple[float, float]:
    return round(_MARGIN + float(across) * _SIDE, 1), round(_MARGIN + (1.0 - up) * _SIDE, 1)


if __name__ == "__main__":
    main()
