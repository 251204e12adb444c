from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from casework.accounts.access import Role
from casework.cases.case import CaseState, IntakeForm
from casework.cases.happenings.care import Admitted, Departed, DepartureKind
from casework.cases.happenings.knowledge import IntakeCaptured, InterviewHeld, PhotoTaken
from casework.cases.intake import IntakeCommand, PhotoCommand, add_photo, check_form, open_case
from casework.cases.recording import RecordCommand, record
from casework.errors import (
    BadInputError,
    ChooseFaceError,
    NotFoundError,
    NotPermittedError,
    TransitionRefusedError,
)
from casework.search.gallery import OwnerKind
from matching.face.reading import Rejection, RejectionCode
from matching.model import Sex
from tests.office import NO_FACE, FakeFaceReader, Office, a_seen_face
from tests.samples import NOW, STATION, an_actor

TALK = "答：我叫刘福生，老家湖南龙回。"


def test_an_intake_opens_a_case_with_its_history_windows_and_search() -> None:
    office = Office()
    form = IntakeForm(name="阿福", sex=Sex.MALE, apparent_age=60, household_place="湖南邵阳")
    command = IntakeCommand(form=form, photos=(b"jpeg",), transcript=TALK)
    opened = open_case(office.context(), command, FakeFaceReader())
    with office.open_work() as work:
        case = work.cases.get(opened.case.case_id)
        kinds = [type(entry.details) for entry in work.cases.entries(case.case_id)]
        windows = work.windows.of_case(case.case_id)
        (face,) = work.faces.of_owner(OwnerKind.CASE, case.case_id)
        assert work.photos.get(str(face.photo_id)) == b"jpeg"
        assert work.outbox.pending() == 2
    assert kinds == [Admitted, PhotoTaken, InterviewHeld, IntakeCaptured]
    assert (case.number, case.station, case.version) == ("2026-0001", STATION, 4)
    assert "police_identity_request" in {window.kind for window in windows}
    assert opened.notes == ()
    assert office.trail() == ["case.open"]


def test_an_intake_without_photo_or_words_says_what_is_missing() -> None:
    opened = open_case(Office().context(), IntakeCommand(), FakeFaceReader())
    assert len(opened.notes) == 2
    assert "没有照片" in opened.notes[0]
    assert "没有中文内容" in opened.notes[1]


def test_english_words_are_no_usable_talk() -> None:
    command = IntakeCommand(photos=(b"x",), transcript="he does not speak")
    opened = open_case(Office().context(), command, FakeFaceReader())
    assert len(opened.notes) == 1


def test_a_face_that_is_hardly_usable_is_kept_and_noted() -> None:
    blurred = Rejection(code=RejectionCode.BLURRED, message="照片模糊。", remedy="请重拍。")
    reader = FakeFaceReader(faces=(a_seen_face(unusable=blurred),))
    opened = open_case(Office().context(), IntakeCommand(photos=(b"x",), transcript=TALK), reader)
    assert opened.notes == ("照片模糊。请重拍。",)


def test_several_faces_ask_which_one_and_write_nothing() -> None:
    office = Office()
    reader = FakeFaceReader(faces=(a_seen_face(0.1), a_seen_face(0.2)))
    with pytest.raises(ChooseFaceError) as caught:
        open_case(office.context(), IntakeCommand(photos=(b"x",)), reader)
    assert caught.value.boxes == ((10, 20, 100, 120),) * 2
    assert office.trail() == []


def test_the_chosen_face_is_the_one_that_is_kept() -> None:
    office = Office()
    reader = FakeFaceReader(faces=(a_seen_face(0.1), a_seen_face(0.2)))
    command = IntakeCommand(photos=(b"x",), face_choice=2)
    opened = open_case(office.context(), command, reader)
    with office.open_work() as work:
        (face,) = work.faces.of_owner(OwnerKind.CASE, opened.case.case_id)
    assert face.vector[:4] == bytes.fromhex("cdcc4c3e")


@pytest.mark.parametrize("choice", [0, 3])
def test_a_face_that_is_not_there_cannot_be_chosen(choice: int) -> None:
    reader = FakeFaceReader(faces=(a_seen_face(0.1), a_seen_face(0.2)))
    with pytest.raises(BadInputError, match="2 张脸"):
        open_case(Office().context(), IntakeCommand(photos=(b"x",), face_choice=choice), reader)


def test_a_photo_without_a_face_is_refused_with_its_remedy() -> None:
    office = Office()
    reader = FakeFaceReader(faces=(), rejected=NO_FACE)
    with pytest.raises(BadInputError, match="请正对镜头重拍"):
        open_case(office.context(), IntakeCommand(photos=(b"x",)), reader)
    with office.open_work() as work:
        assert work.cases.page(station=None, state=None, cursor=None, limit=9).items == ()


def test_only_roles_of_the_table_may_open_cases() -> None:
    for role in (Role.POLICE, Role.ADMIN, Role.AUDITOR):
        with pytest.raises(NotPermittedError):
            open_case(Office().context(an_actor(role)), IntakeCommand(), FakeFaceReader())


@pytest.mark.parametrize(
    "form",
    [
        IntakeForm(birth_year=2027),
        IntakeForm(birth_year=1900),
        IntakeForm(apparent_age=126),
        IntakeForm(apparent_age=-1),
        IntakeForm(height_cm=16),
        IntakeForm(admitted_at=NOW + timedelta(hours=1)),
        IntakeForm(admitted_at=datetime(2026, 3, 1)),  # noqa: DTZ001 - the point of the case
        IntakeForm(name="长" * 201),
    ],
    ids=["born tomorrow", "too old", "age", "negative", "metres", "future", "naive", "long"],
)
def test_values_that_cannot_be_true_are_refused(form: IntakeForm) -> None:
    with pytest.raises(BadInputError):
        check_form(form, NOW)


def test_a_year_that_has_begun_only_in_china_is_this_year() -> None:
    new_year = datetime(2026, 12, 31, 17, 0, tzinfo=UTC)
    check_form(IntakeForm(birth_year=2027), new_year)


def test_a_very_long_transcript_is_refused_before_anything_is_written() -> None:
    office = Office()
    with pytest.raises(BadInputError):
        open_case(office.context(), IntakeCommand(transcript="话" * 200_001), FakeFaceReader())
    assert office.trail() == []


def test_the_admission_time_of_the_form_starts_the_windows() -> None:
    office = Office()
    admitted_at = NOW - timedelta(hours=20)
    form = replace(IntakeForm(), admitted_at=admitted_at)
    opened = open_case(office.context(), IntakeCommand(form=form), FakeFaceReader())
    with office.open_work() as work:
        windows = work.windows.of_case(opened.case.case_id)
    request = next(each for each in windows if each.kind == "police_identity_request")
    assert (request.starts, request.due) == (admitted_at, admitted_at + timedelta(hours=24))


def test_somebody_helped_in_the_street_gets_a_file_and_no_admission_windows() -> None:
    office = Office()
    command = IntakeCommand(form=IntakeForm(name="阿福"), in_street=True)
    opened = open_case(office.context(), command, FakeFaceReader())
    with office.open_work() as work:
        kinds = {entry.details.kind for entry in work.cases.entries(opened.case.case_id)}
        windows = work.windows.of_case(opened.case.case_id)
    assert kinds == {"street_helped", "intake_captured"}
    states = {window.kind: window.state for window in windows}
    assert states["police_identity_request"] == "waiting"
    assert states["intake_capture"] == "met"


def test_the_notice_of_a_minor_is_withheld_from_the_first_minute() -> None:
    office = Office()
    command = IntakeCommand(form=IntakeForm(apparent_age=12))
    opened = open_case(office.context(), command, FakeFaceReader())
    with office.open_work() as work:
        windows = work.windows.of_case(opened.case.case_id)
    notice = next(each for each in windows if each.kind == "search_notice")
    assert notice.state == "withheld"


def test_a_later_photo_stands_beside_the_earlier_one_and_is_searched() -> None:
    office = Office()
    reader = FakeFaceReader()
    case_id = open_case(office.context(), IntakeCommand(photos=(b"one",)), reader).case.case_id
    command = PhotoCommand(case_id=case_id, photo=b"two")
    photo_id = add_photo(office.context(), command, reader).photo_id
    with office.open_work() as work:
        assert work.photos.get(photo_id) == b"two"
        assert len(work.faces.of_owner(OwnerKind.CASE, case_id)) == 2
        assert work.outbox.pending() == 4
    assert office.trail() == ["case.open", "photo.add"]


def test_a_later_photo_that_cannot_be_used_or_is_not_ours_leaves_nothing() -> None:
    office = Office()
    case_id = open_case(office.context(), IntakeCommand(), FakeFaceReader()).case.case_id
    command = PhotoCommand(case_id=case_id, photo=b"two")
    with pytest.raises(BadInputError):
        add_photo(office.context(), command, FakeFaceReader(faces=(), rejected=NO_FACE))
    stranger = an_actor(Role.SPECIALIST, station="另一站")
    with pytest.raises(NotPermittedError):
        add_photo(office.context(stranger), command, FakeFaceReader())
    with office.open_work() as work:
        assert work.faces.of_owner(OwnerKind.CASE, case_id) == ()


def test_somebody_who_comes_back_gets_no_second_file() -> None:
    office, reader = Office(), FakeFaceReader()
    first = open_case(office.context(), IntakeCommand(photos=(b"one",)), reader).case
    again = IntakeCommand(photos=(b"two",), transcript=TALK, same_person_as=first.case_id)
    with pytest.raises(TransitionRefusedError, match="已经在站"):
        open_case(office.context(), again, reader)
    left = Departed(how=DepartureKind.OWN_WISH)
    record(office.context(), RecordCommand(case_id=first.case_id, details=left))
    office.now += timedelta(days=9)
    back = open_case(office.context(), again, reader).case
    assert (back.case_id, back.number) == (first.case_id, first.number)
    with office.open_work() as work:
        kinds = [entry.details.kind for entry in work.cases.entries(first.case_id)]
        assert kinds.count("admitted") == 2
        assert len(work.faces.of_owner(OwnerKind.CASE, first.case_id)) == 2
        assert work.cases.get(first.case_id).state is CaseState.OPEN
        requests = [
            window
            for window in work.windows.of_case(first.case_id)
            if window.kind == "police_identity_request"
        ]
    assert [window.state for window in requests] == ["stopped", "open"]


def test_the_earlier_case_must_be_there_and_ours() -> None:
    office = Office()
    with pytest.raises(NotFoundError):
        open_case(office.context(), IntakeCommand(same_person_as="none"), FakeFaceReader())
    case_id = open_case(office.context(), IntakeCommand(), FakeFaceReader()).case.case_id
    stranger = an_actor(Role.SPECIALIST, station="另一站")
    command = IntakeCommand(same_person_as=case_id)
    with pytest.raises(NotPermittedError):
        open_case(office.context(stranger), command, FakeFaceReader())
