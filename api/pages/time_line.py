"""The time line of a file: what happened, when, who wrote it down. Kinds only; words stay inside."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files

from casework.cases import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeLineRow:
    """One line of the file."""

    happened_at: datetime
    recorded_at: datetime
    words: str
    #: Display name of whoever wrote it; the program itself is 系统.
    by: str


@cache
def line_words() -> Mapping[str, str]:
    """Kind of line -> its Chinese name."""
    text = files("api.pages").joinpath("line_words.toml").read_text(encoding="utf-8")
    return {kind: words for group in tomllib.loads(text).values() for kind, words in group.items()}


def time_line(entries: Sequence[Entry], names: Mapping[str, str]) -> tuple[TimeLineRow, ...]:
    """The file, latest first; `names` are display names by user id."""
    rows = (
        TimeLineRow(
            happened_at=entry.happened_at,
            recorded_at=entry.recorded_at,
            words=line_words()[entry.details.kind],
            by=names.get(entry.recorded_by, "系统"),
        )
        for entry in entries
    )
    return tuple(sorted(rows, key=lambda row: (row.happened_at, row.recorded_at), reverse=True))
