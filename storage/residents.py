"""What each file says of its person, in SQL: one sealed document each."""

from collections.abc import Iterator

from sqlalchemy import Connection, or_, select

from casework.alike.ports import KnownResident
from casework.cases.case import Case
from matching.model import Probe
from storage.cases import case_of
from storage.counters import current, take
from storage.documents import PROBE
from storage.numbered_rows import BATCH
from storage.sealing import Place, Sealer
from storage.tables import cases, resident_facts
from storage.upsert import upsert

_REVISIONS = "residents"
_F = resident_facts.c


class SqlResidentStore:
    """Implements `casework.alike.ports.ResidentStore`."""

    def __init__(self, connection: Connection, sealer: Sealer) -> None:
        self._connection = connection
        self._sealer = sealer

    def stale(self, limit: int) -> tuple[Case, ...]:
        """Covers of files that were never read or have grown since."""
        query = (
            select(cases)
            .outerjoin(resident_facts, _F.case_id == cases.c.case_id)
            .where(or_(_F.case_id.is_(None), _F.case_version != cases.c.version))
            .order_by(cases.c.opened_at, cases.c.case_id)
            .limit(limit)
        )
        return tuple(case_of(row) for row in self._connection.execute(query).mappings())

    def keep(self, case: Case, probe: Probe | None) -> None:
        """Keep what the file says at this version of it."""
        row = {
            "case_id": case.case_id,
            "case_version": case.version,
            "revision": take(self._connection, _REVISIONS),
            "document": self._sealer.seal(PROBE.dump(probe), _place(case.case_id)),
        }
        upsert(self._connection, resident_facts, row)

    def changed_since(self, revision: int) -> Iterator[KnownResident]:
        """Residents with a greater revision, streamed."""
        query = select(resident_facts).where(_F.revision > revision).order_by(_F.revision)
        found = self._connection.execute(query, execution_options={"yield_per": BATCH})
        for row in found.mappings():
            plain = self._sealer.open(row["document"], _place(row["case_id"]))
            yield KnownResident(case_id=row["case_id"], probe=PROBE.load(plain))

    def revision(self) -> int:
        """The greatest revision given so far."""
        return current(self._connection, _REVISIONS)


def _place(case_id: str) -> Place:
    return Place("resident_facts", case_id, "document")
