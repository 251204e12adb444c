"""Moving a gallery between engines: nothing is lost, nothing half-made is ever searched."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from casework.accounts.access import Role
from casework.context import Context
from casework.errors import NotPermittedError, UnavailableError
from casework.search.gallery import OwnerKind, StoredFace
from matching.face.embedding import pack, unpack
from matching.face.reading import Box, DetectedFace, PhotoReading
from matching.model import PersonFacts
from runtime.face_galleries import FaceGalleries
from runtime.face_generations import FaceGenerations, face_generations
from runtime.matcher import LiveMatcher
from runtime.reembed import BATCH, Move, MoveReport, reembed
from storage.face_snapshots import SnapshotFolder
from tests.office import NO_FACE, Office, a_seen_face
from tests.people import a_probe
from tests.samples import a_case, a_record, an_actor

OLD, NEW = "old:1", "new:1"
LEFT, RIGHT = Box(x=0, y=0, width=50, height=50), Box(x=200, y=0, width=60, height=60)


def face_of(model_id: str, *vector: float, box: Box = LEFT) -> DetectedFace:
    engine = model_id.partition(":")[0]
    return replace(a_seen_face(), engine=engine, model_id=model_id, embedding=vector, box=box)


@dataclass(slots=True)
class Scripted:
    """Reads photos by their bytes; a photo it was not told of shows one face."""

    model_id: str
    told: Mapping[bytes, tuple[DetectedFace, ...]] = field(default_factory=dict)
    seen: list[bytes] = field(default_factory=list)
    #: How many photos it reads before it breaks down.
    lasts: int = 1_000

    def read(self, photo: bytes) -> PhotoReading:
        if len(self.seen) == self.lasts:
            raise UnavailableError("人脸识别部件没有启动。")
        self.seen.append(photo)
        faces = self.told.get(photo, (face_of(self.model_id, float(photo[0]), 1.0, 0.0),))
        return PhotoReading(photo_sha256="0" * 64, faces=faces, rejected=None if faces else NO_FACE)


def stored(number: int, *, kind: OwnerKind = OwnerKind.RECORD, owner: str = "") -> StoredFace:
    return StoredFace(
        face_id=f"face{number}",
        owner_kind=kind,
        owner_id=owner or f"record{number}",
        photo_id=f"photo{number}",
        engine="old",
        model_id=OLD,
        vector=pack([float(number), 1.0, 0.0]),
    )


def office_with(count: int) -> Office:
    office = Office()
    with office.open_work() as work:
        for number in range(1, count + 1):
            work.records.upsert(
                replace(a_record(), record_id=f"record{number}", source_number=str(number))
            )
            work.photos.put(f"photo{number}", bytes([number]))
            work.faces.add_many([stored(number)])
        work.commit()
    return office


def boss(office: Office) -> Context:
    return office.context(an_actor(Role.SUPERVISOR))


def moved(
    office: Office,
    new: Scripted,
    old: Scripted | None = None,
    *,
    leave_behind: bool = False,
    tell: Callable[[int, int], None] = lambda *_: None,
) -> MoveReport:
    move = Move(engine="new", model_id=new.model_id, leave_behind=leave_behind)
    return reembed(boss(office), move, new, {"old": old or Scripted(OLD)}, tell)


def generations(office: Office) -> FaceGenerations:
    with office.open_work() as work:
        return face_generations(work)


def vectors(office: Office, model_id: str) -> dict[str, list[float]]:
    with office.open_work() as work:
        faces = work.faces.all_of(OwnerKind.RECORD, model_id)
        return {face.owner_id: unpack(face.vector).tolist() for face in faces}


def nearest(office: Office, face: StoredFace) -> str | None:
    galleries = FaceGalleries(office.open_work, SnapshotFolder(Path("nowhere")))
    matcher = LiveMatcher(office.open_work, galleries)
    matcher.refresh()
    leads = matcher.match(a_probe(PersonFacts()), [face]).leads
    galleries.close()
    compared = (lead.record_id for lead in leads if not lead.evidence[0].is_silent)
    return next(compared, None)


def test_every_face_is_moved_and_the_new_model_serves() -> None:
    office = office_with(3)
    report = moved(office, Scripted(NEW))
    assert (report.moved, report.already, report.left_behind, report.switched) == (3, 0, 0, True)
    assert vectors(office, NEW) == vectors(office, OLD)
    assert generations(office).serving == NEW
    assert generations(office).engine("old") == "new"
    assert "face.reembed" in office.trail()


def test_an_interrupted_move_goes_on_where_it_stopped_and_the_old_model_serves_until_then() -> None:
    office = office_with(BATCH + 5)
    with pytest.raises(UnavailableError):
        moved(office, Scripted(NEW, lasts=BATCH + 2))
    assert len(vectors(office, NEW)) == BATCH
    assert generations(office).serves(OLD)
    assert not generations(office).serves(NEW)
    second = Scripted(NEW)
    report = moved(office, second)
    assert len(second.seen) == 5
    assert (report.moved, report.already, report.switched) == (5, BATCH, True)
    assert not generations(office).serves(OLD)


def test_a_half_made_model_is_never_searched_not_even_after_a_move_to_a_third() -> None:
    office = office_with(BATCH + 1)
    for model in (NEW, "third:1"):
        with pytest.raises(UnavailableError):
            moved(office, Scripted(model, lasts=BATCH))
    probe = replace(stored(2), engine="face-recognition")
    assert nearest(office, probe) == "record2"
    assert nearest(office, replace(probe, model_id=NEW)) is None
    assert not generations(office).serves("third:1")


def test_moving_back_reads_no_photo() -> None:
    office = office_with(2)
    moved(office, Scripted(NEW))
    back = Scripted(OLD)
    report = moved(office, back)
    assert (back.seen, report.moved, report.already, report.switched) == ([], 0, 2, True)
    assert generations(office).serving == OLD


def test_faces_that_cannot_be_moved_keep_the_old_model_serving_unless_they_are_given_up() -> None:
    office = office_with(2)
    with office.open_work() as work:
        work.faces.add_many([replace(stored(9), photo_id=None)])
        work.commit()
    blind = {bytes([1]): ()}
    report = moved(office, Scripted(NEW, blind))
    assert (report.without_photo, report.without_face, report.switched) == (1, 1, False)
    assert generations(office).serves(OLD)
    assert moved(office, Scripted(NEW, blind), leave_behind=True).switched


def test_of_several_faces_the_one_whose_vector_was_kept_is_moved() -> None:
    office = office_with(1)
    group = {bytes([1]): (face_of(OLD, 5.0, 5.0, 5.0, box=RIGHT), face_of(OLD, 1.0, 1.0, 0.0))}
    again = {
        bytes([1]): (
            face_of(NEW, 8.0, 0.0, 0.0, box=replace(RIGHT, x=205)),
            face_of(NEW, 9.0, 0.0, 0.0, box=replace(LEFT, y=4)),
        )
    }
    moved(office, Scripted(NEW, again), Scripted(OLD, group))
    assert vectors(office, NEW) == {"record1": [9.0, 0.0, 0.0]}


def test_a_new_engine_that_sees_only_somebody_else_moves_nobody() -> None:
    office = office_with(1)
    group = {bytes([1]): (face_of(OLD, 5.0, 5.0, 5.0, box=RIGHT), face_of(OLD, 1.0, 1.0, 0.0))}
    other = {bytes([1]): (face_of(NEW, 8.0, 0.0, 0.0, box=RIGHT),)}
    report = moved(office, Scripted(NEW, other), Scripted(OLD, group))
    assert (report.moved, report.without_face, report.switched) == (0, 1, False)


def test_who_is_erased_while_the_photo_is_read_stays_erased() -> None:
    office = office_with(1)

    @dataclass(slots=True)
    class Slow(Scripted):
        def read(self, photo: bytes) -> PhotoReading:
            with office.open_work() as work:
                work.faces.remove_owner(OwnerKind.RECORD, "record1")
                work.commit()
            return Scripted.read(self, photo)

    assert moved(office, Slow(NEW)).moved == 0
    assert vectors(office, NEW) == {}


def test_a_photo_that_comes_in_meanwhile_is_moved_before_the_switch() -> None:
    office = office_with(1)

    def tell(_done: int, _total: int) -> None:
        with office.open_work() as work:
            if len(list(work.faces.all_of(OwnerKind.RECORD, OLD))) == 1:
                work.photos.put("photo2", bytes([2]))
                work.faces.add_many([stored(2)])
                work.commit()

    report = moved(office, Scripted(NEW), tell=tell)
    assert (report.moved, report.switched) == (2, True)


def test_open_cases_are_searched_again_after_the_switch() -> None:
    office = office_with(1)
    with office.open_work() as work:
        work.cases.add(a_case())
        work.photos.put("photo5", bytes([5]))
        work.faces.add_many([stored(5, kind=OwnerKind.CASE, owner=a_case().case_id)])
        work.commit()
    moved(office, Scripted(NEW))
    with office.open_work() as work:
        assert work.outbox.pending() == 2


def test_the_desk_may_not_move_a_gallery() -> None:
    office = office_with(1)
    with pytest.raises(NotPermittedError):
        reembed(
            office.context(an_actor(Role.INTAKE)),
            Move(engine="new", model_id=NEW),
            Scripted(NEW),
            {},
            lambda *_: None,
        )
