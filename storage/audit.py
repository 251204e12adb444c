"""The trail in SQL: numbered without gaps, each line bound to the one before it."""

import hmac
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from sqlalchemy import Connection, RowMapping, insert, select, text

from casework.accounts.audit import AuditEntry, ChainedEntry
from storage.documents import CODES
from storage.moments import microseconds
from storage.tables import audit

#: What the first line is bound to.
GENESIS: Final = "0" * 64
#: PostgreSQL advisory lock that makes writers of the trail wait in line (any constant will do).
_TRAIL_LOCK: Final = 0x6775_6974


class SqlAuditLog:
    """Implements `casework.ports.AuditLog`."""

    def __init__(self, connection: Connection, key: bytes) -> None:
        self._connection = connection
        self._key = key

    def append(self, entry: AuditEntry) -> None:
        """Chain one line inside the deed's own transaction."""
        if self._connection.dialect.name == "postgresql":
            lock = text("SELECT pg_advisory_xact_lock(:lock)")
            self._connection.execute(lock, {"lock": _TRAIL_LOCK})
        last = (
            self._connection.execute(
                select(audit.c.sequence, audit.c.mac).order_by(audit.c.sequence.desc()).limit(1)
            )
            .mappings()
            .first()
        )
        sequence, before = (last["sequence"] + 1, last["mac"]) if last else (1, GENESIS)
        self._connection.execute(
            insert(audit).values(
                sequence=sequence,
                at=entry.at,
                actor=entry.actor,
                action=entry.action,
                subject=entry.subject,
                extra=CODES.dump(dict(sorted(entry.extra.items()))).decode(),
                mac=link(self._key, before, sequence, entry),
            )
        )

    def rows(self) -> Iterator[ChainedEntry]:
        """The whole trail in order, streamed."""
        query = select(audit).order_by(audit.c.sequence)
        found = self._connection.execute(query, execution_options={"yield_per": 1000})
        for row in found.mappings():
            yield _chained(row)


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditReport:
    """Whether the trail is whole."""

    rows: int
    #: Sequence number of the first line that does not fit; None when all do.
    first_broken: int | None


def verify(rows: Iterable[ChainedEntry], key: bytes) -> AuditReport:
    """Check numbers and links. A cut tail shows only against an anchor kept elsewhere."""
    before, count = GENESIS, 0
    for row in rows:
        count += 1
        expected = link(key, before, count, row.entry)
        if row.sequence != count or not hmac.compare_digest(expected, row.mac):
            return AuditReport(rows=count, first_broken=row.sequence)
        before = row.mac
    return AuditReport(rows=count, first_broken=None)


def link(key: bytes, before: str, sequence: int, entry: AuditEntry) -> str:
    """HMAC-SHA-256 over the previous link and this line, hex."""
    line = [
        before,
        sequence,
        microseconds(entry.at),
        entry.actor,
        entry.action,
        entry.subject,
        sorted(entry.extra.items()),
    ]
    message = json.dumps(line, ensure_ascii=True, separators=(",", ":")).encode()
    return hmac.new(key, message, sha256).hexdigest()


def _chained(found: RowMapping) -> ChainedEntry:
    entry = AuditEntry(
        at=found["at"],
        actor=found["actor"],
        action=found["action"],
        subject=found["subject"],
        extra=CODES.load(found["extra"]),
    )
    return ChainedEntry(sequence=found["sequence"], entry=entry, mac=found["mac"])
