"""Which generation of face vectors is searched: a fact of the data folder, not of a process.

A workspace begins with whatever the setting names. Once `guitu face reembed` has moved the gallery,
the workspace names the model whose vectors are searched, and every process follows it. A
generation that is still being made is never searched.
"""

from dataclasses import dataclass
from threading import Lock
from typing import Final

from casework.ports import OpenWork, UnitOfWork
from matching.face.reading import PhotoReading
from runtime.face_process import FaceProcess, face_process
from runtime.settings import Settings

#: Workspace keys: the model that serves once a gallery was moved, and until then those that are
#: being made, one a line.
SERVING: Final = "face_model"
COMING: Final = "face_model_coming"


@dataclass(frozen=True, slots=True, kw_only=True)
class FaceGenerations:
    """What the workspace says of its face models."""

    #: None until a gallery was moved: until then every model serves but the coming ones.
    serving: str | None = None
    coming: frozenset[str] = frozenset()

    def serves(self, model_id: str) -> bool:
        """Whether vectors of this model are searched."""
        if self.serving is not None:
            return model_id == self.serving
        return model_id not in self.coming

    def engine(self, setting: str) -> str:
        """The engine that reads new photos; `setting` counts until a gallery was moved."""
        return setting if self.serving is None else self.serving.rpartition(":")[0]


def face_generations(work: UnitOfWork) -> FaceGenerations:
    """What the workspace says now."""
    return FaceGenerations(
        serving=work.workspace.get(SERVING),
        coming=frozenset((work.workspace.get(COMING) or "").splitlines()),
    )


def hide(work: UnitOfWork, model_id: str) -> None:
    """Keep a model that is being made out of every search, unless it serves already."""
    known = face_generations(work)
    if known.serving is None:
        work.workspace.set(COMING, "\n".join(sorted(known.coming | {model_id})))


def let_serve(work: UnitOfWork, model_id: str) -> None:
    """From this transaction on, only vectors of this model are searched."""
    work.workspace.set(SERVING, model_id)


class ServingFaceReader:
    """Implements `casework.ports.FaceReader` with the engine that serves now. Threads take turns."""

    def __init__(self, open_work: OpenWork, settings: Settings) -> None:
        """Raises BadInputError when the serving engine is unknown."""
        self._open_work = open_work
        self._settings = settings
        self._lock = Lock()
        self._engine = self._serving_engine()
        self._process = face_process(settings, self._engine)

    def read(self, photo: bytes) -> PhotoReading:
        """Every face of a photo, or why there is none. Raises UnavailableError."""
        with self._lock:
            return self._ready_process().read(photo)

    def close(self) -> None:
        """End the child process. A later photo starts a new one."""
        with self._lock:
            self._process.close()

    def _ready_process(self) -> FaceProcess:
        """The process of the serving engine; another command may have moved the gallery since."""
        engine = self._serving_engine()
        if engine != self._engine:
            self._process.close()
            self._process = face_process(self._settings, engine)
            self._engine = engine
        return self._process

    def _serving_engine(self) -> str:
        with self._open_work() as work:
            return face_generations(work).engine(self._settings.face_engine)
