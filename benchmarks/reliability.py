"""Draw the reliability of top leads and of guessed dialect groups from the frozen results.

    python -m benchmarks.reliability

Each group of answers is a circle: across what was said of them, up how many were right. Circles on the line are
calibrated.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

_ROOT: Final = Path(__file__).parents[1]
_SIDE, _MARGIN = 320, 48
_LEADS: Final = re.compile(r"首位线索第 \d+ 组（(\d+) 条）所说的概率")
_GUESSES: Final = re.compile(r"猜方言区，说 (\d+)% 的 (\d+) 次中猜对")
#: How many answers, said, true.
Point = tuple[int, float, float]
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One report of frozen results, and the picture of it."""

    name: str
    title: str
    #: What is counted, and what is right.
    answers: str
    right: str
    #: A row of the report -> its circle; None for other rows.
    point: Callable[[Row], Point | None]

    @property
    def results(self) -> Path:
        """The frozen report."""
        return _ROOT / "benchmarks" / "results" / f"{self.name}.json"

    @property
    def out(self) -> Path:
        """The picture."""
        return _ROOT / "docs" / "images" / f"{self.name}-reliability.svg"

    def points(self, rows: Iterable[Row]) -> list[Point]:
        """The circles of a report."""
        return [each for each in map(self.point, rows) if each]

    def drawing(self, groups: Iterable[Point]) -> str:
        """The whole SVG."""
        whole = _SIDE + 2 * _MARGIN
        lines = [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {whole} {whole}" font-size="12">',
            f"<title>{self.title}：所说的概率与实际</title>",
            f'<rect width="{whole}" height="{whole}" fill="#fff"/>',
            *_axes(self.right),
            *(_circle(self.answers, *each) for each in groups),
            "</svg>",
        ]
        return "\n".join(lines) + "\n"


def _of_leads(row: Row) -> Point | None:
    hit = _LEADS.fullmatch(row["metric"])
    return (int(hit[1]), row["ours"], row["peer"]) if hit else None


def _of_guesses(row: Row) -> Point | None:
    hit = _GUESSES.fullmatch(row["metric"])
    return (int(hit[2]), int(hit[1]) / 100, row["ours"]) if hit else None


LEADS: Final = Picture(
    name="population", title="首位线索", answers="条", right="实际是同一人的比例", point=_of_leads
)
GUESSES: Final = Picture(
    name="dialect", title="猜方言区", answers="次", right="猜对的比例", point=_of_guesses
)


def main() -> None:
    """Write the pictures."""
    for picture in (LEADS, GUESSES):
        report = json.loads(picture.results.read_text(encoding="utf-8"))
        picture.out.write_text(picture.drawing(picture.points(report["rows"])), encoding="utf-8")


def _axes(right: str) -> Iterator[str]:
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
    yield f'<text x="{x - 8}" y="{y - 14}">{right}</text>'


def _circle(answers: str, count: int, said: float, true: float) -> str:
    x, y = _place(said, true)
    words = f"{count} {answers}：所说 {said:.3f}，实际 {true:.3f}"
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
