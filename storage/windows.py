"""Windows in SQL: rows with due times, rewritten as a whole when a case is planned again."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, RowMapping, Select, delete, func, insert, select, update
from typing_extensions import TypeVarTuple

from casework.windows.ports import DueFilter, DueWindow, WindowCount
from casework.windows.window import Window, WindowOwner, WindowState
from storage import tables
from storage.documents import WINDOW
from storage.sealing import Place, Sealer
from storage.upsert import upsert

#: A sweeper that has not finished a case by then is taken for dead.
LEASE: Final = timedelta(minutes=1)
Columns = TypeVarTuple("Columns")
#: What somebody still has to do.
RUNNING: Final = (WindowState.OPEN, WindowState.DUE_SOON, WindowState.BREACHED)


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
        self._set_look(case_id, min((w.next_look for w in windows if w.next_look), default=None))

    def _set_look(self, case_id: str, next_look: datetime | None) -> None:
        if next_look is None:
            self._connection.execute(delete(tables.looks).where(tables.looks.c.case_id == case_id))
        else:
            row = {"case_id": case_id, "next_look": next_look}
            upsert(self._connection, tables.looks, row)

    def look_by(self, case_id: str, at: datetime) -> None:
        """Have the clock look at a case no later than `at`."""
        looks = tables.looks.c
        query = select(looks.next_look).where(looks.case_id == case_id)
        planned = self._connection.execute(query).scalar_one_or_none()
        self._set_look(case_id, at if planned is None else min(at, planned))

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

    def due(self, wanted: DueFilter) -> tuple[DueWindow, ...]:
        """Running windows as last planned, nearest due first."""
        found = self._connection.execute(_due_query(wanted)).mappings()
        return tuple(self._due_window(row) for row in found)

    def count_due(self, wanted: DueFilter, before: Sequence[datetime]) -> tuple[int, ...]:
        """How many running windows are due before each of these moments."""
        due = tables.windows.c.due
        query = _narrowed(
            select(*(func.count().filter(due < moment) for moment in before))
            .select_from(tables.windows)
            .join(tables.cases, tables.cases.c.case_id == tables.windows.c.case_id),
            replace(wanted, before=max(before)),
        )
        return tuple(int(number) for number in self._connection.execute(query).one())

    def counts(self, wanted: DueFilter) -> tuple[WindowCount, ...]:
        """How many windows of each kind stand in each state."""
        windows = tables.windows.c
        columns = (windows.kind, windows.owner, windows.state)
        query = (
            _within(select(*columns, func.count().label("n")), wanted)
            .join(tables.cases, tables.cases.c.case_id == windows.case_id)
            .group_by(*columns)
            .order_by(*columns)
        )
        return tuple(
            WindowCount(
                kind=row.kind,
                owner=WindowOwner(row.owner),
                state=WindowState(row.state),
                count=row.n,
            )
            for row in self._connection.execute(query)
        )

    def claim_looks(self, now: datetime, limit: int) -> tuple[str, ...]:
        """Cases whose next look has come; each is claimed by whoever changes its row first."""
        looks = tables.looks
        query = (
            select(looks)
            .where(looks.c.next_look <= now)
            .order_by(looks.c.next_look, looks.c.case_id)
            .limit(limit)
        )
        found = self._connection.execute(query).mappings().all()
        return tuple(row["case_id"] for row in found if self._claim(row, now))

    def _claim(self, row: RowMapping, now: datetime) -> bool:
        looks = tables.looks
        won = self._connection.execute(
            update(looks)
            .where(looks.c.case_id == row["case_id"], looks.c.next_look == row["next_look"])
            .values(next_look=now + LEASE)
        )
        return won.rowcount == 1

    def _due_window(self, row: RowMapping) -> DueWindow:
        place = _place(row["case_id"], row["position"])
        return DueWindow(
            case_id=row["case_id"],
            case_number=row["number"],
            station=row["station"],
            window=WINDOW.load(self._sealer.open(row["document"], place)),
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
            "document": self._sealer.seal(WINDOW.dump(window), _place(case_id, position)),
        }


def _due_query(wanted: DueFilter) -> Select[tuple[object, ...]]:
    windows, cases = tables.windows.c, tables.cases.c
    query: Select[tuple[object, ...]] = (
        select(windows.case_id, windows.position, windows.document, cases.number, cases.station)
        .join(tables.cases, cases.case_id == windows.case_id)
        .order_by(windows.due, windows.case_id, windows.position)
        .limit(wanted.limit)
    )
    return _narrowed(query, wanted)


def _narrowed(query: Select[*Columns], wanted: DueFilter) -> Select[*Columns]:
    states = RUNNING if wanted.state is None else (wanted.state,)
    return _within(query.where(tables.windows.c.state.in_([each.value for each in states])), wanted)


def _within(query: Select[*Columns], wanted: DueFilter) -> Select[*Columns]:
    """All of the filter but the state."""
    windows, cases = tables.windows.c, tables.cases.c
    if wanted.station is not None:
        query = query.where(cases.station == wanted.station)
    if wanted.owner is not None:
        query = query.where(windows.owner == wanted.owner.value)
    if wanted.kind is not None:
        query = query.where(windows.kind == wanted.kind)
    if wanted.before is not None:
        query = query.where(windows.due < wanted.before)
    return query


def _place(case_id: str, position: int) -> Place:
    return Place("windows", f"{case_id}:{position}", "document")
