"""A bounded number of faults for every run; `make chaos` goes on for longer."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from casework.errors import UnavailableError
from runtime.broker import Broker, broker_app
from tests.integration.faults.kill_points import POINTS
from tests.integration.faults.station import Station, Verdict, judge, kill_each, station, wait_until

pytestmark = pytest.mark.integration
#: Workers over Redis take minutes to be killed at every point: run by `make chaos`.
LONG = pytest.mark.chaos
WHOLE = Verdict(lost=0, doubled=0, untold=0)


@pytest.fixture(params=["sqlite-inline", pytest.param("postgresql-redis", marks=LONG)])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Station]:
    with station(tmp_path, full=request.param == "postgresql-redis") as made:
        yield made


@pytest.fixture
def full(tmp_path: Path) -> Iterator[Station]:
    with station(tmp_path, full=True) as made:
        yield made


def test_a_worker_killed_at_every_point_loses_and_doubles_nothing(office: Station) -> None:
    kill_each(office, POINTS)
    office.drain()
    wait_until(lambda: judge(office).untold == 0, 120)
    assert judge(office) == WHOLE


@LONG
def test_redis_that_lost_everything_costs_only_time(full: Station) -> None:
    assert full.redis is not None
    for _ in range(20):
        full.take_in()
    full.redis.lose_everything()
    for _ in range(5):
        full.take_in()
    assert full.drain(90) < 60
    assert judge(full).lost == judge(full).doubled == 0


@LONG
def test_the_desk_goes_on_while_redis_is_away(full: Station) -> None:
    assert full.redis is not None
    full.redis.kill()
    for _ in range(5):
        full.take_in()
    assert full.pending() == 5
    full.redis.start()
    full.drain(120)
    assert judge(full).lost == judge(full).doubled == 0


@LONG
def test_postgresql_that_is_killed_costs_only_time(full: Station) -> None:
    assert full.postgres is not None
    for _ in range(10):
        full.take_in()
    full.postgres.kill()
    with pytest.raises(UnavailableError):
        full.take_in()
    full.postgres.start()
    for _ in range(5):
        full.take_in()
    full.drain(120)
    wait_until(lambda: judge(full).untold == 0, 120)
    assert judge(full) == WHOLE


@LONG
def test_messages_delivered_many_times_have_one_effect(full: Station) -> None:
    assert full.redis is not None
    broker = Broker(broker_app(full.redis.url))
    full.stop_workers()
    case_ids = [full.take_in() for _ in range(10)]
    with full.services.open_work() as work:
        work.outbox.forget_dispatches()
        jobs = work.outbox.to_dispatch(full.services.clock(), full.services.clock(), 99)
        work.commit()
    assert {job.subject_id for job in jobs} == set(case_ids)
    for job in jobs * 3:
        broker.tell(job)
    full.start_workers()
    full.drain(120)
    assert judge(full).lost == judge(full).doubled == 0


@LONG
def test_two_supervisors_with_two_beats_sweep_and_search_once(full: Station) -> None:
    first = full.workers
    full.start_workers()
    try:
        for _ in range(10):
            full.take_in()
        full.drain(120)
        wait_until(lambda: judge(full).untold == 0, 120)
        assert judge(full) == WHOLE
    finally:
        assert first is not None
        first.terminate()
        first.wait(60)


def test_workers_that_live_but_do_not_work_are_restarted(office: Station) -> None:
    office.take_in()
    office.drain()
    stopped = {pid for pid in worker_pids(office) if not is_beat(pid)}
    for pid in stopped:
        os.kill(pid, signal.SIGSTOP)
    office.take_in()
    try:
        office.drain(60)
    finally:
        for pid in stopped & set(worker_pids(office)):
            os.kill(pid, signal.SIGCONT)
    assert judge(office).lost == judge(office).doubled == 0


def test_a_window_that_fell_due_while_no_worker_ran_is_told_at_once(office: Station) -> None:
    office.drain()
    office.stop_workers()
    case_id = office.take_in(ago=timedelta(hours=24) - timedelta(seconds=2))
    time.sleep(2.5)
    assert judge(office).untold == 0, "nobody has looked, so nothing is known to be breached"
    office.start_workers()
    # From the start of a worker, which sweeps first.
    assert wait_until(lambda: is_told(office, case_id), 120) < 120


def is_told(office: Station, case_id: str) -> bool:
    with office.services.open_work() as work:
        windows = work.windows.of_case(case_id)
    is_breached = any(window.state == "breached" for window in windows)
    return is_breached and judge(office).untold == 0


def worker_pids(office: Station) -> list[int]:
    """The supervisor's children, and theirs."""
    assert office.workers is not None
    found, todo = [], [office.workers.pid]
    while todo:
        listed = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(todo.pop())], capture_output=True, check=False
        )
        children = [int(word) for word in listed.stdout.split()]
        found += children
        todo += children
    return found


def is_beat(pid: int) -> bool:
    return b"\0beat\0" in Path(f"/proc/{pid}/cmdline").read_bytes()
