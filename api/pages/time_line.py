"""The time line of a file: what happened, when, who wrote it down. Kinds only; words stay inside."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from casework.cases.case import Entry
from matching.tables import toml_table


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
    groups = toml_table("api.pages", "line_words.toml").values()
    return {kind: words for group in groups for kind, words in group.items()}


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
