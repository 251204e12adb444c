"""What a face engine is made with; passed to the face process as words on its command line."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineSetup:
    """One engine."""

    #: As in settings, for example dlib-onnx.
    name: str
    #: Folder of converted and of added models.
    models: Path
    #: Threads that one photo may use.
    threads: int = 1

    def words(self) -> tuple[str, str, str]:
        """For the command line."""
        return self.name, str(self.models), str(self.threads)

    @classmethod
    def of(cls, words: Sequence[str]) -> Self:
        """The setup of three words."""
        name, models, threads = words
        return cls(name=name, models=Path(models), threads=int(threads))
