"""Jobs drained: inside one process, and by workers over Redis, on the same kind of database.

The jobs are searches for residents of whom nothing is known yet: the machinery is measured, not the
matching. What a killed worker costs is measured by `make chaos` (results/chaos.json).
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from pydantic import SecretStr

from benchmarks.rows import row
from casework.cases.case import Case
from casework.jobs.job import JobKind
from fixtures.demo_registry import demo_registry
from runtime.container import Services, running
from runtime.settings import Settings
from tests.postgres import private_server
from tests.redis_server import private_redis

JOBS: Final = 5_000
CASES: Final = 50
RECORDS: Final = 200
SEED: Final = 20200413
ROOT: Final = Path(__file__).parents[1]
LONGEST: Final = 1800.0


def rows() -> list[dict[str, Any]]:
    """Jobs a second either way."""
    inline, by_workers = _inline(), _by_workers()
    return [
        row(f"{JOBS} 个任务，进程内，每个", "毫秒", inline / JOBS * 1000),
        row(
            f"{JOBS} 个任务，Redis 与后台进程，每个",
            "毫秒",
            by_workers / JOBS * 1000,
            inline / JOBS * 1000,
            "进程内",
        ),
    ]


def _inline() -> float:
    with _station() as settings, running(settings) as services:
        _load(services)
        _order(services, JOBS)
        begun = time.perf_counter()
        services.runner.run_pending()
        return time.perf_counter() - begun


def _by_workers() -> float:
    with _station() as settings, private_redis() as redis:
        full = settings.model_copy(update={"broker_url": SecretStr(redis.url)})
        with running(full) as services, _workers(full):
            _load(services)
            _order(services, 1)
            _drain(services)  # the workers are up
            _order(services, JOBS)
            begun = time.perf_counter()
            services.runner.run_pending()
            _drain(services)
            return time.perf_counter() - begun


@contextmanager
def _station() -> Iterator[Settings]:
    with tempfile.TemporaryDirectory() as folder, private_server() as database:
        yield Settings(home=Path(folder) / "var", database_url=SecretStr(database))


@contextmanager
def _workers(settings: Settings) -> Iterator[None]:
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "GUITU_HOME": str(settings.home),
        "GUITU_DATABASE_URL": settings.database_url.get_secret_value(),
        "GUITU_BROKER_URL": settings.broker_url.get_secret_value(),
    }
    command = [sys.executable, "-c", "from cli.main import main; main()", "worker"]
    process = subprocess.Popen(  # noqa: S603 - our own command
        command, env=environment, cwd=ROOT, stderr=subprocess.DEVNULL
    )
    try:
        yield
    finally:
        process.terminate()
        process.wait(60)


def _load(services: Services) -> None:
    with services.open_work() as work:
        work.records.add_many(demo_registry(RECORDS, SEED))
        for number in range(CASES):
            case_id = f"c{number}"
            work.cases.add(
                Case(case_id=case_id, number=case_id, station="站", opened_at=services.clock())
            )
        work.commit()


def _order(services: Services, jobs: int) -> None:
    with services.open_work() as work:
        for number in range(jobs):
            services.floor.context.order_job(work, JobKind.SEARCH_CASE, f"c{number % CASES}")
        work.commit()


def _drain(services: Services) -> None:
    deadline = time.monotonic() + LONGEST
    while True:
        with services.open_work() as work:
            if work.outbox.pending() == 0:
                return
        assert time.monotonic() < deadline, "the workers do not work"
        time.sleep(0.2)
