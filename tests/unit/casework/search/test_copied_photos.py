"""The same photo twice: a note for one person, an alarm for two, and no evidence for a match."""

from dataclasses import dataclass, replace

import pytest

from casework.cases.intake import IntakeCommand, PhotoCommand, add_photo, open_case
from casework.search.copied_photos import copied_records
from casework.search.gallery import OwnerKind
from casework.search.search import search_case
from matching.compare.face import FaceMatch, compare_face
from matching.evidence import Evidence, Signal
from matching.face.reading import PhotoReading
from matching.fusion import Band
from matching.ranking import RankedLead
from tests.office import FakeMatcher, Office, a_seen_face
from tests.samples import a_face, a_record, an_actor

ONE, OTHER = "0" * 64, "f" * 64
#: A copy: shrunk and recompressed, a few bits of the hash differ.
NEARLY_ONE = "0" * 60 + "00ff"


@dataclass(slots=True)
class Hashed:
    """Reads a photo whose bytes are its perceptual hash."""

    def read(self, photo: bytes) -> PhotoReading:
        return PhotoReading(
            photo_sha256="0" * 64, faces=(a_seen_face(),), picture_hash=photo.decode()
        )


@pytest.fixture
def office() -> Office:
    return Office()


def taken_in(
    office: Office, *photos: str, station: str | None = None
) -> tuple[str, tuple[str, ...]]:
    actor = an_actor(station=station) if station else an_actor()
    command = IntakeCommand(photos=tuple(photo.encode() for photo in photos))
    opened = open_case(office.context(actor), command, Hashed())
    return opened.case.case_id, tuple(note for note in opened.notes if "同一张" in note)


def test_two_different_photos_of_one_person_are_no_alarm(office: Office) -> None:
    assert taken_in(office, ONE, OTHER)[1] == ()


def test_the_same_photo_twice_for_one_person_adds_nothing_and_says_so_once(office: Office) -> None:
    (note,) = taken_in(office, ONE, NEARLY_ONE)[1]
    assert "交了两次" in note


def test_a_photo_added_later_is_compared_with_the_earlier_ones(office: Office) -> None:
    case_id, _ = taken_in(office, ONE)
    again = PhotoCommand(case_id=case_id, photo=NEARLY_ONE.encode())
    assert "交了两次" in add_photo(office.context(), again, Hashed()).notes[0]
    fresh = PhotoCommand(case_id=case_id, photo=OTHER.encode())
    assert add_photo(office.context(), fresh, Hashed()).notes == ()


def test_the_photo_of_another_resident_is_an_alarm_that_names_the_case(office: Office) -> None:
    first, _ = taken_in(office, ONE)
    (note,) = taken_in(office, NEARLY_ONE)[1]
    with office.open_work() as work:
        assert work.cases.get(first).number in note
    assert note.startswith("警告")


def test_a_case_of_another_station_is_not_named(office: Office) -> None:
    first, _ = taken_in(office, ONE, station="韶关市救助管理站")
    (note,) = taken_in(office, ONE)[1]
    with office.open_work() as work:
        assert work.cases.get(first).number not in note
    assert "外站" in note


def test_a_record_with_the_residents_own_photo_is_ranked_again_without_its_face(
    office: Office,
) -> None:
    case_id, _ = taken_in(office, ONE)
    with office.open_work() as work:
        work.records.add_many([a_record(), a_record("r2", source_number="GA-2")])
        work.faces.add_many(
            [
                replace(a_face(), picture_hash=NEARLY_ONE),
                replace(a_face("f2", owner="r2"), picture_hash=OTHER),
            ]
        )
        work.commit()
    matcher = FakeMatcher(leads=(lead_to("r1"), lead_to("r2")))
    search_case(office.context(), matcher, case_id)
    assert len(matcher.probes) == 2
    assert matcher.copied == {"r1"}


def test_without_a_copy_there_is_one_ranking(office: Office) -> None:
    case_id, _ = taken_in(office, ONE)
    with office.open_work() as work:
        work.records.add_many([a_record()])
        work.faces.add_many([a_face()])
        work.commit()
        faces = work.faces.of_owner(OwnerKind.CASE, case_id)
        assert copied_records(work, faces, ["r1"]) == frozenset()
    matcher = FakeMatcher(leads=(lead_to("r1"),))
    search_case(office.context(), matcher, case_id)
    assert len(matcher.probes) == 1


def test_a_copy_is_worth_nothing_and_says_why() -> None:
    evidence = compare_face(FaceMatch.copy(), cap=11.0)
    assert evidence.bits == 0.0
    assert evidence.detail.startswith("警告")


def lead_to(record_id: str) -> RankedLead:
    return RankedLead(
        rank=1,
        record_id=record_id,
        probability=0.7,
        bits=1.2,
        prior_bits=-5.0,
        band=Band.POSSIBLE,
        evidence=(Evidence(signal=Signal.FACE, bits=6.2, detail="人脸距离 0.01"),),
    )
