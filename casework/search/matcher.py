"""The port through which casework asks for candidates, and what it gets back."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from casework.rematch.runs import RematchRun, ScoredCase
from casework.search.gallery import StoredFace
from matching.compare.notes import Noted
from matching.model import Probe
from matching.ranking import RankedLead


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Some records of the registry, and what was noted when the resident met all of it."""

    record_ids: frozenset[str]
    #: Those of them that came in after it was noted.
    new_ids: frozenset[str] = frozenset()
    #: Of this very resident and these rules; None: the whole registry has to be scored again.
    noted: Noted | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchResult:
    """Ranked candidates of one probe, and what they were compared against."""

    leads: tuple[RankedLead, ...]
    #: How many records were in the gallery.
    gallery_size: int
    #: Versions of policy, calibration and face model.
    versions: Mapping[str, str]
    #: False when a face gallery could not be searched: nobody was found by face, or lost for it.
    faces_are_whole: bool = True
    #: How many pairs were compared in full.
    pairs: int = 0
    #: The changes of registry and galleries up to which the matcher had followed the database.
    record_revision: int = 0
    face_revision: int = 0
    #: To score a part of the registry by, when it has changed.
    noted: Noted = field(default_factory=Noted)


class ScoringHands(Protocol):
    """Other processes that score the cases of a run, each as one process alone would."""

    def scored(
        self, run: RematchRun, case_ids: Sequence[str], pairs: int, is_over: Callable[[], bool]
    ) -> Iterator[ScoredCase] | None:
        """Each case once it is scored, in any order; None when one process does it as well.

        Args:
            run: whose cases they are.
            case_ids: the cases.
            pairs: how many pairs each of them is likely to have.
            is_over: once this is true no further case is begun.

        Raises:
            UnavailableError: a process died; cases that were not returned are not scored.
        """


class Matcher(Protocol):
    """Scores a probe against the registry as it is in the database now."""

    @property
    def hands(self) -> ScoringHands | None:
        """Other processes that score as this matcher does; None when it is alone."""

    def refresh(self) -> None:
        """Catch up with the database; cheap when nothing changed. Call it outside a transaction."""

    def rules(self, faces: Sequence[StoredFace]) -> str:
        """A fingerprint of everything that scores: while it stays, equal pairs score alike."""

    def match(
        self,
        probe: Probe,
        faces: Sequence[StoredFace],
        copied: Collection[str] = (),
        only: Part | None = None,
    ) -> MatchResult:
        """Rank the registry for one resident. Changes nothing.

        Args:
            probe: what is known of the resident.
            faces: the resident's.
            copied: records with the very photo that the resident's file has: their faces are worth
                nothing, and the lead says so.
            only: rank a part of the registry; all else is still counted over the whole of it.
        """


class ResidentMatcher(Matcher, Protocol):
    """One that can hold residents against each other as well."""

    def alike_residents(
        self,
        probe: Probe,
        faces: Sequence[StoredFace],
        only: Collection[str] | None = None,
    ) -> MatchResult:
        """Rank all other residents for one: who of them may be the same person. Changes nothing.

        Every lead's `record_id` is the id of a file. With `only`, no other files become leads; they
        are still counted. While a gallery is being rebuilt the result is not whole.
        """
