"""A matcher over the registry and galleries of one moment. Nothing in it changes."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from threading import Lock
from typing import Any, Self

from casework.search.gallery import OwnerKind, StoredFace
from casework.search.matcher import MatchResult, Part
from matching.compare.face import FaceMatch
from matching.dialect.matrices import built_in_mergers
from matching.face.calibration import has_calibration, load_calibration
from matching.model import Candidate, Probe
from matching.policy import MatchPolicy
from matching.ranking import Changed, Faces, Search
from matching.registry.registry import Registry
from matching.text.cantonese_sounds import cantonese_sounds
from matching.text.cantonese_writer import Writer
from matching.text.gazetteer import gazetteer
from runtime.face_evidence import FACE_CANDIDATES, NearRecords, face_matches, nearest
from runtime.face_galleries import Galleries
from runtime.rule_digest import rule_digest


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """What changed of a registry, indexed by itself."""

    whole: Registry
    #: All records, and the new ones of them.
    asked: tuple[frozenset[str], frozenset[str]]
    changed: Changed


class LastChanged:
    """The last part of a registry that was asked for: one resident after another asks for the same."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: _Kept | None = None

    def of(self, registry: Registry, only: Part) -> Changed:
        """These candidates by themselves."""
        new = only.record_ids & only.new_ids
        asked = (only.record_ids, new)
        with self._lock:
            kept = self._kept
            if kept is None or kept.whole is not registry or kept.asked != asked:
                changed = Changed.of(registry, new, only.record_ids - new)
                kept = self._kept = _Kept(whole=registry, asked=asked, changed=changed)
        return kept.changed

    def __reduce__(self) -> tuple[type[Self], tuple[()]]:
        """Another process begins with nothing."""
        return type(self), ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FixedMatcher:
    """Implements `casework.search.matcher.Matcher`; what other processes get a copy of."""

    registry: Registry
    #: The record store's revision that the registry is level with.
    revision: int
    galleries: Galleries
    #: Turns comparisons into leads.
    policy: MatchPolicy
    #: Who writes down at this station what residents say.
    writer: Writer = Writer.MANDARIN
    last_changed: LastChanged = field(default_factory=LastChanged)

    def shareable(self) -> "FixedMatcher":
        """The same with everything worked out that each reader would otherwise work out anew."""
        return replace(self, registry=self.registry.worked_out())

    @property
    def hands(self) -> None:
        """It is alone."""

    def refresh(self) -> None:
        """It stays what it is."""

    def rules(self, faces: Sequence[StoredFace]) -> str:
        """A fingerprint of everything that scores these faces and their words."""
        galleries = self.galleries.indexes
        serving = sorted(each.model_id for each in galleries if each.kind is OwnerKind.RECORD)
        known: list[Any] = [sorted(self.versions(faces).items()), serving, rule_digest()]
        return sha256(repr(known).encode()).hexdigest()

    def match(
        self,
        probe: Probe,
        faces: Sequence[StoredFace],
        copied: Collection[str] = (),
        only: Part | None = None,
    ) -> MatchResult:
        """Rank the registry, or `only` a part of it; `copied` records have the resident's own photo."""
        registry, galleries = self.registry, self.galleries
        records = NearRecords(galleries)

        def look_up(wanted: Mapping[str, Candidate]) -> Mapping[str, FaceMatch]:
            return {
                **face_matches(galleries, probe, faces, wanted, near=records),
                **{each: FaceMatch.copy() for each in copied if each in wanted},
            }

        record_ids = None if only is None else only.record_ids
        if record_ids is None:
            near = records.nearest(faces)
        else:
            near = nearest(galleries, OwnerKind.RECORD, faces, FACE_CANDIDATES, record_ids)
        seen = Faces(near={*near, *copied}, look_up=look_up)
        search = Search(registry=registry, policy=self.policy, writer=self.writer)
        if only is None or only.noted is None or not only.noted.is_good_for(len(only.record_ids)):
            ranking = search.leads(probe, seen, only=record_ids)
        else:
            changed = self.last_changed.of(registry, only)
            ranking = search.leads_of_changed(changed, probe, only.noted, seen)
        return MatchResult(
            leads=ranking.leads,
            gallery_size=ranking.gallery_size,
            versions=self.versions(faces),
            faces_are_whole=galleries.are_whole or not faces,
            pairs=ranking.compared,
            record_revision=self.revision,
            face_revision=galleries.revision,
            noted=ranking.noted,
        )

    def versions(self, faces: Sequence[StoredFace]) -> dict[str, str]:
        """What a score of these faces and their words is made by."""
        versions = {
            "policy": self.policy.version,
            "gazetteer": gazetteer().date,
            "sound": built_in_mergers().version,
        }
        if self.writer is not Writer.MANDARIN:
            versions["writer"] = cantonese_sounds().version
        for face in faces:
            if has_calibration(face.engine):
                versions["face_model"] = face.model_id
                versions["calibration"] = load_calibration(face.engine).version
        return versions
