"""Windows in SQL: rows with due times, rewritten as a whole when a case is planned again."""

from collections.abc import Sequence

from sqlalchemy import Connection, delete, insert, select

from casework.windows import Window
from storage import tables
from storage.documents import WINDOW
from storage.sealing import Place, Sealer


class SqlWindowStore:
    """Implements `casework.ports.WindowStore`."""

    def __init__(self, connection: Connection, sealer: Sealer) -> None:
        self._connection = connection
        self._sealer = sealer

    def replace(self, case_id: str, windows: Sequence[Window]) -> None:
        """Store the windows of a case as planned now."""
        self._connection.execute(delete(tables.windows).where(tables.windows.c.case_id == case_id))
        rows = [self._row(case_id, position, each) for position, each in enumerate(windows)]
        if rows:
            self._connection.execute(insert(tables.windows), rows)

    def of_case(self, case_id: str) -> tuple[Window, ...]:
        """The stored windows of a case by start; those that wait for theirs come last."""
        columns = tables.windows.c
        query = (
            select(columns.position, columns.document)
            .where(columns.case_id == case_id)
            .order_by(columns.starts.nulls_last(), columns.position)
        )
        return tuple(
            WINDOW.load(self._sealer.open(row.document, _place(case_id, row.position)))
            for row in self._connection.execute(query)
        )

    def _row(self, case_id: str, position: int, window: Window) -> dict[str, object]:
        return {
            "case_id": case_id,
            "position": position,
            "kind": window.kind,
            "owner": window.owner.value,
            "state": window.state.value,
            "starts": window.starts,
            "due": window.due,
            "next_look": window.next_look,
            "document": self._sealer.seal(WINDOW.dump(window), _place(case_id, position)),
        }


def _place(case_id: str, position: int) -> Place:
    return Place("windows", f"{case_id}:{position}", "document")
