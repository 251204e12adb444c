"""The face process itself: loads one engine, then reads one photo after another.

Started by `runtime.face_process` as `python -m runtime.face_child
FACTORY NAME MODELS THREADS FD MEMORY CPU`. It holds no secrets,
writes no files but converted models before its first photo, and ends when its parent does.
"""

import resource
import sys
from importlib import import_module
from math import ceil
from multiprocessing.connection import Connection

from pillow_heif import register_heif_opener

from matching.face.engine import FaceEngine, read_photo
from matching.face.photo import PhotoLimits
from runtime.engine_setup import EngineSetup
from runtime.face_messages import READY, to_message


def main(
    factory: str, setup: EngineSetup, handle: int, memory_bytes: int, cpu_seconds: float
) -> None:
    """Serve photos from the pipe `handle` until it is closed.

    Args:
        factory: `module:callable` that makes the engine of a setup.
        setup: what the engine is made with.
        handle: file descriptor of the parent's pipe.
        memory_bytes: address space that loading and reading together may take.
        cpu_seconds: processor time that one photo may take.
    """
    # A core dump would be a plain-text copy of someone's face.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    pipe = Connection(handle)
    try:
        engine = _load(factory, setup)
    except Exception as error:  # noqa: BLE001 - whatever it is, the parent must hear of it
        pipe.send_bytes(type(error).__name__.encode())
        return
    pipe.send_bytes(READY)
    _serve(pipe, engine, cpu_seconds)


def _load(factory: str, setup: EngineSetup) -> FaceEngine:
    register_heif_opener(thumbnails=False)
    module, _, attribute = factory.partition(":")
    make = getattr(import_module(module), attribute)
    engine: FaceEngine = make(setup)
    return engine


def _serve(pipe: Connection, engine: FaceEngine, cpu_seconds: float) -> None:
    limits = PhotoLimits()
    while True:
        try:
            photo = pipe.recv_bytes()
        except EOFError:  # the parent has closed the pipe, or is gone
            return
        _allow_cpu(cpu_seconds)
        try:
            reading = read_photo(photo, engine, limits)
        except Exception as error:  # noqa: BLE001 - the parent hears of it and starts a fresh child
            pipe.send_bytes(type(error).__name__.encode())
            return
        pipe.send_bytes(to_message(reading))


def _allow_cpu(seconds: float) -> None:
    """Move the processor-time limit ahead of what is used up: it ends a child without a parent."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    soft = ceil(used.ru_utime + used.ru_stime + seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


if __name__ == "__main__":
    main(
        sys.argv[1],
        EngineSetup.of(sys.argv[2:5]),
        int(sys.argv[5]),
        int(sys.argv[6]),
        float(sys.argv[7]),
    )
