"""The live registry: read-only snapshots in memory, kept level with the database.

The database is the truth. Before every search the matcher compares revision numbers and, when
something changed, builds new snapshots beside the old ones and swaps them in; searches that are
under way go on undisturbed with the snapshots they started with.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from threading import Lock

from casework.gallery import OwnerKind, StoredFace
from casework.matcher import MatchResult
from casework.ports import UnitOfWork
from matching.compare.face import FaceMatch
from matching.compare.setting import Setting
from matching.face.calibration import Calibration, load_calibration
from matching.face.embedding import unpack
from matching.face.index import FaceIndex, FaceRow
from matching.face.layered_index import LayeredIndex
from matching.model import Probe
from matching.policy import MatchPolicy, load_policy
from matching.ranking import rank
from matching.registry import Registry
from runtime.face_generations import FaceGenerations, face_generations

#: How many nearest faces are looked at for one photo. NIST's investigation mode uses 50.
FACE_CANDIDATES = 50
#: How many records are scored in full for one resident.
SHORTLIST = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class _Snapshot:
    """What one search sees: records and faces that belong together."""

    registry: Registry
    #: One index per face model: vectors of different models never mix.
    faces: Mapping[str, FaceIndex]
    #: Which models' faces are searched.
    generations: FaceGenerations
    record_revision: int = 0
    face_revision: int = 0


class LiveMatcher:
    """Implements `casework.matcher.Matcher` over in-memory snapshots."""

    def __init__(self) -> None:
        self._policy: MatchPolicy = load_policy()
        self._lock = Lock()
        self._snapshot = _Snapshot(
            registry=Registry.build(()), faces={}, generations=FaceGenerations()
        )

    def refresh(self, work: UnitOfWork) -> None:
        """Catch up with the database; two revision look-ups when nothing changed."""
        with self._lock:
            snapshot = self._with_records(work, self._snapshot)
            self._snapshot = self._with_faces(work, snapshot)

    def match(
        self, probe: Probe, faces: Sequence[StoredFace], copied: Collection[str] = ()
    ) -> MatchResult:
        """Rank the registry for one resident; `copied` records have a photo of the resident's own."""
        snapshot = self._snapshot
        faces = [face for face in faces if snapshot.generations.serves(face.model_id)]
        nearest = _nearest(snapshot, faces)
        shortlist = snapshot.registry.shortlist(probe, extra=nearest, limit=SHORTLIST)
        setting = Setting(
            policy=self._policy,
            frequencies=snapshot.registry.frequencies,
            heard=snapshot.registry.hear_homes(probe.facts),
        )
        leads = rank(
            probe,
            [snapshot.registry.get(record_id) for record_id in shortlist],
            {
                **_face_matches(snapshot, faces, shortlist),
                **dict.fromkeys(copied, FaceMatch.copy()),
            },
            setting,
            snapshot.registry.size,
        )
        return MatchResult(
            leads=leads,
            gallery_size=snapshot.registry.size,
            versions=self._versions(faces),
        )

    def _with_records(self, work: UnitOfWork, snapshot: _Snapshot) -> _Snapshot:
        revision = work.records.revision()
        if revision == snapshot.record_revision:
            return snapshot
        changed = work.records.changed_since(snapshot.record_revision)
        registry = snapshot.registry.updated(record.candidate() for record in changed)
        return replace(snapshot, registry=registry, record_revision=revision)

    def _with_faces(self, work: UnitOfWork, snapshot: _Snapshot) -> _Snapshot:
        revision, generations = work.faces.revision(), face_generations(work)
        if (revision, generations) == (snapshot.face_revision, snapshot.generations):
            return snapshot
        indexes = {
            model_id: _index(work, model_id)
            for model_id in work.faces.model_ids(OwnerKind.RECORD)
            if generations.serves(model_id)
        }
        return replace(snapshot, faces=indexes, face_revision=revision, generations=generations)

    def _versions(self, faces: Sequence[StoredFace]) -> dict[str, str]:
        versions = {"policy": self._policy.version}
        for face in faces:
            versions["face_model"] = face.model_id
            versions["calibration"] = load_calibration(face.engine).version
        return versions


def _index(work: UnitOfWork, model_id: str) -> FaceIndex:
    rows = (
        FaceRow(face_id=face.face_id, owner_id=face.owner_id, vector=unpack(face.vector))
        for face in work.faces.all_of(OwnerKind.RECORD, model_id)
    )
    return LayeredIndex.build(rows)


def _nearest(snapshot: _Snapshot, faces: Sequence[StoredFace]) -> tuple[str, ...]:
    """Record ids nearest to any photo of the resident."""
    hits: dict[str, None] = {}
    for face in faces:
        index = snapshot.faces.get(face.model_id)
        if index is not None:
            found = index.search(unpack(face.vector), FACE_CANDIDATES)
            hits.update((hit.owner_id, None) for hit in found)
    return tuple(hits)


def _face_matches(
    snapshot: _Snapshot, faces: Sequence[StoredFace], record_ids: Sequence[str]
) -> dict[str, FaceMatch]:
    """The nearest pair of photos of each record that has one; others stay silent."""
    best: dict[str, tuple[float, Calibration]] = {}
    for face in faces:
        index = snapshot.faces.get(face.model_id)
        if index is None:
            continue
        calibration = load_calibration(face.engine)
        for owner_id, hit in index.nearest_of(unpack(face.vector), record_ids).items():
            if owner_id not in best or hit.distance < best[owner_id][0]:
                best[owner_id] = (hit.distance, calibration)
    size = snapshot.registry.size
    return {
        owner_id: FaceMatch(
            distance=gap, bits=calibration.bits(gap), detail=calibration.detail(gap, size)
        )
        for owner_id, (gap, calibration) in best.items()
    }
