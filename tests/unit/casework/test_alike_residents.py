"""Residents who may be one person are told, and nobody else is."""

from dataclasses import replace

import pytest

from casework.access import SYSTEM, Role
from casework.alike_residents import alike_notes, alike_residents, tell_of_alike
from casework.errors import NotPermittedError
from casework.gallery import OwnerKind
from casework.intake import IntakeCommand, PhotoCommand, add_photo, open_case
from casework.jobs import Job, JobKind, Queue
from casework.matcher import AlikeFace
from casework.notices import NoticeKind
from casework.scoring import GalleryNotWholeError
from tests.office import FakeFaceReader, FakeMatcher, Office
from tests.samples import STATION, a_case, a_face, an_actor, an_admission

ELSEWHERE = "外市救助管理站"


def near(case_id: str, odds: float) -> AlikeFace:
    return AlikeFace(case_id=case_id, distance=0.3, odds=odds, detail="人脸距离 0.30")


ALIKE = FakeMatcher(alike=(near("c1", 9.0), near("c2", 0.9), near("c3", 0.3), near("c4", 0.001)))


@pytest.fixture
def office() -> Office:
    office = Office()
    with office.open_work() as work:
        for number in range(1, 5):
            case = a_case(f"c{number}", number=f"2026-000{number}")
            work.cases.add(replace(case, station=ELSEWHERE) if number == 3 else case)
            work.cases.append(an_admission(f"e{number}", f"c{number}"))
        work.faces.add_many([replace(a_face(owner="c1"), owner_kind=OwnerKind.CASE)])
        work.commit()
    return office


def a_job(office: Office) -> Job:
    with office.open_work() as work:
        office.context().order_job(work, JobKind.MATCH_RESIDENTS, "c1")
        job = work.outbox.claim(office.now, "w1", (Queue.TEXT,))
        work.commit()
    assert job is not None
    return job


def test_likely_others_are_named_and_those_of_other_stations_only_mentioned(
    office: Office,
) -> None:
    context = office.context(an_actor(Role.INTAKE))
    found = alike_residents(context, ALIKE, "c1")
    assert [each.place(STATION) for each in found] == ["个案 2026-0002", "外站个案"]
    assert alike_notes(context, ALIKE, "c1")[0] == (
        "可能是同一人（个案 2026-0002）：照片相像，人脸距离 0.30；请核对是否重复登记或再次求助。"
    )
    assert office.trail() == ["case.alike"]


def test_only_those_who_may_read_the_case_may_ask(office: Office) -> None:
    for actor in (an_actor(Role.ADMIN), an_actor(Role.SPECIALIST, station=ELSEWHERE)):
        with pytest.raises(NotPermittedError):
            alike_residents(office.context(actor), ALIKE, "c1")


def test_both_stations_are_told_once(office: Office) -> None:
    for _ in range(2):
        tell_of_alike(office.context(SYSTEM), ALIKE, "c1", a_job(office))
    with office.open_work() as work:
        ours = work.notices.unseen(STATION, 9)
        theirs = work.notices.unseen(ELSEWHERE, 9)
        assert work.outbox.pending() == 0
    assert {notice.kind for notice in ours} == {NoticeKind.ALIKE_RESIDENTS}
    assert sorted(notice.subject for notice in ours) == ["case:c1:c2", "case:c1:c3"]
    assert [notice.subject for notice in theirs] == ["case:c3:c1"]


def test_while_the_gallery_is_rebuilt_nobody_is_said_to_be_alone(office: Office) -> None:
    blind = replace(ALIKE, faces_are_whole=False)
    (note,) = alike_notes(office.context(), blind, "c1")
    assert "正在重建" in note
    with pytest.raises(GalleryNotWholeError):
        tell_of_alike(office.context(SYSTEM), blind, "c1", a_job(office))
    with office.open_work() as work:
        assert work.outbox.pending() == 1


def test_every_new_photo_is_compared() -> None:
    office = Office()
    context = office.context(an_actor(Role.INTAKE))
    opened = open_case(context, IntakeCommand(photos=(b"photo",)), FakeFaceReader())
    add_photo(context, PhotoCommand(case_id=opened.case.case_id, photo=b"new"), FakeFaceReader())
    open_case(context, IntakeCommand(), FakeFaceReader())
    kinds = []
    with office.open_work() as work:
        while (job := work.outbox.claim(office.now, "w1", (Queue.TEXT,))) is not None:
            kinds.append(job.kind)
    assert kinds.count(JobKind.MATCH_RESIDENTS) == 2
