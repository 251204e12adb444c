"""Bulk inserts whose rows get running revision numbers, in statements of a bearable size."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import Connection, Table, insert

from storage.counters import take

#: Rows per statement, and rows fetched at a time when streaming.
BATCH: Final = 2000


def insert_numbered(
    connection: Connection,
    table: Table,
    counter: str,
    rows: Sequence[dict[str, object]],
    columns: Sequence[str] = ("revision",),
) -> int:
    """Insert rows, giving each the next number of `counter` in these columns; returns how many."""
    if not rows:
        return 0
    first = take(connection, counter, len(rows)) - len(rows) + 1
    numbered = [{**row, **dict.fromkeys(columns, first + index)} for index, row in enumerate(rows)]
    for start in range(0, len(numbered), BATCH):
        connection.execute(insert(table), numbered[start : start + BATCH])
    return len(rows)
