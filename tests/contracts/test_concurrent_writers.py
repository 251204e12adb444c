"""Many writers at once, on every implementation of the ports."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.exc import IntegrityError

from casework.audit import AuditEntry
from casework.errors import UnavailableError
from casework.jobs import Job, JobKind
from casework.ports import OpenWork
from casework.users import Session
from storage.audit import verify
from storage.engine import make_engine
from storage.schema import upgrade
from storage.sealing import Sealer
from storage.unit_of_work import sql_work
from tests.postgres import private_server
from tests.samples import NOW, a_user, minutes

WRITERS = 6
EACH = 10


def at_once(task: Callable[[int], object]) -> list[object]:
    """Run one task per writer; the first failure of any is raised."""
    with ThreadPoolExecutor(WRITERS) as pool:
        return list(pool.map(task, range(WRITERS)))


def test_the_trail_and_case_numbers_have_no_gap_under_many_writers(open_work: OpenWork) -> None:
    def write(writer: int) -> None:
        entry = AuditEntry(at=NOW, actor=f"u{writer}", action="x", subject="s", extra={})
        for _ in range(EACH):
            with open_work() as work:
                work.audit.append(entry)
                work.cases.next_number("站", 2026)
                work.commit()

    at_once(write)
    with open_work() as work:
        rows = list(work.audit.rows())
        number = work.cases.next_number("站", 2026)
    assert [row.sequence for row in rows] == list(range(1, WRITERS * EACH + 1))
    assert number == f"2026-{WRITERS * EACH + 1:04d}"


def test_every_job_is_claimed_by_exactly_one_worker(open_work: OpenWork) -> None:
    with open_work() as work:
        for number in range(20):
            job_id = f"j{number}"
            job = Job(job_id=job_id, kind=JobKind.SEARCH_CASE, subject_id="c", created_at=NOW)
            work.outbox.put(job)
        work.commit()

    def claim(_: int) -> list[str]:
        return list(iter(lambda: _claimed(open_work), ""))

    with ThreadPoolExecutor(WRITERS) as pool:
        claimed = [job_id for ids in pool.map(claim, range(WRITERS)) for job_id in ids]
    assert sorted(claimed) == sorted(f"j{number}" for number in range(20))


def _claimed(open_work: OpenWork) -> str:
    with open_work() as work:
        job = work.outbox.claim(NOW)
        work.commit()
    return job.job_id if job else ""


def test_a_session_can_be_refreshed_by_many_requests_at_once(open_work: OpenWork) -> None:
    session = Session(
        secret_sha256="a" * 64, user_id="u1", form_token="t", opened_at=NOW, last_seen=NOW
    )
    with open_work() as work:
        work.users.add(a_user())
        work.commit()

    def refresh(writer: int) -> None:
        for number in range(EACH):
            seen = replace(session, last_seen=NOW + minutes(writer + number))
            with open_work() as work:
                work.users.put_session(seen)
                work.commit()

    at_once(refresh)
    with open_work() as work:
        assert work.users.session("a" * 64) is not None


def test_a_changed_row_of_the_stored_trail_is_found(sqlite_engine: Engine, sealer: Sealer) -> None:
    open_work = sql_work(sqlite_engine, sealer)
    with open_work() as work:
        for number in range(4):
            entry = AuditEntry(at=NOW, actor=f"u{number}", action="x", subject="s", extra={})
            work.audit.append(entry)
        work.commit()
        assert verify(work.audit.rows(), sealer.audit_key).first_broken is None
    with sqlite_engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER audit_no_update")
        connection.exec_driver_sql("UPDATE audit SET actor = 'u9' WHERE sequence = 3")
    with open_work() as work:
        assert verify(work.audit.rows(), sealer.audit_key).first_broken == 3


def test_a_busy_database_says_so_and_keeps_no_connection(
    sqlite_engine: Engine, sealer: Sealer
) -> None:
    event.listen(sqlite_engine, "connect", _impatient)
    sqlite_engine.dispose()
    open_work = sql_work(sqlite_engine, sealer)
    with open_work():
        for _ in range(20):
            with pytest.raises(UnavailableError), open_work():
                pass
    with open_work() as work:
        assert work.records.count() == 0


def _impatient(connection: object, _entry: object) -> None:
    connection.execute("PRAGMA busy_timeout = 10")  # type: ignore[attr-defined]


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.integration)])
def fresh_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'fresh.db'}"
        return
    with private_server() as url:
        yield url


def test_several_processes_may_build_the_tables_at_once(fresh_url: str, sealer: Sealer) -> None:
    def build(_: int) -> None:
        engine = make_engine(fresh_url)
        upgrade(engine)
        engine.dispose()

    at_once(build)
    engine = make_engine(fresh_url)
    with sql_work(engine, sealer)() as work:
        assert work.records.count() == 0
    engine.dispose()


def test_an_error_text_never_shows_the_values_of_a_statement(sqlite_engine: Engine) -> None:
    statement = "INSERT INTO workspace (key, value) VALUES (?, ?)"
    with sqlite_engine.begin() as connection:
        connection.exec_driver_sql(statement, ("k", "金丝雀"))
        with pytest.raises(IntegrityError, match="hidden") as caught:
            connection.exec_driver_sql(statement, ("k", "金丝雀"))
    assert "金丝雀" not in str(caught.value)
