"""Insert or replace in one statement, so that two writers of one row cannot trip each other."""

from collections.abc import Mapping

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def upsert(connection: Connection, table: Table, row: Mapping[str, object]) -> None:
    """Write `row`, replacing the one with the same primary key."""
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    key = [column.name for column in table.primary_key]
    rest = {name: value for name, value in row.items() if name not in key}
    statement = insert(table).values(**row)
    connection.execute(statement.on_conflict_do_update(index_elements=key, set_=rest))
