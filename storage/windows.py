"""Windows in SQL: rows with due times, rewritten as a whole when a case is planned again."""

from collections.abc import Sequence

from sqlalchemy import Connection, delete, insert, select

from casework.windows import Window
from storage.documents import WINDOW
from storage.tables import windows


class SqlWindowStore:
    """Implements `casework.ports.WindowStore`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def replace(self, case_id: str, planned: Sequence[Window]) -> None:
        """Store the windows of a case as planned now."""
        self._connection.execute(delete(windows).where(windows.c.case_id == case_id))
        rows = [_columns(case_id, position, each) for position, each in enumerate(planned)]
        if rows:
            self._connection.execute(insert(windows), rows)

    def of_case(self, case_id: str) -> tuple[Window, ...]:
        """The stored windows of a case as they were planned."""
        query = (
            select(windows.c.document)
            .where(windows.c.case_id == case_id)
            .order_by(windows.c.position)
        )
        return tuple(WINDOW.load(each) for each in self._connection.execute(query).scalars())


def _columns(case_id: str, position: int, window: Window) -> dict[str, object]:
    return {
        "case_id": case_id,
        "position": position,
        "kind": window.kind,
        "owner": window.owner.value,
        "state": window.state.value,
        "starts": window.starts,
        "due": window.due,
        "next_look": window.next_look,
        "document": WINDOW.dump(window).decode(),
    }
