"""Batches: one JSON object a line in, one answer a line out, in order; a bad line is answered too."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from time import perf_counter
from typing import Any, Final

from casework.errors import BadInputError
from cli.files import read_text
from cli.output import progress

#: Names and places are short; a longer text is cut by the search itself.
_LONGEST_LINE: Final = 1_000_000
Row = Mapping[str, Any]


def answer_batch(source: Path, target: Path, answer: Callable[[Row], dict[str, object]]) -> None:
    """Answer every line of `source` into `target`, with the milliseconds each took.

    Raises:
        BadInputError: a file cannot be read or written.
    """
    lines = [line for line in read_text(source).splitlines() if line.strip()]
    with progress() as bar:
        rows = [
            _answered(line, answer) for line in bar.track(lines, description="检索 · searching")
        ]
    _write(target, rows)


def _answered(line: str, answer: Callable[[Row], dict[str, object]]) -> dict[str, object]:
    try:
        row = object_with("heard", line[:_LONGEST_LINE])
    except ValueError:
        return {
            "id": None,
            "ms": 0.0,
            "candidates": [],
            "error": "这一行不是含 heard 的 JSON 对象。",
        }
    started = perf_counter()
    found = answer(row)
    return {"id": row.get("id"), "ms": round((perf_counter() - started) * 1000, 3), **found}


def object_with(field: str, line: str) -> Row:
    """The JSON object of a line, with a text in `field`.

    Raises:
        ValueError: the line is no JSON, nests too deep, is no object, `field` is no text, or half a
            character (a lone surrogate) stands somewhere, which nothing could print again.
    """
    try:
        row = json.loads(line)
        json.dumps(row, ensure_ascii=False).encode()
    except RecursionError as error:
        raise ValueError from error
    if not isinstance(row, dict) or not isinstance(row.get(field), str):
        raise ValueError  # noqa: TRY004 - the same answer as for no JSON at all
    return row


def _write(target: Path, rows: Iterable[dict[str, object]]) -> None:
    try:
        target.write_text("".join(_lines(rows)), encoding="utf-8")
    except OSError as error:
        raise BadInputError("结果文件写不进去，请换一个位置。") from error


def _lines(rows: Iterable[dict[str, object]]) -> Iterator[str]:
    return (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
