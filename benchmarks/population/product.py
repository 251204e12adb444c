"""The program itself as a contender: the only module of the simulation that knows how a search is asked."""

from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from dataclasses import replace
from typing import Self

from benchmarks.population.contest import MOST, Answer, Found, Question
from benchmarks.population.faces import Vectors
from benchmarks.population.filing import PhotoTaken
from benchmarks.population.frequencies import EvenSearch
from benchmarks.population.world import World
from casework.search.gallery import GalleryName, OwnerKind, StoredFace
from matching.compare.face import FaceMatch
from matching.face.embedding import pack
from matching.face.index import FaceRow
from matching.face.layered_index import LayeredIndex
from matching.face.reading import FaceQuality
from matching.fusion import Band
from matching.model import Candidate
from matching.policy import load_policy
from matching.ranking import Faces, RankedLead, Search
from matching.registry.registry import Registry
from runtime.face_evidence import NearRecords, face_matches
from runtime.face_galleries import Galleries

_ENGINE = "dlib-onnx"
_MODEL = "simulated"
#: A photo below every limit of `quality.toml`.
_POOR = FaceQuality(eye_distance_px=1.0, sharpness=0.0, brightness=0.0)


class Product:
    """Registry and gallery in memory, asked as the program asks them."""

    def __init__(self, world: World) -> None:
        policy = load_policy()
        faces: list[FaceRow] = []
        registry = Registry.build(_filed(world, faces))
        self._with_face = {each.owner_id for each in faces}
        name = GalleryName(kind=OwnerKind.RECORD, model_id=_MODEL)
        self._galleries = Galleries(indexes={name: LayeredIndex.build(faces)})
        # Fifty leads can be asked for, whatever a search usually shows.
        limits = replace(policy.limits, leads=MOST)
        #: Everything of the program but the faces.
        self.search: Search = Search(registry=registry, policy=replace(policy, limits=limits))

    def without_frequencies(self, asked: Iterable[Question]) -> Self:
        """The same program, for which no word is rarer than another."""
        search = EvenSearch.of(self.search, [each.resident.probe for each in asked])
        return self._with(search)

    def filed_again(self, further: Iterable[Candidate]) -> Self:
        """The same program with further records; they have no photos."""
        registry = self.search.registry.updated(further)
        return self._with(replace(self.search, registry=registry))

    def _with(self, search: Search) -> Self:
        other = copy(self)
        other.search = search
        return other

    def answer(self, question: Question) -> Answer:
        resident, looked_at = question.resident, set[str]()
        probe, photos = resident.probe, _photos(question)
        records = NearRecords(self._galleries)

        def look_up(wanted: Mapping[str, Candidate]) -> Mapping[str, FaceMatch]:
            looked_at.update(wanted)
            return face_matches(self._galleries, probe, photos, wanted, near=records)

        near = records.nearest(photos)
        ranking = self.search.leads(probe, Faces(near={*near}, look_up=look_up))
        true = resident.true_record
        needs_no_face = not photos or true not in self._with_face
        return Answer(
            resident=resident,
            found=tuple(_found(lead) for lead in ranking.leads),
            # Every record is scored by every word; of faces only some.
            is_scored=None if true is None else needs_no_face or true in looked_at,
        )


def _found(lead: RankedLead) -> Found:
    return Found(
        record_id=lead.record_id,
        score=lead.bits,
        probability=lead.probability,
        is_strong=lead.band is Band.STRONG,
    )


def _filed(world: World, faces: list[FaceRow]) -> Iterator[Candidate]:
    """Every candidate; rows of their faces are put beside on the way."""
    for record in world.registry():
        vector = world.record_face(record)
        record_id = record.candidate.record_id
        if vector is not None and record.photo is not None:
            faces.append(
                FaceRow(
                    face_id=record_id,
                    owner_id=record_id,
                    vector=vector,
                    is_poor=record.photo.is_poor,
                )
            )
        yield record.candidate


def _photos(question: Question) -> list[StoredFace]:
    photo = question.resident.photo
    if question.face is None or photo is None:
        return []
    return [_stored(question.resident.probe.case_id, question.face, photo)]


def _stored(case_id: str, vector: Vectors, photo: PhotoTaken) -> StoredFace:
    return StoredFace(
        face_id=case_id,
        owner_kind=OwnerKind.CASE,
        owner_id=case_id,
        photo_id=None,
        engine=_ENGINE,
        model_id=_MODEL,
        vector=pack(vector),
        quality=_POOR if photo.is_poor else None,
    )
