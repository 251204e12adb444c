"""Insert or replace in one statement, so that two writers of one row cannot trip each other."""

from collections.abc import Mapping

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def upsert(
    connection: Connection, table: Table, row: Mapping[str, object], *, rising: str | None = None
) -> bool:
    """Write `row`, replacing the one with the same primary key.

    With `rising`, a column, only a row with a smaller value there is replaced: False when it is not.
    """
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    key = [column.name for column in table.primary_key]
    rest = {name: value for name, value in row.items() if name not in key}
    statement = insert(table).values(**row)
    is_newer = None if rising is None else table.c[rising] < statement.excluded[rising]
    replacing = statement.on_conflict_do_update(index_elements=key, set_=rest, where=is_newer)
    written = connection.execute(replacing.returning(*table.primary_key))
    return written.first() is not None
