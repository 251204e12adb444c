"""What comparing residents with each other needs from storage, as protocols."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from casework.alike.pairs import AlikePair
from casework.cases.case import Case
from matching.model import Probe


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownResident:
    """What is known of the person of one file."""

    case_id: str
    #: None for files that are nobody's: a report's, the station's own.
    probe: Probe | None


class ResidentStore(Protocol):
    """What every file says of its person, read once and kept: the files remain the truth."""

    def stale(self, limit: int) -> tuple[Case, ...]:
        """Covers of files that were never read or have grown since, longest open first."""

    def keep(self, case: Case, probe: Probe | None) -> None:
        """Keep what the file says at this version of it; takes the next revision."""

    def changed_since(self, revision: int) -> Iterator[KnownResident]:
        """Residents with a greater revision, oldest change first."""

    def revision(self) -> int:
        """The greatest revision given so far; 0 when no file was read."""


class AlikeStore(Protocol):
    """Pairs of files that may be one person's."""

    def add(self, pair: AlikePair) -> None:
        """Keep a new pair. One for two files: raises StaleVersionError else."""

    def save(self, pair: AlikePair, *, read_version: int) -> None:
        """Replace a pair. Raises StaleVersionError when the stored version differs."""

    def get(self, pair_id: str) -> AlikePair:
        """Raises NotFoundError."""

    def of_case(self, case_id: str) -> tuple[AlikePair, ...]:
        """All pairs of a file, strongest first."""

    def waiting(self, station: str, limit: int) -> tuple[AlikePair, ...]:
        """Pairs that nobody judged with a file of this station, strongest first."""
