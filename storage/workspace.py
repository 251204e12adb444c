"""Facts about the data folder as a whole, in SQL."""

from sqlalchemy import Connection, select

from storage.tables import workspace
from storage.upsert import upsert


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
        upsert(self._connection, workspace, {"key": key, "value": value})
