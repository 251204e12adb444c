"""A whole station for fault tests: database, broker if any, supervised workers, and a client.

The client keeps an append-only log of what was acknowledged to it; the invariants compare the
database with that log and with nothing else.
"""

import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import chain
from pathlib import Path

from pydantic import SecretStr
from sqlalchemy import select

from casework.accounts.access import Role
from casework.cases.intake import IntakeCommand, open_case
from casework.context import Context
from casework.errors import UnavailableError
from casework.search.gallery import OwnerKind
from casework.search.probe import probe_of
from fixtures.demo_registry import demo_registry
from fixtures.residents import sample_residents
from runtime.container import Services, running
from runtime.settings import Settings
from storage.engine import make_engine
from storage.tables import alerts
from tests.integration.faults import kill_points
from tests.integration.faults.kill_points import ANY, POINTS
from tests.postgres import PrivatePostgres, private_postgres
from tests.redis_server import PrivateRedis, private_redis
from tests.samples import an_actor

RECORDS = 200
SEED = 20200413
ROOT = Path(__file__).parents[3]
#: Signs of life come quickly, so that tests do not wait for deaths to be noticed.
BEAT = 0.4
IDLE = 8.0
SEARCH = "search.run"
#: Points that no case in particular leads to.
OF_ANYBODY = frozenset({POINTS[0], POINTS[7]})
#: Admitted so long ago: every resident has a breached window to be told of.
AGO = timedelta(hours=30)


@dataclass(slots=True)
class Station:
    """One running installation."""

    services: Services
    folder: Path
    redis: PrivateRedis | None = None
    postgres: PrivatePostgres | None = None
    workers: subprocess.Popen[bytes] | None = None
    #: What the client was told had been kept.
    acknowledged: list[str] = field(default_factory=list)

    @property
    def kills(self) -> Path:
        return self.folder / "kills"

    def start_workers(self) -> None:
        command = [sys.executable, "-m", "tests.integration.faults.mortal_worker"]
        self.workers = subprocess.Popen(command, env=self._environment(), cwd=ROOT)

    def _environment(self) -> dict[str, str]:
        settings = self.services.settings
        return {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "GUITU_HOME": str(settings.home),
            "GUITU_DATABASE_URL": settings.database_url.get_secret_value(),
            "GUITU_BROKER_URL": settings.broker_url.get_secret_value(),
            "GUITU_BEAT_SECONDS": str(settings.beat_seconds),
            "GUITU_IDLE_SECONDS": str(settings.idle_seconds),
            kill_points.FOLDER: str(self.kills),
        }

    def stop_workers(self) -> None:
        if self.workers is not None:
            self.workers.terminate()
            self.workers.wait(60)
            self.workers = None

    def take_in(self, point: str = "", ago: timedelta = AGO) -> str:
        """Open a case, at whose job (or at the next of anybody) a worker is to die.

        What is acknowledged goes into the log, synchronously.
        """
        case_id = self.services.new_id()
        if point:
            kill_points.ask(self.kills, point, ANY if point in OF_ANYBODY else case_id)
        # Those who have a record: every point lies on the way of a search that finds something.
        known = [each for each in sample_residents() if each.true_record]
        resident = known[len(self.acknowledged) % len(known)]
        form = replace(resident.form, admitted_at=self.services.clock() - ago)
        ids = chain([case_id], iter(self.services.new_id, ""))
        desk = Context(
            open_work=self.services.open_work,
            clock=self.services.clock,
            new_id=lambda: next(ids),
            actor=an_actor(Role.SPECIALIST),
        )
        command = IntakeCommand(form=form, transcript=resident.transcript)
        opened = open_case(desk, command, self.services.face_reader).case.case_id
        assert opened == case_id
        with (self.folder / "acknowledged").open("a") as log:
            log.write(case_id + "\n")
            log.flush()
            os.fsync(log.fileno())
        self.acknowledged.append(case_id)
        self.tell()
        return case_id

    def tell(self) -> None:
        """What the desk does after its commit; without a broker the workers look by themselves."""
        if self.redis is not None:
            self.services.runner.run_pending()

    def is_searched(self, case_id: str) -> bool:
        with self.services.open_work() as work:
            done = {row.entry.subject for row in work.audit.rows() if row.entry.action == SEARCH}
        return f"case:{case_id}" in done

    def pending(self) -> int:
        try:
            with self.services.open_work() as work:
                return work.outbox.pending()
        except UnavailableError:
            return -1

    def drain(self, seconds: float = 240) -> float:
        """Wait until nothing is pending; returns how long it took."""
        return wait_until(lambda: self.pending() == 0, seconds)


def wait_until(condition: Callable[[], bool], seconds: float) -> float:
    """Seconds until the condition held."""
    begun = time.monotonic()
    while not condition():
        assert time.monotonic() - begun < seconds, "waited in vain"
        time.sleep(0.05)
    return time.monotonic() - begun


@contextmanager
def station(folder: Path, *, full: bool) -> Iterator[Station]:
    """SQLite with workers inside the process, or PostgreSQL with Celery workers over Redis."""
    with ExitStack() as stack:
        (folder / "kills").mkdir()
        settings = Settings(home=folder / "var", beat_seconds=BEAT, idle_seconds=IDLE)
        redis = postgres = None
        if full:
            redis = stack.enter_context(private_redis())
            postgres = stack.enter_context(private_postgres())
            settings = settings.model_copy(
                update={
                    "database_url": SecretStr(postgres.url),
                    "broker_url": SecretStr(redis.url),
                }
            )
        services = stack.enter_context(running(settings))
        with services.open_work() as work:
            work.records.add_many(demo_registry(RECORDS, SEED))
            work.commit()
        made = Station(services=services, folder=folder, redis=redis, postgres=postgres)
        stack.callback(made.stop_workers)
        made.start_workers()
        yield made


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the invariants found."""

    #: Cases, searches, leads or windows that should be there and are not.
    lost: int
    #: Effects that are there more than once.
    doubled: int
    #: Breached windows without an alert.
    untold: int


def judge(of: Station) -> Verdict:
    """Compare the database with what was acknowledged."""
    told = _told_breaches(of)
    of.services.matcher.refresh()
    with of.services.open_work() as work:
        actions = Counter(
            (row.entry.action, row.entry.subject)
            for row in work.audit.rows()
            if row.entry.action in {SEARCH, "case.open"}
        )
        lost = doubled = untold = 0
        for case_id in of.acknowledged:
            entries = work.cases.entries(case_id)
            windows = work.windows.of_case(case_id)
            faces = work.faces.of_owner(OwnerKind.CASE, case_id)
            expected = of.services.matcher.match(probe_of(case_id, entries), faces).leads
            found = Counter(lead.record_id for lead in work.leads.of_case(case_id))
            searches = actions[SEARCH, f"case:{case_id}"]
            lost += not entries or not windows or searches == 0
            lost += len({each.record_id for each in expected} - set(found))
            doubled += max(0, searches - 1) + sum(count - 1 for count in found.values())
            doubled += max(0, actions["case.open", f"case:{case_id}"] - 1)
            untold += any(w.state == "breached" and (case_id, w.kind) not in told for w in windows)
    return Verdict(lost=lost, doubled=doubled, untold=untold)


def _told_breaches(of: Station) -> set[tuple[str, str]]:
    """(case, kind of window) of every escalation: more than any list in the program shows."""
    engine = make_engine(of.services.settings.sqlalchemy_url)
    query = select(alerts.c.case_id, alerts.c.kind).where(alerts.c.level == "escalate")
    try:
        with engine.connect() as connection:
            return {(row.case_id, row.kind) for row in connection.execute(query)}
    finally:
        engine.dispose()


def kill_each(of: Station, points: Sequence[str], seconds: float = 120) -> list[float]:
    """One death at each point; seconds from each death to the search of the new case."""
    recoveries = []
    for point in points:
        case_id = of.take_in(point)
        wait_until(lambda: kill_points.is_done(of.kills), seconds)
        recoveries.append(wait_until(lambda case_id=case_id: of.is_searched(case_id), seconds))  # type: ignore[misc]
    return recoveries
