"""Photos stored before the eyes were noted are measured when they are compared."""

from dataclasses import dataclass, replace

import pytest

from casework.accounts.access import Role
from casework.errors import NotFoundError
from casework.search.eye_points import find_eyes
from casework.search.gallery import OwnerKind
from matching.face.embedding import pack
from matching.face.reading import DetectedFace, EyeLine, FaceQuality, PhotoReading
from tests.office import Office, a_seen_face
from tests.samples import a_case, a_face, a_lead, a_record, an_actor, an_admission

EYES = EyeLine(left=(10, 20), right=(30, 20), width=40, height=50)
OLD = FaceQuality(eye_distance_px=44, sharpness=7, brightness=0.4)


def seen(value: float, eyes: EyeLine | None = EYES) -> DetectedFace:
    face = a_seen_face(value)
    return replace(face, quality=replace(face.quality, eyes=eyes))


@dataclass
class Reader:
    """Sees the same faces on every photo."""

    faces: tuple[DetectedFace, ...]
    read_photos: int = 0

    def read(self, photo: bytes) -> PhotoReading:
        assert photo
        self.read_photos += 1
        return PhotoReading(photo_sha256="0" * 64, faces=self.faces)


@pytest.fixture
def office() -> Office:
    """A lead whose resident's photo lacks eyes while the record's has them."""
    office = Office()
    with office.open_work() as work:
        work.cases.add(a_case())
        work.cases.append(an_admission())
        work.records.add_many([a_record()])
        work.leads.add(a_lead())
        work.photos.put("p2", b"resident")
        old = replace(
            a_face("f2"),
            owner_kind=OwnerKind.CASE,
            owner_id="c1",
            photo_id="p2",
            model_id=a_seen_face().model_id,
            vector=pack((0.1,) * 128),
            quality=OLD,
        )
        known = replace(a_face(), photo_id="p1", quality=replace(OLD, eyes=EYES))
        work.faces.add_many([old, known])
        work.commit()
    return office


def quality_now(office: Office) -> FaceQuality | None:
    with office.open_work() as work:
        return work.faces.of_owner(OwnerKind.CASE, "c1")[0].quality


def test_the_eyes_are_noted_once_and_nothing_else_changes(office: Office) -> None:
    reader = Reader((seen(0.1),))
    assert find_eyes(office.context(), "l1", reader) == 1
    assert quality_now(office) == replace(OLD, eyes=EYES)
    assert find_eyes(office.context(), "l1", reader) == 0
    assert reader.read_photos == 1
    assert office.trail() == ["face.measure", "face.measure"]


def test_of_several_faces_the_nearest_is_the_persons(office: Office) -> None:
    other = replace(EYES, left=(1, 2))
    find_eyes(office.context(), "l1", Reader((seen(0.9, other), seen(0.11), seen(0.5, other))))
    assert quality_now(office) == replace(OLD, eyes=EYES)


@pytest.mark.parametrize("faces", [(), (seen(0.1, None),)])
def test_a_photo_that_shows_no_eyes_stays_as_it_is(
    office: Office, faces: tuple[DetectedFace, ...]
) -> None:
    assert find_eyes(office.context(), "l1", Reader(faces)) == 0
    assert quality_now(office) == OLD


def test_who_may_not_see_the_lead_measures_nothing(office: Office) -> None:
    stranger = an_actor(Role.SPECIALIST, station="另一站", user_id="u9")
    with pytest.raises(NotFoundError):
        find_eyes(office.context(stranger), "l1", Reader((seen(0.1),)))
