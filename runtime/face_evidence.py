"""What the galleries say of a person's photos: who is near, and what each distance is worth."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from typing import Final

from casework.search.gallery import OwnerKind, StoredFace
from matching.compare.face import FaceMatch
from matching.face.calibration import Calibration, has_calibration, load_calibration
from matching.face.conditions import conditions_between
from matching.face.crowd import Crowd
from matching.face.embedding import Vector, unpack
from matching.face.index import FaceHit
from matching.face.layered_index import LayeredIndex
from matching.face.look_alikes import NearPerson, look_alikes
from matching.model import Candidate, Probe
from runtime.face_galleries import Galleries
from runtime.gallery_truth import is_poor

#: How many nearest people are looked at for one photo. NIST's investigation mode uses 50.
FACE_CANDIDATES: Final = 50
#: So many of the nearest candidates are held against each other.
_COMPARED: Final = 20
_LOOK_ALIKE: Final = "另有候选人的照片与此人更像：可能是双胞胎、兄弟姐妹，或同一人登记了两次"


@dataclass(frozen=True, slots=True, kw_only=True)
class NearFace:
    """A photo of one side and the nearest of a person on the other."""

    mine: StoredFace
    hit: FaceHit
    #: The gallery that the hit is from.
    index: LayeredIndex

    @property
    def gallery_size(self) -> int:
        """Faces in the gallery."""
        return self.index.size

    @property
    def calibration(self) -> Calibration:
        """What distances of this engine are worth."""
        return load_calibration(self.mine.engine)

    @property
    def poor_photos(self) -> int:
        """How many of the two photos are below the limits."""
        return is_poor(self.mine) + self.hit.is_poor


def nearest(
    galleries: Galleries,
    kind: OwnerKind,
    faces: Sequence[StoredFace],
    limit: int,
    only: Collection[str] | None = None,
) -> dict[str, NearFace]:
    """The `limit` people nearest to each photo, each once, by the nearest pair of photos.

    With `only`, nobody else is looked at.
    """
    found: dict[str, NearFace] = {}
    for face, index in _searched(galleries, kind, faces):
        _keep_nearer(found, face, index, _hits(index, unpack(face.vector), limit, only))
    return found


def _hits(
    index: LayeredIndex, vector: Vector, limit: int, only: Collection[str] | None
) -> Iterable[FaceHit]:
    if only is None:
        return index.search(vector, limit)
    hits = index.nearest_of(vector, only).values()
    return nsmallest(limit, hits, key=lambda hit: (hit.distance, hit.owner_id))


class NearRecords:
    """The records nearest to each photo of one person, whoever else is looked at; found once."""

    def __init__(self, galleries: Galleries) -> None:
        self._galleries = galleries
        self._hits: dict[str, tuple[FaceHit, ...]] = {}

    def nearest(self, faces: Sequence[StoredFace]) -> dict[str, NearFace]:
        """The `FACE_CANDIDATES` people nearest to each photo, as `nearest` finds them."""
        found: dict[str, NearFace] = {}
        for face, index in _searched(self._galleries, OwnerKind.RECORD, faces):
            _keep_nearer(found, face, index, self._of(face, index))
        return found

    def crowd(self, near: NearFace) -> Crowd:
        """Who else is near to the photo of a pair."""
        mine = near.mine
        others = (hit for hit in self._of(mine, near.index) if hit.owner_id != mine.owner_id)
        return Crowd(
            gallery_size=near.gallery_size, distances=tuple(hit.distance for hit in others)
        )

    def _of(self, face: StoredFace, index: LayeredIndex) -> tuple[FaceHit, ...]:
        if face.face_id not in self._hits:
            self._hits[face.face_id] = index.search(unpack(face.vector), FACE_CANDIDATES)
        return self._hits[face.face_id]


def face_matches(
    galleries: Galleries,
    probe: Probe,
    faces: Sequence[StoredFace],
    candidates: Mapping[str, Candidate],
    kind: OwnerKind = OwnerKind.RECORD,
    near: NearRecords | None = None,
) -> dict[str, FaceMatch]:
    """The nearest pair of photos of each candidate that has one; others stay silent.

    While a gallery is not whole, silence would be a lie: candidates without a pair are pending.
    `near`: of these galleries, kept from one call for a person to the next.
    """
    around = near or NearRecords(galleries)
    found: dict[str, NearFace] = {}
    for face, index in _searched(galleries, kind, faces):
        hits = index.nearest_of(unpack(face.vector), candidates)
        _keep_nearer(found, face, index, hits.values())
    alike_ids = _look_alikes(galleries, found, kind)
    matches = {
        owner_id: _match(pair, probe, candidates[owner_id], around, is_alike=owner_id in alike_ids)
        for owner_id, pair in found.items()
    }
    if galleries.are_whole or not faces:
        return matches
    return {**dict.fromkeys(candidates, FaceMatch.pending()), **matches}


def _searched(
    galleries: Galleries, kind: OwnerKind, faces: Iterable[StoredFace]
) -> Iterable[tuple[StoredFace, LayeredIndex]]:
    """Each photo with the gallery of its model, if that serves and its distances mean anything."""
    for face in faces:
        index = galleries.index(kind, face.model_id)
        if index is not None and has_calibration(face.engine):
            yield face, index


def _keep_nearer(
    found: dict[str, NearFace], face: StoredFace, index: LayeredIndex, hits: Iterable[FaceHit]
) -> None:
    for hit in hits:
        known = found.get(hit.owner_id)
        if known is None or hit.distance < known.hit.distance:
            found[hit.owner_id] = NearFace(mine=face, hit=hit, index=index)


def _look_alikes(
    galleries: Galleries, found: Mapping[str, NearFace], kind: OwnerKind
) -> frozenset[str]:
    """Candidates whom another one resembles more than the resident does."""
    speaking = {
        owner_id: near
        for owner_id, near in found.items()
        if near.calibration.bits(near.hit.distance) > 0
    }
    nearest_first = sorted(speaking, key=lambda owner_id: speaking[owner_id].hit.distance)
    people = {}
    for owner_id in nearest_first[:_COMPARED]:
        near = speaking[owner_id]
        index = galleries.index(kind, near.mine.model_id)
        if index is not None:
            people[owner_id] = NearPerson(
                distance=near.hit.distance, vectors=index.vectors_of(owner_id)
            )
    return look_alikes(people)


def _match(
    near: NearFace, probe: Probe, candidate: Candidate, around: NearRecords, *, is_alike: bool
) -> FaceMatch:
    under = conditions_between(probe, candidate, near.poor_photos)
    gap, calibration = near.hit.distance, near.calibration
    crowd = around.crowd(near) if calibration.counts_at(gap) else None
    detail = calibration.detail(gap, near.gallery_size, under, crowd)
    return FaceMatch(
        distance=gap,
        bits=calibration.bits(gap, under, crowd),
        detail=f"{detail}；{_LOOK_ALIKE}" if is_alike else detail,
    )
