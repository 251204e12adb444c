"""The live registry: read-only snapshots in memory, kept level with the database.

The database is the truth. Before every search the matcher compares revision numbers and, when
something changed, builds new snapshots beside the old ones and swaps them in; searches that are
under way go on undisturbed with the snapshots they started with.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from threading import Lock

from casework.ports import OpenWork
from casework.search.gallery import StoredFace
from casework.search.matcher import MatchResult, Part, ScoringHands
from matching.model import Probe
from matching.policy import MatchPolicy, load_policy
from matching.registry.registry import Registry
from matching.text.cantonese_writer import Writer
from runtime.face_galleries import FaceGalleries
from runtime.fixed_matcher import FixedMatcher, LastChanged
from runtime.resident_search import ResidentSearch


@dataclass(frozen=True, slots=True, kw_only=True)
class _Snapshot:
    """The records that one search sees."""

    registry: Registry
    revision: int = 0


class LiveMatcher:
    """Implements `casework.search.matcher.Matcher` over in-memory snapshots."""

    def __init__(
        self,
        open_work: OpenWork,
        galleries: FaceGalleries,
        policy: MatchPolicy | None = None,
        writer: Writer = Writer.MANDARIN,
    ) -> None:
        self._open_work = open_work
        self._galleries = galleries
        #: Turns comparisons into leads.
        self.policy: MatchPolicy = policy or load_policy()
        #: Other processes that score as this one does; None when it is alone.
        self.hands: ScoringHands | None = None
        #: Who writes down what residents say.
        self._writer = writer
        self._residents = ResidentSearch(open_work, self.policy, writer)
        self._lock = Lock()
        self._snapshot = _Snapshot(registry=Registry.build(()))
        self._last_changed = LastChanged()

    def refresh(self) -> None:
        """Catch up with the database; revision look-ups when nothing changed."""
        # The records last: whoever is found by face is among them.
        self._galleries.refresh()
        with self._lock:
            self._snapshot = self._with_records(self._snapshot)

    def now(self) -> FixedMatcher:
        """The matcher of this moment."""
        snapshot = self._snapshot
        return FixedMatcher(
            registry=snapshot.registry,
            revision=snapshot.revision,
            galleries=self._galleries.now(),
            policy=self.policy,
            writer=self._writer,
            last_changed=self._last_changed,
        )

    def rules(self, faces: Sequence[StoredFace]) -> str:
        """A fingerprint of everything that scores these faces and their words."""
        return self.now().rules(faces)

    def match(
        self,
        probe: Probe,
        faces: Sequence[StoredFace],
        copied: Collection[str] = (),
        only: Part | None = None,
    ) -> MatchResult:
        """Rank the registry, or `only` a part of it; `copied` records have the resident's own photo."""
        return self.now().match(probe, faces, copied, only)

    def alike_residents(
        self,
        probe: Probe,
        faces: Sequence[StoredFace],
        only: Collection[str] | None = None,
    ) -> MatchResult:
        """Rank all other residents for one, or `only` some of them."""
        now = self.now()
        found = self._residents.near(now.galleries, probe, faces, only)
        return replace(found, versions=now.versions(faces))

    def _with_records(self, snapshot: _Snapshot) -> _Snapshot:
        with self._open_work() as work:
            revision = work.records.revision()
            if revision == snapshot.revision:
                return snapshot
            changed = work.records.changed_since(snapshot.revision)
            registry = snapshot.registry.updated(record.candidate() for record in changed)
        return _Snapshot(registry=registry, revision=revision)
