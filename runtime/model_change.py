"""A face model that has changed moves every face by itself: in short jobs, then everyone is matched again.

What was seen last is a fact of the data folder: a new data folder, or one that is swept for the first
time, moves nothing.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from typing import Final

import structlog

from casework.context import Context
from casework.errors import BadInputError, UnavailableError
from casework.jobs.job import Job, JobKind
from casework.ports import FaceReader
from casework.rematch.jobs import order_after_import
from casework.search.gallery import GalleryName, OwnerKind
from runtime.face_generations import face_generations
from runtime.face_process import ENGINES, face_process
from runtime.model_files import model_id_of
from runtime.reembed import Move, MoveReport, move_faces
from runtime.settings import Settings

#: Workspace key: the engine of the setting and the model whose vectors were wanted, as last seen.
SEEN: Final = "face_model_seen"
#: How long one job goes on with a move.
PART: Final = timedelta(seconds=60)

#: A new engine by name, and the engines whose vectors may be kept.
Readers = Callable[[str], AbstractContextManager[tuple[FaceReader, Mapping[str, FaceReader]]]]

_log = structlog.get_logger("faces")


class _PartOverError(Exception):
    """The part's time is over; what was moved is kept."""


@contextmanager
def move_readers(
    settings: Settings, engine: str
) -> Iterator[tuple[FaceReader, Mapping[str, FaceReader]]]:
    """The new engine, and the built-in ones whose vectors may be kept; each starts when asked."""
    names = {name for name in ENGINES if not name.endswith(":")} | {settings.face_engine}
    processes = {name: face_process(settings, name) for name in names | {engine}}
    try:
        yield processes[engine], {name: processes[name] for name in names - {engine}}
    finally:
        for process in processes.values():
            process.close()


def order_move(context: Context, settings: Settings) -> bool:
    """Begin a move when another model is wanted than when this was last asked; True when begun.

    Another model is wanted when the setting names another engine, or when the file or the manifest
    behind the engine that serves has changed.
    """
    with context.open_work() as work:
        seen = work.workspace.get(SEEN) or ""
        generations = face_generations(work)
    setting, known = settings.face_engine, seen.partition("|")
    is_new_setting = known[0] not in {"", setting}
    engine = setting if is_new_setting else generations.engine(setting)
    try:
        model_id = model_id_of(engine, settings.models_path)
    except (BadInputError, UnavailableError):
        return False  # there is nothing to move to; `guitu doctor` says so
    if seen == f"{setting}|{model_id}":
        return False
    is_change = bool(known[2]) and model_id not in {known[2], generations.serving}
    with context.open_work() as work:
        work.workspace.set(SEEN, f"{setting}|{model_id}")
        if is_change:
            context.order_job(work, JobKind.REEMBED, model_id)
            context.trace(work, "face.reembed.order", f"model:{model_id}")
        work.commit()
    return is_change


def move_part(context: Context, readers: Readers, job: Job) -> None:
    """Go on with the move to the model that the job names; at its end match everyone again."""
    model_id = job.subject_id
    engine = model_id.rpartition(":")[0]
    before = _moved(context, model_id)
    with readers(engine) as (new, old):
        report = _part(context, Move(engine=engine, model_id=model_id), new, old)
    goes_on = report is None and _moved(context, model_id) > before
    with context.open_work() as work:
        if goes_on:
            context.order_job(work, JobKind.REEMBED, model_id)
        work.outbox.finish(job)
        work.commit()
    if report is not None and report.switched:
        order_after_import(context)
    elif not goes_on:
        # The old generation serves on; a person decides about faces that would be lost.
        _log.warning("faces_left_behind", count=report.left_behind if report else -1)


def _part(
    context: Context, move: Move, new: FaceReader, old: Mapping[str, FaceReader]
) -> MoveReport | None:
    """None when the time was over before the end."""
    until = context.clock() + PART

    def watch(done: int, total: int) -> None:
        if done < total and context.clock() >= until:
            raise _PartOverError

    try:
        return move_faces(context, move, new, old, watch)
    except _PartOverError:
        return None


def _moved(context: Context, model_id: str) -> int:
    galleries = [GalleryName(kind=kind, model_id=model_id) for kind in OwnerKind]
    with context.open_work() as work:
        now = work.faces.revision()
        return sum(work.faces.count(gallery, now) for gallery in galleries)
