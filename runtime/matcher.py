"""The live registry: read-only snapshots in memory, kept level with the database.

The database is the truth. Before every search the matcher compares revision numbers and, when
something changed, builds new snapshots beside the old ones and swaps them in; searches that are
under way go on undisturbed with the snapshots they started with.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from threading import Lock

from casework.gallery import OwnerKind, StoredFace
from casework.matcher import AlikeFace, MatchResult, Part
from casework.ports import OpenWork
from casework.scoring import GalleryNotWholeError
from matching.compare.face import FaceMatch
from matching.face.calibration import load_calibration
from matching.model import Candidate, Probe
from matching.policy import MatchPolicy, load_policy
from matching.ranking import Changed, Faces, Search
from matching.registry.registry import Registry
from matching.text.gazetteer import gazetteer
from runtime.face_evidence import alike, face_matches, nearest
from runtime.face_galleries import FaceGalleries
from runtime.rule_digest import rule_digest

#: How many nearest faces are looked at for one photo. NIST's investigation mode uses 50.
FACE_CANDIDATES = 50
#: How many other residents are looked at for one photo.
ALIKE_RESIDENTS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class _Snapshot:
    """The records that one search sees."""

    registry: Registry
    revision: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """What changed of a registry, indexed by itself."""

    whole: Registry
    #: All records, and the new ones of them.
    asked: tuple[frozenset[str], frozenset[str]]
    changed: Changed


class LiveMatcher:
    """Implements `casework.matcher.Matcher` over in-memory snapshots."""

    def __init__(
        self, open_work: OpenWork, galleries: FaceGalleries, policy: MatchPolicy | None = None
    ) -> None:
        self._open_work = open_work
        self._galleries = galleries
        #: Turns comparisons into leads.
        self.policy: MatchPolicy = policy or load_policy()
        self._lock = Lock()
        self._snapshot = _Snapshot(registry=Registry.build(()))
        self._kept: _Kept | None = None

    def refresh(self) -> None:
        """Catch up with the database; revision look-ups when nothing changed."""
        # The records last: whoever is found by face is among them.
        self._galleries.refresh()
        with self._lock:
            self._snapshot = self._with_records(self._snapshot)

    def rules(self, faces: Sequence[StoredFace]) -> str:
        """A fingerprint of everything that scores these faces and their words."""
        galleries = self._galleries.now().indexes
        serving = sorted(each.model_id for each in galleries if each.kind is OwnerKind.RECORD)
        known = [sorted(self._versions(faces).items()), serving, rule_digest()]
        return sha256(repr(known).encode()).hexdigest()

    def match(
        self,
        probe: Probe,
        faces: Sequence[StoredFace],
        copied: Collection[str] = (),
        only: Part | None = None,
    ) -> MatchResult:
        """Rank the registry, or `only` a part of it; `copied` records have the resident's own photo."""
        snapshot, galleries = self._snapshot, self._galleries.now()
        registry = snapshot.registry

        def look_up(wanted: Mapping[str, Candidate]) -> Mapping[str, FaceMatch]:
            return {
                **face_matches(galleries, probe, faces, wanted),
                **{each: FaceMatch.copy() for each in copied if each in wanted},
            }

        record_ids = None if only is None else only.record_ids
        near = nearest(galleries, OwnerKind.RECORD, faces, FACE_CANDIDATES, record_ids)
        seen = Faces(near={*near, *copied}, look_up=look_up)
        search = Search(registry=registry, policy=self.policy)
        if only is None or only.noted is None or not only.noted.is_good_for(len(only.record_ids)):
            ranking = search.leads(probe, seen, only=record_ids)
        else:
            ranking = search.leads_of_changed(
                self._changed(registry, only), probe, only.noted, seen
            )
        return MatchResult(
            leads=ranking.leads,
            gallery_size=ranking.gallery_size,
            versions=self._versions(faces),
            faces_are_whole=galleries.are_whole or not faces,
            pairs=ranking.compared,
            record_revision=snapshot.revision,
            face_revision=galleries.revision,
            noted=ranking.noted,
        )

    def alike_residents(self, case_id: str, faces: Sequence[StoredFace]) -> tuple[AlikeFace, ...]:
        """Other residents near to these faces of one resident, likeliest first."""
        galleries = self._galleries.now()
        if faces and not galleries.are_whole:
            raise GalleryNotWholeError
        return alike(galleries, case_id, faces, ALIKE_RESIDENTS)

    def _changed(self, registry: Registry, only: Part) -> Changed:
        """These candidates by themselves; one resident after another asks for the same."""
        new = only.record_ids & only.new_ids
        with self._lock:
            kept = self._kept
            asked = (only.record_ids, new)
            if kept is None or kept.whole is not registry or kept.asked != asked:
                changed = Changed.of(registry, new, only.record_ids - new)
                kept = self._kept = _Kept(whole=registry, asked=asked, changed=changed)
        return kept.changed

    def _with_records(self, snapshot: _Snapshot) -> _Snapshot:
        with self._open_work() as work:
            revision = work.records.revision()
            if revision == snapshot.revision:
                return snapshot
            changed = work.records.changed_since(snapshot.revision)
            registry = snapshot.registry.updated(record.candidate() for record in changed)
        return _Snapshot(registry=registry, revision=revision)

    def _versions(self, faces: Sequence[StoredFace]) -> dict[str, str]:
        versions = {"policy": self.policy.version, "gazetteer": gazetteer().date}
        for face in faces:
            versions["face_model"] = face.model_id
            versions["calibration"] = load_calibration(face.engine).version
        return versions
