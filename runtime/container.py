"""The only place where parts are joined: settings in, services out."""

from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from casework.accounts.access import SYSTEM, Actor
from casework.context import Context
from casework.errors import BadInputError, UnavailableError
from casework.jobs.dead_workers import release_dead
from casework.ports import Clock, FaceReader, NewId, OpenWork, UnitOfWork
from casework.rematch.jobs import order_nightly
from casework.windows.sweep import SweepReport, sweep
from runtime.clock import system_clock
from runtime.dispatch import BrokerRunner
from runtime.face_galleries import FaceGalleries
from runtime.face_generations import ServingFaceReader
from runtime.handlers import Tools
from runtime.ids import random_id
from runtime.matcher import LiveMatcher
from runtime.model_change import move_readers, order_move
from runtime.policy_file import station_policy
from runtime.runner import InlineRunner, JobFloor, JobRunner
from runtime.scoring_pool import ScoringPool
from runtime.settings import Settings
from runtime.worker_names import worker_name
from storage.engine import make_engine
from storage.face_snapshots import SnapshotFolder
from storage.keyring import load_keyring
from storage.schema import upgrade
from storage.sealing import Place, Sealer
from storage.unit_of_work import sql_work

#: Workspace key that says what kind of data folder this is.
KIND = "kind"
DEMO = "demo"
#: Workspace key: when the last sweep ended.
LAST_SWEEP = "last_sweep"
#: A value sealed with the database's own key, opened again at every start.
KEY_CHECK = "key_check"
KEY_CHECK_PLACE = Place("workspace", KEY_CHECK, "value")


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """Everything a request, a verb or a job needs, joined once per process."""

    settings: Settings
    open_work: OpenWork
    clock: Clock
    new_id: NewId
    #: Starts its child process with the first photo.
    face_reader: FaceReader
    matcher: LiveMatcher
    galleries: FaceGalleries
    runner: JobRunner
    #: Where jobs run when this process runs them.
    floor: JobFloor

    def context(self, actor: Actor) -> Context:
        """One request of `actor`."""
        return Context(open_work=self.open_work, clock=self.clock, new_id=self.new_id, actor=actor)

    def sweep(self) -> SweepReport:
        """As the system: look at every window whose time has come, and begin what is to begin."""
        report = sweep(self.floor.context)
        order_nightly(self.floor.context)
        order_move(self.floor.context, self.settings)
        with self.open_work() as work:
            work.workspace.set(LAST_SWEEP, self.clock().isoformat())
            work.commit()
        return report

    def last_sweep(self, work: UnitOfWork) -> datetime | None:
        """When everything due was last looked at, by whichever process."""
        known = work.workspace.get(LAST_SWEEP)
        return None if known is None else datetime.fromisoformat(known)

    def release_dead(self) -> int:
        """Take the jobs of workers that fell silent from them; returns how many."""
        return release_dead(self.floor.context, self.settings.beat_every)

    def is_demo(self) -> bool:
        """Whether the data folder holds nothing but the demo."""
        with self.open_work() as work:
            return work.workspace.get(KIND) == DEMO


def check_key(open_work: OpenWork, sealer: Sealer) -> None:
    """Refuse to work with a key that is not this database's: a mistyped path would make a new one.

    Raises:
        UnavailableError: the database was written with another key.
    """
    with open_work() as work:
        known = work.workspace.get(KEY_CHECK)
        if known is None:
            value = b64encode(sealer.seal(KEY_CHECK.encode(), KEY_CHECK_PLACE)).decode()
            work.workspace.set(KEY_CHECK, value)
            work.commit()
            return
    try:
        sealer.open(b64decode(known), KEY_CHECK_PLACE)
    except UnavailableError as error:
        raise UnavailableError(
            "密钥与数据库不配套，已停止以免数据混用；请检查 GUITU_KEY_FILE 指向的文件。"
        ) from error


def _runner(settings: Settings, floor: JobFloor) -> JobRunner:
    if not settings.has_broker:
        return InlineRunner(floor)
    from runtime.broker import Broker, broker_app  # noqa: PLC0415 - loads Celery

    broker = Broker(broker_app(settings.broker_url.get_secret_value()))
    return BrokerRunner(floor.context.open_work, floor.context.clock, broker)


@contextmanager
def running(settings: Settings) -> Iterator[Services]:
    """Join the parts for one process and take them apart again at the end.

    Raises:
        BadInputError: the data folder cannot be made or written.
    """
    try:
        settings.home.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise BadInputError("数据目录无法创建或写入，请检查 GUITU_HOME。") from error
    engine = make_engine(settings.sqlalchemy_url)
    upgrade(engine)
    sealer = Sealer(load_keyring(settings.keyring_path))
    open_work = sql_work(engine, sealer)
    check_key(open_work, sealer)
    face_reader = ServingFaceReader(open_work, settings)
    galleries = FaceGalleries(open_work, SnapshotFolder(settings.galleries_path))
    matcher = LiveMatcher(open_work, galleries, station_policy(settings), settings.writer)
    hands = matcher.hands = ScoringPool(settings, matcher)
    floor = JobFloor(
        context=Context(open_work=open_work, clock=system_clock, new_id=random_id, actor=SYSTEM),
        tools=Tools(matcher=matcher, readers=partial(move_readers, settings)),
        worker_id=worker_name(),
    )
    try:
        yield Services(
            settings=settings,
            open_work=open_work,
            clock=system_clock,
            new_id=random_id,
            face_reader=face_reader,
            matcher=matcher,
            galleries=galleries,
            floor=floor,
            runner=_runner(settings, floor),
        )
    finally:
        hands.close()
        galleries.close()
        face_reader.close()
        engine.dispose()
