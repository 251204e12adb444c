"""What only real databases can show: migrations, guards, and that nothing personal lies in clear."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from casework.accounts.audit import AuditEntry
from casework.errors import UnavailableError
from storage.schema import upgrade
from storage.sealing import Sealer
from storage.tables import metadata
from storage.unit_of_work import sql_work
from tests.contracts.conftest import empty
from tests.samples import (
    CANARY_NAME,
    NOW,
    a_case,
    a_decision,
    a_face,
    a_lead,
    a_record,
    a_user,
    an_admission,
)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.integration)])
def engine(request: pytest.FixtureRequest) -> Engine:
    found: Engine = request.getfixturevalue(f"{request.param}_engine")
    if request.param == "postgresql":
        empty(found)
    return found


def test_migrations_make_exactly_the_tables_of_the_program(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_upgrading_twice_changes_nothing(engine: Engine) -> None:
    upgrade(engine)
    upgrade(engine)


@pytest.mark.parametrize("table", ["audit", "case_entries", "lead_decisions"])
def test_history_can_be_neither_changed_nor_removed(
    engine: Engine, table: str, sealer: Sealer
) -> None:
    fill(engine, sealer)
    column = {"audit": "actor", "case_entries": "recorded_by", "lead_decisions": "lead_id"}[table]
    for statement in (f"UPDATE {table} SET {column} = 'x'", f"DELETE FROM {table}"):
        with pytest.raises(DBAPIError, match="append-only"), engine.begin() as connection:
            connection.execute(text(statement))


def test_a_blob_moved_to_another_row_does_not_open(engine: Engine, sealer: Sealer) -> None:
    fill(engine, sealer)
    with engine.begin() as connection:
        connection.execute(
            text(
                "UPDATE records SET document = (SELECT document FROM records r2 "
                "WHERE r2.record_id = 'r2') WHERE record_id = 'r1'"
            )
        )
    with sql_work(engine, sealer)() as work, pytest.raises(UnavailableError):
        work.records.get("r1")


def test_nothing_personal_lies_in_the_database_file(
    sqlite_engine: Engine, sealer: Sealer, tmp_path: Path
) -> None:
    fill(sqlite_engine, sealer)
    sqlite_engine.dispose()
    raw = b"".join(path.read_bytes() for path in tmp_path.glob("guitu.db*"))
    for canary in (CANARY_NAME, "区伯佑", "11010519491231002X", "13800000000", "英德大站"):
        assert canary.encode() not in raw
    assert b"PHOTO-CANARY" not in raw
    assert a_face().vector[:64] not in raw


def fill(engine: Engine, sealer: Sealer) -> None:
    with sql_work(engine, sealer)() as work:
        work.users.add(a_user())
        work.cases.add(a_case())
        work.cases.append(an_admission())
        work.records.add_many([a_record(), a_record("r2", source_number="GA-2")])
        work.photos.put("p1", b"PHOTO-CANARY" * 100)
        work.faces.add_many([a_face()])
        work.leads.add(a_lead())
        work.leads.add_decision(a_decision())
        work.audit.append(
            AuditEntry(at=NOW, actor="u1", action="case.view", subject="case:c1", extra={})
        )
        work.commit()
