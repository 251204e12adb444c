"""Records of talks that a verb is given: a text file is one, a JSON Lines file one a line."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final

import typer

from casework.errors import BadInputError
from cli.files import read_text
from cli.json_lines import object_with

#: Files whose lines are `{id, text}`; any other is one record.
_LINES: Final = frozenset({".jsonl", ".ndjson"})


TranscriptFiles = Annotated[
    list[Path], typer.Argument(help="访谈记录：.txt，或每行一个 {id, text} 的 .jsonl · records")
]


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenTranscript:
    """One record and the name it goes by: the file's, or the `id` of its line."""

    id: str
    text: str


def read_transcripts(files: Iterable[Path]) -> tuple[GivenTranscript, ...]:
    """Every record in the files, in order.

    Raises:
        BadInputError: a file cannot be read, is not UTF-8, or a line is no `{id, text}`.
    """
    return tuple(each for file in files for each in _of_file(file))


def _of_file(file: Path) -> Iterator[GivenTranscript]:
    text = read_text(file)
    if file.suffix.lower() not in _LINES:
        yield GivenTranscript(id=file.stem, text=text)
        return
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield _of_line(line, number)


def _of_line(line: str, number: int) -> GivenTranscript:
    try:
        row = object_with("text", line)
    except ValueError as error:
        raise BadInputError(
            f"第 {number} 行不是含 id 和 text 的 JSON 对象，请每行写一个。"
        ) from error
    return GivenTranscript(id=str(row.get("id", number)), text=row["text"])
