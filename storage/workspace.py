"""Facts about the data folder as a whole, in SQL."""

from sqlalchemy import Connection, delete, insert, select

from storage.tables import workspace


class SqlWorkspace:
    """Implements `casework.ports.Workspace`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, key: str) -> str | None:
        """The value of a key."""
        return self._connection.execute(
            select(workspace.c.value).where(workspace.c.key == key)
        ).scalar()

    def set(self, key: str, value: str) -> None:
        """Set a key."""
        self._connection.execute(delete(workspace).where(workspace.c.key == key))
        self._connection.execute(insert(workspace).values(key=key, value=value))
