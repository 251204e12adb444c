"""Missing-person records in SQL: one sealed document each."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from sqlalchemy import Connection, RowMapping, func, select, update

from casework.errors import NotFoundError
from casework.records.record import MissingRecord
from storage import tables
from storage.counters import current, take
from storage.documents import RECORD, RecordDocument
from storage.numbered_rows import BATCH, insert_numbered
from storage.sealing import Place, SealedBytes, Sealer

_REVISIONS = "records"


class SqlRecordStore:
    """Implements `casework.ports.RecordStore`."""

    def __init__(self, connection: Connection, sealer: Sealer) -> None:
        self._connection = connection
        self._sealer = sealer

    def upsert(self, record: MissingRecord) -> bool:
        """Keep or replace by source and number; True when it was new."""
        known = self.find(record.source, record.source_number)
        if known is None:
            return bool(self.add_many([record]))
        renewed = replace(record, record_id=known.record_id, revision=known.revision)
        if renewed != known:
            self._connection.execute(
                update(tables.records)
                .where(tables.records.c.record_id == known.record_id)
                .values(revision=take(self._connection, _REVISIONS), document=self._seal(renewed))
            )
        return False

    def add_many(self, records: Iterable[MissingRecord]) -> int:
        """Keep new records in batches; returns how many."""
        rows = [self._row(record) for record in records]
        columns = ("revision", "first_revision")
        return insert_numbered(self._connection, tables.records, _REVISIONS, rows, columns)

    def get(self, record_id: str) -> MissingRecord:
        """One record."""
        row = (
            self._connection.execute(
                select(tables.records).where(tables.records.c.record_id == record_id)
            )
            .mappings()
            .first()
        )
        if row is None:
            raise NotFoundError("没有这条走失记录，请核对编号。")
        return self._record(row)

    def get_many(self, record_ids: Collection[str]) -> Mapping[str, MissingRecord]:
        """Several records by id."""
        query = select(tables.records).where(tables.records.c.record_id.in_(record_ids))
        found = self._connection.execute(query).mappings()
        return {row["record_id"]: self._record(row) for row in found}

    def find(self, source: str, source_number: str) -> MissingRecord | None:
        """The record of a source by its number there."""
        row = (
            self._connection.execute(
                select(tables.records).where(
                    tables.records.c.source == source,
                    tables.records.c.source_number == source_number,
                )
            )
            .mappings()
            .first()
        )
        return None if row is None else self._record(row)

    def changed_since(self, revision: int) -> Iterator[MissingRecord]:
        """Records with a greater revision, streamed."""
        query = (
            select(tables.records)
            .where(tables.records.c.revision > revision)
            .order_by(tables.records.c.revision)
        )
        found = self._connection.execute(query, execution_options={"yield_per": BATCH})
        for row in found.mappings():
            yield self._record(row)

    def changed_ids(self, revision: int) -> frozenset[str]:
        """Ids of the records with a greater revision."""
        query = select(tables.records.c.record_id).where(tables.records.c.revision > revision)
        return frozenset(self._connection.execute(query).scalars())

    def new_ids(self, revision: int) -> frozenset[str]:
        """Ids of the records that were not there yet at a revision."""
        is_new = tables.records.c.first_revision > revision
        return frozenset(
            self._connection.execute(select(tables.records.c.record_id).where(is_new)).scalars()
        )

    def revision(self) -> int:
        """The greatest revision given so far."""
        return current(self._connection, _REVISIONS)

    def count(self) -> int:
        """How many records there are."""
        return int(
            self._connection.execute(select(func.count()).select_from(tables.records)).scalar_one()
        )

    def _row(self, record: MissingRecord) -> dict[str, object]:
        return {
            "record_id": record.record_id,
            "source": record.source,
            "source_number": record.source_number,
            "document": self._seal(record),
        }

    def _seal(self, record: MissingRecord) -> SealedBytes:
        document = RecordDocument(
            facts=record.facts,
            missing_since=record.missing_since,
            missing_place=record.missing_place,
            id_number=record.id_number,
            contact_phone=record.contact_phone,
            photo_ids=record.photo_ids,
        )
        return self._sealer.seal(RECORD.dump(document), _place(record.record_id))

    def _record(self, found: RowMapping) -> MissingRecord:
        plain = self._sealer.open(found["document"], _place(found["record_id"]))
        document = RECORD.load(plain)
        return MissingRecord(
            record_id=found["record_id"],
            source=found["source"],
            source_number=found["source_number"],
            revision=found["revision"],
            facts=document.facts,
            missing_since=document.missing_since,
            missing_place=document.missing_place,
            id_number=document.id_number,
            contact_phone=document.contact_phone,
            photo_ids=document.photo_ids,
        )


def _place(record_id: str) -> Place:
    return Place("records", record_id, "document")
