"""Insert or replace in one statement, so that two writers of one row cannot trip each other."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert_new(
    connection: Connection, table: Table, row: Mapping[str, object], key: Sequence[str]
) -> bool:
    """Write `row` unless one of the same unique `key` is there; whether it was written."""
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    fresh = insert(table).values(**row).on_conflict_do_nothing(index_elements=key)
    return connection.execute(fresh.returning(*table.primary_key)).first() is not None


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
