"""The benchmarks by name, and how a report is made and printed."""

import os
import platform
from collections.abc import Callable, Mapping
from typing import Any, Final

from benchmarks import (
    clues,
    demo,
    dialect,
    evidence,
    face,
    face_order,
    gallery,
    pages,
    rematch,
    text,
    workers,
)
from benchmarks.population import report as population

Row = dict[str, Any]
#: Name -> the function that measures it; each row has metric, unit, ours, peer, peer_name, ratio.
BENCHMARKS: Final[Mapping[str, Callable[[], list[Row]]]] = {
    "clues": clues.rows,
    "demo": demo.rows,
    "dialect": dialect.rows,
    "evidence": evidence.rows,
    "face": face.rows,
    "face-order": face_order.rows,
    "gallery": gallery.rows,
    "pages": pages.rows,
    "population": population.rows,
    "rematch": rematch.rows,
    "text": text.rows,
    "workers": workers.rows,
}
#: Those that can be asked for another size than their usual one.
SIZED: Final[Mapping[str, Callable[[int], list[Row]]]] = {
    "evidence": evidence.rows,
    "population": population.rows,
    "rematch": rematch.rows,
}


def run(name: str, size: int | None = None) -> dict[str, Any]:
    """Measure one benchmark on this machine; `size` for those of `SIZED`."""
    rows = BENCHMARKS[name]() if size is None else SIZED[name](size)
    return {"bench": name, "machine": machine(), "rows": rows}


def machine() -> str:
    """What the figures were measured on."""
    return f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"


def table(report: Mapping[str, Any]) -> str:
    """A report as lines for a person."""
    lines = [f"{report['bench']}（{report['machine']}）"]
    for row in report["rows"]:
        peer = f"，{row['peer_name']} {row['peer']:.4g}" if row["peer"] is not None else ""
        ratio = f"，{row['ratio']:.3g} 倍" if row["ratio"] is not None else ""
        lines.append(f"  {row['metric']}：{row['ours']:.4g} {row['unit']}{peer}{ratio}")
    return "\n".join(lines)
