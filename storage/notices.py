"""Notices in SQL: a unique key makes telling twice harmless."""

from typing import Any

from sqlalchemy import Connection, Row, select, update

from casework.jobs.notice import Notice, NoticeKind
from storage.tables import notices
from storage.upsert import insert_new


class SqlNoticeStore:
    """Implements `casework.jobs.ports.NoticeStore`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, notice: Notice) -> bool:
        """Keep a notice; False when it was told already."""
        row = {
            "notice_id": notice.notice_id,
            "station": notice.station,
            "kind": notice.kind.value,
            "subject": notice.subject,
            "at": notice.at,
        }
        return insert_new(self._connection, notices, row, ("station", "kind", "subject"))

    def unseen(self, station: str, limit: int) -> tuple[Notice, ...]:
        """What nobody at the station has put away, newest first."""
        query = (
            select(notices)
            .where(notices.c.seen_by.is_(None), notices.c.station.in_((station, "")))
            .order_by(notices.c.at.desc(), notices.c.notice_id)
            .limit(limit)
        )
        return tuple(_notice(row) for row in self._connection.execute(query))

    def see(self, notice_id: str, station: str, user_id: str) -> bool:
        """Put a notice away."""
        mine = update(notices).where(
            notices.c.notice_id == notice_id,
            notices.c.station.in_((station, "")),
            notices.c.seen_by.is_(None),
        )
        return self._connection.execute(mine.values(seen_by=user_id)).rowcount == 1


def _notice(row: Row[*tuple[Any, ...]]) -> Notice:
    return Notice(
        notice_id=row.notice_id,
        station=row.station,
        kind=NoticeKind(row.kind),
        subject=row.subject,
        at=row.at,
        seen_by=row.seen_by,
    )
