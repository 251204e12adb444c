"""Alerts in SQL: a unique key makes telling twice harmless."""

from sqlalchemy import Connection, RowMapping, select

from casework.windows.alerts import Alert
from casework.windows.reminders import ReminderLevel
from casework.windows.window import WindowOwner
from storage.tables import alerts
from storage.upsert import insert_new

#: The newest so many are shown.
SHOWN = 200


class SqlAlertStore:
    """Implements `casework.ports.AlertStore`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, alert: Alert) -> bool:
        """Keep an alert; False when it was told already."""
        row = {
            "alert_id": alert.alert_id,
            "case_id": alert.case_id,
            "station": alert.station,
            "kind": alert.kind,
            "subject": alert.subject,
            "sequence": alert.sequence,
            "starts": alert.starts,
            "level": alert.level.value,
            "owner": alert.owner.value,
            "at": alert.at,
        }
        key = ("case_id", "kind", "subject", "sequence", "starts", "level")
        return insert_new(self._connection, alerts, row, key)

    def escalations(self, station: str) -> tuple[Alert, ...]:
        """Breaches of a station, newest first."""
        query = (
            select(alerts)
            .where(alerts.c.station == station)
            .where(alerts.c.level == ReminderLevel.ESCALATE.value)
            .order_by(alerts.c.at.desc(), alerts.c.alert_id)
            .limit(SHOWN)
        )
        return tuple(_alert(row) for row in self._connection.execute(query).mappings())


def _alert(found: RowMapping) -> Alert:
    return Alert(
        alert_id=found["alert_id"],
        case_id=found["case_id"],
        station=found["station"],
        kind=found["kind"],
        subject=found["subject"],
        sequence=found["sequence"],
        starts=found["starts"],
        level=ReminderLevel(found["level"]),
        owner=WindowOwner(found["owner"]),
        at=found["at"],
    )
