"""All residents of all stations in memory, kept level with the database, and who of them is alike."""

from collections.abc import Collection, Mapping, Sequence
from threading import Lock
from typing import Final

from casework.alike.registry import candidate_of
from casework.alike.rules import policy_for_residents
from casework.ports import OpenWork
from casework.search.gallery import OwnerKind, StoredFace
from casework.search.matcher import MatchResult
from matching.compare.face import FaceMatch
from matching.model import Candidate, Probe
from matching.policy import MatchPolicy
from matching.ranking import Faces, Search
from matching.registry.registry import Registry
from matching.text.cantonese_writer import Writer
from runtime.face_evidence import face_matches, nearest
from runtime.face_galleries import Galleries

#: How many other residents are looked at for one photo.
_BY_FACE: Final = 10


class ResidentSearch:
    """The registry of everybody who was ever taken in; snapshots are swapped, never changed."""

    def __init__(self, open_work: OpenWork, policy: MatchPolicy, writer: Writer) -> None:
        self._open_work = open_work
        self._policy = policy_for_residents(policy)
        self._writer = writer
        self._lock = Lock()
        self._registry = Registry.build(())
        self._revision = 0

    def near(
        self,
        galleries: Galleries,
        probe: Probe,
        faces: Sequence[StoredFace],
        only: Collection[str] | None,
    ) -> MatchResult:
        """The other residents who may be this one. Call it outside a transaction."""
        registry = self._others(probe.case_id)

        def look_up(wanted: Mapping[str, Candidate]) -> Mapping[str, FaceMatch]:
            return face_matches(galleries, probe, faces, wanted, OwnerKind.CASE)

        close = nearest(galleries, OwnerKind.CASE, faces, _BY_FACE, only)
        search = Search(registry=registry, policy=self._policy, writer=self._writer)
        ranking = search.leads(probe, Faces(near=set(close), look_up=look_up), only=only)
        return MatchResult(
            leads=ranking.leads,
            gallery_size=ranking.gallery_size,
            versions={},
            faces_are_whole=galleries.are_whole or not faces,
            pairs=ranking.compared,
        )

    def _others(self, case_id: str) -> Registry:
        """Everybody but the resident, as the database has them now."""
        with self._lock:
            self._read_changed()
            registry = self._registry
        return registry.without([case_id])

    def _read_changed(self) -> None:
        with self._open_work() as work:
            revision = work.residents.revision()
            if revision == self._revision:
                return
            known = [
                candidate_of(each.probe)
                for each in work.residents.changed_since(self._revision)
                if each.probe is not None
            ]
        self._registry, self._revision = self._registry.updated(known), revision
