"""Cases and their entries in SQL."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import Connection, RowMapping, func, insert, select, tuple_, update

from casework.cases.case import Case, CaseState, Entry
from casework.errors import NotFoundError, StaleVersionError
from casework.ports import LineFilter, Page
from storage import cursors
from storage.counters import take
from storage.documents import DETAILS
from storage.sealing import Place, Sealer
from storage.tables import case_entries, cases


class SqlCaseStore:
    """Implements `casework.ports.CaseStore`."""

    def __init__(self, connection: Connection, sealer: Sealer) -> None:
        self._connection = connection
        self._sealer = sealer

    def add(self, case: Case) -> None:
        """Keep a new case."""
        self._connection.execute(insert(cases).values(_columns(case)))

    def get(self, case_id: str) -> Case:
        """The cover of a case."""
        row = (
            self._connection.execute(select(cases).where(cases.c.case_id == case_id))
            .mappings()
            .first()
        )
        if row is None:
            raise NotFoundError("没有这个个案，请核对编号。")
        return case_of(row)

    def covers(self, case_ids: Collection[str]) -> Mapping[str, Case]:
        """The covers of several cases by id."""
        query = select(cases).where(cases.c.case_id.in_(case_ids))
        found = self._connection.execute(query).mappings()
        return {row["case_id"]: case_of(row) for row in found}

    def save(self, case: Case, *, read_version: int) -> None:
        """Replace the cover if nobody was faster."""
        done = self._connection.execute(
            update(cases)
            .where(cases.c.case_id == case.case_id, cases.c.version == read_version)
            .values(_columns(case))
        )
        if done.rowcount != 1:
            raise StaleVersionError("这个个案刚被别人更新过，请刷新后再试。")

    def next_number(self, station: str, year: int) -> str:
        """The station's next free number of a year."""
        return f"{year}-{take(self._connection, f'case:{station}:{year}'):04d}"

    def open_since(self, station: str, before: datetime, limit: int) -> tuple[Case, ...]:
        """Open cases of a station that were opened before some moment, oldest first."""
        query = (
            select(cases)
            .where(cases.c.station == station, cases.c.state == CaseState.OPEN.value)
            .where(cases.c.opened_at < before)
            .order_by(cases.c.opened_at, cases.c.case_id)
            .limit(limit)
        )
        return tuple(case_of(row) for row in self._connection.execute(query).mappings())

    def kind_counts(self, station: str, since: datetime, until: datetime) -> Mapping[str, int]:
        """How many cases have a line of each kind in a period."""
        lines = case_entries.c
        query = (
            select(lines.kind, func.count(lines.case_id.distinct()).label("n"))
            .join(cases, cases.c.case_id == lines.case_id)
            .where(cases.c.station == station)
            .where(lines.happened_at >= since, lines.happened_at < until)
            .group_by(lines.kind)
        )
        return {row.kind: row.n for row in self._connection.execute(query)}

    def append(self, entry: Entry) -> None:
        """Add one sealed line to a file."""
        place = Place("case_entries", entry.entry_id, "details")
        position = select(func.coalesce(func.max(case_entries.c.position), 0) + 1).where(
            case_entries.c.case_id == entry.case_id
        )
        self._connection.execute(
            insert(case_entries).values(
                entry_id=entry.entry_id,
                case_id=entry.case_id,
                position=position.scalar_subquery(),
                happened_at=entry.happened_at,
                recorded_at=entry.recorded_at,
                recorded_by=entry.recorded_by,
                kind=entry.details.kind,
                details=self._sealer.seal(DETAILS.dump(entry.details), place),
            )
        )

    def entries(self, case_id: str) -> tuple[Entry, ...]:
        """The whole history in the order it was recorded."""
        found = self._connection.execute(
            select(case_entries)
            .where(case_entries.c.case_id == case_id)
            .order_by(case_entries.c.position)
        )
        return tuple(self._entry(row) for row in found.mappings())

    def lines(self, wanted: LineFilter) -> tuple[Entry, ...]:
        """Lines of some kinds in the order they were recorded."""
        columns = case_entries.c
        query = (
            select(case_entries)
            .where(columns.kind.in_(sorted(wanted.kinds)))
            .order_by(columns.recorded_at, columns.case_id, columns.position)
        )
        if wanted.case_id is not None:
            query = query.where(columns.case_id == wanted.case_id)
        if wanted.station is not None:
            query = query.join(cases, cases.c.case_id == columns.case_id)
            query = query.where(cases.c.station == wanted.station)
        if wanted.since is not None:
            query = query.where(columns.recorded_at >= wanted.since)
        return tuple(self._entry(row) for row in self._connection.execute(query).mappings())

    def page(
        self, *, station: str | None, state: CaseState | None, cursor: str | None, limit: int
    ) -> Page[Case]:
        """Cases, newest first."""
        query = select(cases).order_by(cases.c.opened_at.desc(), cases.c.case_id.desc())
        if station is not None:
            query = query.where(cases.c.station == station)
        if state is not None:
            query = query.where(cases.c.state == state.value)
        if cursor is not None:
            after = cursors.decode(cursor, (datetime, str))
            query = query.where(tuple_(cases.c.opened_at, cases.c.case_id) < after)
        found = [
            case_of(row) for row in self._connection.execute(query.limit(limit + 1)).mappings()
        ]
        more = len(found) > limit
        last = found[limit - 1] if more else None
        return Page(
            items=tuple(found[:limit]),
            next_cursor=cursors.encode((last.opened_at, last.case_id)) if last else None,
        )

    def _entry(self, found: RowMapping) -> Entry:
        place = Place("case_entries", found["entry_id"], "details")
        return Entry(
            entry_id=found["entry_id"],
            case_id=found["case_id"],
            happened_at=found["happened_at"],
            recorded_at=found["recorded_at"],
            recorded_by=found["recorded_by"],
            details=DETAILS.load(self._sealer.open(found["details"], place)),
        )


def _columns(case: Case) -> dict[str, object]:
    return {
        "case_id": case.case_id,
        "number": case.number,
        "station": case.station,
        "opened_at": case.opened_at,
        "state": case.state.value,
        "version": case.version,
        "assignee": case.assignee,
    }


def case_of(found: RowMapping) -> Case:
    """The cover in a row."""
    return Case(
        case_id=found["case_id"],
        number=found["number"],
        station=found["station"],
        opened_at=found["opened_at"],
        state=CaseState(found["state"]),
        version=found["version"],
        assignee=found["assignee"],
    )
