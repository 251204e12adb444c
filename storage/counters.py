"""Running numbers that grow inside the transaction that uses them."""

from sqlalchemy import Connection, select
from sqlalchemy.dialects import postgresql, sqlite

from storage.tables import counters


def take(connection: Connection, name: str, amount: int = 1) -> int:
    """Raise a counter by `amount` and return its new value; concurrent takers wait in line."""
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    raised = (
        insert(counters)
        .values(name=name, value=amount)
        .on_conflict_do_update(index_elements=["name"], set_={"value": counters.c.value + amount})
        .returning(counters.c.value)
    )
    return int(connection.execute(raised).scalar_one())


def current(connection: Connection, name: str) -> int:
    """The last value taken; 0 when there was none."""
    found = connection.execute(select(counters.c.value).where(counters.c.name == name)).scalar()
    return int(found or 0)
