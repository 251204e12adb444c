"""The only place where parts are joined: settings in, services out."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from casework.access import Actor
from casework.context import Context
from casework.errors import BadInputError
from casework.ports import Clock, NewId, OpenWork
from runtime.clock import system_clock
from runtime.engine_setup import EngineSetup
from runtime.face_process import FaceProcess
from runtime.ids import random_id
from runtime.matcher import LiveMatcher
from runtime.runner import InlineRunner
from runtime.settings import Settings
from storage.engine import make_engine
from storage.keyring import load_keyring
from storage.schema import upgrade
from storage.sealing import Sealer
from storage.unit_of_work import sql_work

#: Workspace key that says what kind of data folder this is.
KIND = "kind"
DEMO = "demo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """Everything a request, a verb or a job needs, joined once per process."""

    settings: Settings
    open_work: OpenWork
    clock: Clock
    new_id: NewId
    #: Starts its child process with the first photo.
    face_reader: FaceProcess
    matcher: LiveMatcher
    runner: InlineRunner

    def context(self, actor: Actor) -> Context:
        """One request of `actor`."""
        return Context(open_work=self.open_work, clock=self.clock, new_id=self.new_id, actor=actor)

    def is_demo(self) -> bool:
        """Whether the data folder holds nothing but the demo."""
        with self.open_work() as work:
            return work.workspace.get(KIND) == DEMO


def face_process(settings: Settings, engine: str) -> FaceProcess:
    """The reader of photos with an engine; its child starts with the first photo.

    Raises:
        BadInputError: there is no such engine.
    """
    setup = EngineSetup(name=engine, models=settings.models_path, threads=settings.face_threads)
    return FaceProcess(setup=setup, seconds=settings.photo_seconds)


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
    open_work = sql_work(engine, Sealer(load_keyring(settings.keyring_path)))
    face_reader = face_process(settings, settings.face_engine)
    matcher = LiveMatcher()
    try:
        yield Services(
            settings=settings,
            open_work=open_work,
            clock=system_clock,
            new_id=random_id,
            face_reader=face_reader,
            matcher=matcher,
            runner=InlineRunner(
                open_work=open_work, clock=system_clock, new_id=random_id, matcher=matcher
            ),
        )
    finally:
        face_reader.close()
        engine.dispose()
