"""Reads photos in a child process, so that no photo can harm the serving process.

The child is a fresh interpreter, not a fork: OpenMP and dlib do not survive forking. Nor is it
`multiprocessing`'s spawn, which would import the parent's main module, and with it the whole web
application, into the child, and answer in pickles.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from hashlib import sha256
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from threading import Event, Lock, Timer
from typing import Final

import structlog

from casework.errors import BadInputError, UnavailableError
from matching.face.reading import PhotoReading
from matching.face.rejections import rejection
from runtime.engine_setup import EngineSetup
from runtime.face_messages import READY, from_message
from runtime.settings import Settings

#: Engine name -> `module:callable` that makes it of an EngineSetup; imported in the child only. A
#: name ending in a colon stands for all that begin so.
ENGINES: Final[Mapping[str, str]] = {
    "dlib-onnx": "runtime.face_engines:dlib_onnx",
    "face-recognition": "runtime.face_engines:face_recognition",
    "onnx:": "runtime.face_engines:from_manifest",
}
#: Native libraries leak a little; a child is replaced after so many photos.
PHOTOS_PER_CHILD: Final = 500
#: Address space of a child. The models and libraries take 1 GB of it, the largest photo 2 GB more.
MEMORY_BYTES: Final = 4 * 1024**3
#: Seconds for loading the models; a cold disk is slow.
START_SECONDS: Final = 60.0
#: No reading is longer than this: 1000 faces.
LONGEST_MESSAGE: Final = 4_000_000
#: How often a photo may end the child before it is given up.
ATTEMPTS: Final = 2
#: face_recognition_models still imports pkg_resources; nobody at a desk can do anything about it.
_QUIET: Final = ("-W", "ignore:pkg_resources is deprecated")

_log = structlog.get_logger()


class _ChildDiedError(Exception):
    """The child ended, or answered nonsense, while it had a photo."""


class _TookTooLongError(Exception):
    """The child was killed because its time was up."""


class FaceProcess:
    """Implements `casework.ports.FaceReader`. Threads take turns."""

    def __init__(
        self,
        *,
        setup: EngineSetup,
        seconds: float = 20.0,
        factories: Mapping[str, str] = ENGINES,
        photos_per_child: int = PHOTOS_PER_CHILD,
    ) -> None:
        """A reader whose child starts with `start` or with the first photo.

        Args:
            setup: what the engine is made with; its name decides by which factory.
            seconds: wall-clock time after which a photo is given up.
            factories: engine name -> `module:callable` that makes it.
            photos_per_child: how many photos a child reads before it is replaced.

        Raises:
            BadInputError: there is no such engine.
        """
        self._factory = _factory(setup.name, factories)
        self._setup = setup
        self._seconds = seconds
        self._photos_per_child = photos_per_child
        self._lock = Lock()
        self._child: _Child | None = None

    def start(self) -> None:
        """Load the models now instead of with the first photo. Raises UnavailableError."""
        with self._lock:
            self._ready_child()

    def read(self, photo: bytes) -> PhotoReading:
        """Every face of a photo, or why there is none. Raises UnavailableError."""
        with self._lock:
            return self._read(photo)

    def close(self) -> None:
        """End the child. A later photo starts a new one."""
        with self._lock:
            self._end_child()

    def _read(self, photo: bytes) -> PhotoReading:
        for _ in range(ATTEMPTS):
            child = self._ready_child()
            try:
                return child.read(photo, self._seconds)
            except _TookTooLongError:
                # Not tried again: the desk has waited long enough.
                _log.warning("photo_took_too_long", seconds=self._seconds)
                self._end_child()
                return _refused(photo, "took_too_long", seconds=self._seconds)
            except _ChildDiedError:
                _log.warning("photo_ended_face_process")
                self._end_child()
        return _refused(photo, "handling_failed")

    def _ready_child(self) -> "_Child":
        if self._child is not None and self._child.photos_read >= self._photos_per_child:
            self._end_child()
        if self._child is None:
            self._child = _Child(self._factory, self._setup, self._seconds)
        return self._child

    def _end_child(self) -> None:
        if self._child is not None:
            self._child.end()
            self._child = None


def face_process(settings: Settings, engine: str) -> FaceProcess:
    """The reader of photos with an engine; its child starts with the first photo.

    Raises:
        BadInputError: there is no such engine.
    """
    setup = EngineSetup(name=engine, models=settings.models_path, threads=settings.face_threads)
    return FaceProcess(setup=setup, seconds=settings.photo_seconds)


class _Child:
    """One running child and its pipe."""

    def __init__(self, factory: str, setup: EngineSetup, cpu_seconds: float) -> None:
        self.photos_read = 0
        self._pipe, far_end = Pipe()
        command = [sys.executable, "-P", *_QUIET, "-m", "runtime.face_child", factory]
        # Time on several processors counts several times.
        cpu_seconds *= setup.threads
        numbers = (far_end.fileno(), MEMORY_BYTES, cpu_seconds)
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [*command, *setup.words(), *(str(number) for number in numbers)],
            stdin=subprocess.DEVNULL,
            # Libraries that print must not get into our own answers.
            stdout=subprocess.DEVNULL,
            # Nothing of our own environment: it holds tokens and the database's password.
            env={"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "OMP_NUM_THREADS": "1"},
            pass_fds=[far_end.fileno()],
        )
        far_end.close()
        self._wait_until_ready()

    def read(self, photo: bytes, seconds: float) -> PhotoReading:
        """Raises _ChildDiedError, _TookTooLongError."""
        self.photos_read += 1
        answer = self._within(seconds, lambda: _ask(self._pipe, photo))
        try:
            return from_message(answer)
        except ValueError as error:
            raise _ChildDiedError from error

    def end(self) -> None:
        """Kill: a child keeps nothing that would need an orderly farewell."""
        self._process.kill()
        self._process.wait()
        self._pipe.close()

    def _wait_until_ready(self) -> None:
        try:
            first = self._within(START_SECONDS, lambda: self._pipe.recv_bytes(LONGEST_MESSAGE))
        except (_ChildDiedError, _TookTooLongError):
            first = b""
        if first != READY:
            _log.error("face_engine_failed", error=first[:80].decode(errors="replace"))
            self.end()
            down = rejection("engine_down")
            raise UnavailableError(down.message + down.remedy)

    def _within(self, seconds: float, talk: Callable[[], bytes]) -> bytes:
        """Talk to the child; killing it when the time is up ends the talk, whoever is speaking."""
        is_late = Event()

        def kill() -> None:
            is_late.set()
            self._process.kill()

        timer = Timer(seconds, kill)
        timer.start()
        try:
            return talk()
        except (EOFError, OSError) as error:
            raise (_TookTooLongError if is_late.is_set() else _ChildDiedError) from error
        finally:
            timer.cancel()


def _factory(name: str, factories: Mapping[str, str]) -> str:
    stem, colon, rest = name.partition(":")
    factory = factories.get(stem + colon if rest else name)
    if factory is None or name.endswith(":"):
        known = "、".join(sorted(factories)).replace("onnx:", "onnx:<清单名>")
        raise BadInputError(f"没有这个人脸引擎；可用的有：{known}。")
    return factory


def _ask(pipe: Connection, photo: bytes) -> bytes:
    pipe.send_bytes(photo)
    return pipe.recv_bytes(LONGEST_MESSAGE)


def _refused(photo: bytes, reason: str, **numbers: float) -> PhotoReading:
    return PhotoReading(
        photo_sha256=sha256(photo).hexdigest(), rejected=rejection(reason, **numbers)
    )
