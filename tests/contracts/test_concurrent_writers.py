"""Many writers at once, on every implementation of the ports."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from itertools import count
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.exc import IntegrityError

from casework.accounts.audit import AuditEntry
from casework.accounts.user import Session
from casework.cases.happenings.knowledge import ClueMarked
from casework.cases.recording import RecordCommand, record
from casework.context import Context
from casework.errors import StaleVersionError, UnavailableError
from casework.jobs.job import Job, JobKind, Queue
from casework.ports import OpenWork
from casework.windows.case_windows import plan_case_windows
from casework.windows.station_rules import plan_for_station
from casework.windows.sweep import sweep
from casework.windows.window import Window
from storage.audit import verify
from storage.engine import make_engine
from storage.schema import upgrade
from storage.sealing import Sealer
from storage.unit_of_work import sql_work
from tests.postgres import private_server
from tests.samples import NOW, a_case, a_user, an_actor, an_admission, minutes

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
        job = work.outbox.claim(NOW, "w1", (Queue.TEXT,))
        work.commit()
    return job.job_id if job else ""


def test_every_case_is_looked_at_by_exactly_one_sweeper(open_work: OpenWork) -> None:
    cases = [a_case(f"c{number}", number=f"2026-{number:04d}") for number in range(20)]
    with open_work() as work:
        for case in cases:
            work.cases.add(case)
            work.windows.look_by(case.case_id, NOW)
        work.commit()

    def claim(_: int) -> list[str]:
        return [case_id for found in iter(lambda: _looks(open_work), ()) for case_id in found]

    with ThreadPoolExecutor(WRITERS) as pool:
        claimed = [case_id for ids in pool.map(claim, range(WRITERS)) for case_id in ids]
    assert sorted(claimed) == sorted(case.case_id for case in cases)


def _looks(open_work: OpenWork) -> tuple[str, ...]:
    with open_work() as work:
        found = work.windows.claim_looks(NOW, 3)
        work.commit()
    return found


def test_writers_and_sweepers_of_one_file_leave_the_windows_of_its_whole_history(
    open_work: OpenWork,
) -> None:
    ids = count()
    now = NOW + minutes(60 * 25)
    context = Context(
        open_work=open_work, clock=lambda: now, new_id=lambda: f"i{next(ids)}", actor=an_actor()
    )
    with open_work() as work:
        work.cases.add(a_case())
        work.cases.append(an_admission())
        work.windows.look_by("c1", NOW)
        work.commit()

    def write_or_sweep(writer: int) -> None:
        for number in range(EACH):
            if writer % 2:
                sweep(context)
            else:
                line = ClueMarked(clue_id=f"{writer}-{number}", text="隆回")
                record_once_it_is_free(context, RecordCommand(case_id="c1", details=line))

    at_once(write_or_sweep)
    with open_work() as work:
        entries = work.cases.entries("c1")
        stored = work.windows.of_case("c1")
        assert work.cases.get("c1").version == len(entries) - 1
    assert len(entries) == 1 + WRITERS // 2 * EACH
    planned = plan_case_windows(entries, now=now)
    assert sorted(stored, key=name) == sorted(planned, key=name)


def test_a_line_written_while_a_sweep_plans_keeps_its_window(
    open_work: OpenWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = count()
    context = Context(
        open_work=open_work, clock=lambda: NOW, new_id=lambda: f"i{next(ids)}", actor=an_actor()
    )
    command = RecordCommand(case_id="c1", details=ClueMarked(clue_id="k1", text="隆回"))
    with open_work() as work:
        work.cases.add(a_case())
        work.cases.append(an_admission())
        work.windows.look_by("c1", NOW)
        work.commit()
    writing: list[Thread] = []

    def plan_slowly(*facts: Any, now: datetime) -> tuple[Window, ...]:
        """Gives another writer the time to come in between."""
        if not writing:
            writing.append(Thread(target=record_once_it_is_free, args=(context, command)))
            writing[0].start()
            writing[0].join(timeout=0.5)
        return plan_for_station(*facts, now=now)

    monkeypatch.setattr("casework.windows.sweep.plan_for_station", plan_slowly)
    sweep(context)
    writing[0].join()
    with open_work() as work:
        kinds = {window.kind for window in work.windows.of_case("c1") if window.starts}
    assert "clue_to_police" in kinds


def name(window: Window) -> tuple[str, int]:
    return window.kind, window.sequence


def record_once_it_is_free(context: Context, command: RecordCommand) -> None:
    """Try again while somebody else writes into the file."""
    while True:
        try:
            record(context, command)
        except StaleVersionError:
            continue
        return


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
