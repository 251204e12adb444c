"""A small office for use-case tests: memory stores, a clock that stands still, counted ids."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count

from casework.accounts.access import Actor
from casework.context import Context
from casework.ports import OpenWork
from casework.search.gallery import StoredFace
from casework.search.matcher import MatchResult, Part, ScoringHands
from matching.compare.notes import Noted
from matching.face.reading import (
    Box,
    DetectedFace,
    FaceQuality,
    PhotoReading,
    Rejection,
    RejectionCode,
)
from matching.model import Probe
from matching.ranking import RankedLead
from storage.memory.unit_of_work import memory_work
from tests.samples import NOW, an_actor


@dataclass(slots=True)
class Office:
    """Everything a use case needs, with visible state."""

    open_work: OpenWork = field(default_factory=memory_work)
    now: datetime = NOW
    _ids: Iterator[int] = field(default_factory=lambda: count(1))

    def clock(self) -> datetime:
        return self.now

    def new_id(self) -> str:
        return f"id{next(self._ids)}"

    def context(self, actor: Actor | None = None) -> Context:
        return Context(
            open_work=self.open_work,
            clock=self.clock,
            new_id=self.new_id,
            actor=actor or an_actor(),
        )

    def trail(self) -> list[str]:
        with self.open_work() as work:
            return [row.entry.action for row in work.audit.rows()]


def a_seen_face(value: float = 0.1, *, unusable: Rejection | None = None) -> DetectedFace:
    return DetectedFace(
        box=Box(x=10, y=20, width=100, height=120),
        confidence=1.0,
        quality=FaceQuality(eye_distance_px=60.0, sharpness=200.0, brightness=0.5),
        embedding=(value,) * 128,
        engine="face-recognition",
        model_id="face-recognition:test",
        unusable=unusable,
    )


NO_FACE = Rejection(
    code=RejectionCode.NO_FACE, message="照片里没有找到人脸。", remedy="请正对镜头重拍。"
)


@dataclass(slots=True)
class FakeFaceReader:
    """Answers every photo with the same reading."""

    faces: tuple[DetectedFace, ...] = (a_seen_face(),)
    rejected: Rejection | None = None

    def read(self, photo: bytes) -> PhotoReading:
        assert photo
        return PhotoReading(photo_sha256="0" * 64, faces=self.faces, rejected=self.rejected)


@dataclass(slots=True)
class FakeMatcher:
    """Answers every search with the leads it was given."""

    leads: tuple[RankedLead, ...] = ()
    probes: list[Probe] = field(default_factory=list)
    copied: frozenset[str] = frozenset()
    refreshed: int = 0
    faces_are_whole: bool = True
    #: What scoring claims to rest on.
    rule: str = "rules"
    #: How far it has followed the database.
    seen: int = 10**9
    #: Records that each search was restricted to.
    only: list[frozenset[str] | None] = field(default_factory=list)
    #: Other residents that each resident is like: case -> ranked files.
    alike: Mapping[str, tuple[RankedLead, ...]] = field(default_factory=dict)
    #: By what was noted before, if anything was.
    noted: list[Noted | None] = field(default_factory=list)
    hands: ScoringHands | None = None

    def refresh(self) -> None:
        self.refreshed += 1

    def rules(self, faces: Sequence[StoredFace]) -> str:
        return f"{self.rule}:{len(faces)}"

    def match(
        self,
        probe: Probe,
        faces: Sequence[StoredFace],
        copied: Collection[str] = (),
        only: Part | None = None,
    ) -> MatchResult:
        assert all(face.vector for face in faces)
        self.copied = frozenset(copied)
        self.probes.append(probe)
        record_ids = None if only is None else only.record_ids
        self.only.append(record_ids)
        self.noted.append(None if only is None else only.noted)
        return MatchResult(
            leads=tuple(
                each for each in self.leads if record_ids is None or each.record_id in record_ids
            ),
            gallery_size=7,
            versions={"policy": "test"},
            faces_are_whole=self.faces_are_whole,
            pairs=5,
            noted=Noted(size=7),
            record_revision=self.seen,
            face_revision=self.seen,
        )

    def alike_residents(
        self,
        probe: Probe,
        faces: Sequence[StoredFace],
        only: Collection[str] | None = None,
    ) -> MatchResult:
        assert all(face.vector for face in faces)
        found = self.alike.get(probe.case_id, ())
        return MatchResult(
            leads=tuple(each for each in found if only is None or each.record_id in only),
            gallery_size=7,
            versions={"policy": "test"},
            faces_are_whole=self.faces_are_whole,
        )
