"""Residents who may be one person are told, with why, and nobody else is."""

from dataclasses import replace

import pytest

from casework.accounts.access import SYSTEM, Role
from casework.alike.pairs import AlikePair, AlikeState
from casework.alike.residents import match_residents
from casework.alike.view import alike_residents, alike_to_judge, view_alike
from casework.cases.intake import IntakeCommand, PhotoCommand, add_photo, open_case
from casework.errors import NotFoundError, NotPermittedError
from casework.jobs.job import Job, JobKind, Queue
from casework.jobs.notice import NoticeKind
from casework.search.scoring import GalleryNotWholeError
from matching.evidence import Signal
from matching.ranking import RankedLead
from tests.alike_files import ELSEWHERE, alike_office, near
from tests.office import FakeFaceReader, FakeMatcher, Office
from tests.samples import STATION, an_actor


@pytest.fixture
def office() -> Office:
    return alike_office()


def matched(office: Office, case_id: str, *found: RankedLead) -> tuple[AlikePair, ...]:
    matcher = FakeMatcher(alike={case_id: found})
    return match_residents(office.context(SYSTEM), matcher, case_id)


def a_job(office: Office) -> Job:
    with office.open_work() as work:
        office.context().order_job(work, JobKind.MATCH_RESIDENTS, "c3")
        job = work.outbox.claim(office.now, "w1", (Queue.TEXT,))
        work.commit()
    assert job is not None
    return job


def test_likely_others_are_named_and_those_of_other_stations_only_mentioned(office: Office) -> None:
    matched(office, "c4", near("c2", 9.0), near("c3", 2.0))
    found = alike_residents(office.context(an_actor(Role.INTAKE)), "c4")
    assert [each.place for each in found] == ["个案 2026-0002", f"外站个案（{ELSEWHERE}）"]
    assert found[0].note == (
        "可能是同一人（个案 2026-0002）：约 5 次里 4 次是同一人，相符的有姓名；"
        "请核对是否重复登记或再次求助。"
    )
    assert office.trail() == ["case.alike", "case.alike"]


def test_of_another_stations_file_no_value_is_shown(office: Office) -> None:
    matched(office, "c4", near("c2", 9.0), near("c3", 2.0))
    own, theirs = alike_residents(office.context(), "c4")
    assert (own.evidence[0].detail, own.evidence[0].probe_value) == ("同音", "刘福生")
    assert (theirs.evidence[0].detail, theirs.evidence[0].probe_value) == ("支持", None)
    assert theirs.evidence[0].bits == own.evidence[0].bits - 7.0


def test_both_sides_see_their_own_value_first(office: Office) -> None:
    (pair,) = matched(office, "c2", near("c1", 9.0))
    (seen,) = alike_residents(office.context(), "c1")
    assert seen.pair == pair
    assert (seen.evidence[0].probe_value, seen.evidence[0].candidate_value) == ("刘福升", "刘福生")
    assert seen.evidence[1].detail == "另一份档案里没有身高"


def test_the_later_file_is_held_against_the_earlier_one_whoever_is_searched(office: Office) -> None:
    alike = {"c1": (near("c2", 5.0),), "c2": (near("c1", 9.0),)}
    matcher = FakeMatcher(alike=alike)
    (by_earlier,) = match_residents(office.context(SYSTEM), matcher, "c1")
    (by_later,) = match_residents(office.context(SYSTEM), matcher, "c2")
    assert by_earlier == by_later
    assert (by_later.later_id, by_later.earlier_id, by_later.ranked.bits) == ("c2", "c1", 9.0)


def test_only_those_who_may_read_the_case_may_ask(office: Office) -> None:
    (pair,) = matched(office, "c2", near("c1", 9.0))
    for actor in (an_actor(Role.ADMIN), an_actor(Role.SPECIALIST, station=ELSEWHERE)):
        with pytest.raises(NotPermittedError):
            alike_residents(office.context(actor), "c1")
    with pytest.raises(NotFoundError):
        view_alike(office.context(an_actor(station=ELSEWHERE)), pair.pair_id)


def test_both_stations_are_told_once(office: Office) -> None:
    matcher = FakeMatcher(alike={"c3": (near("c2", 5.0), near("c1", 4.0)), "c4": ()})
    for _ in range(2):
        match_residents(office.context(SYSTEM), matcher, "c3", job=a_job(office))
    with office.open_work() as work:
        ours = work.notices.unseen(STATION, 9)
        theirs = work.notices.unseen(ELSEWHERE, 9)
        assert work.outbox.pending() == 0
    assert {notice.kind for notice in (*ours, *theirs)} == {NoticeKind.ALIKE_RESIDENTS}
    assert (len(ours), len(theirs)) == (2, 2)
    assert len(alike_to_judge(office.context())) == 2


def test_while_the_gallery_is_rebuilt_nothing_is_said_and_the_job_stays(office: Office) -> None:
    blind = FakeMatcher(alike={"c3": (near("c2", 5.0),)}, faces_are_whole=False)
    with pytest.raises(GalleryNotWholeError):
        match_residents(office.context(SYSTEM), blind, "c3", job=a_job(office))
    with office.open_work() as work:
        assert work.outbox.pending() == 1
        assert work.alike.of_case("c3") == ()


def test_what_is_no_longer_found_is_withdrawn_and_comes_back(office: Office) -> None:
    matched(office, "c2", near("c1", 9.0))
    (gone,) = matched(office, "c2")
    assert gone.state is AlikeState.WITHDRAWN
    assert alike_residents(office.context(), "c2") == ()
    (back,) = matched(office, "c2", near("c1", 9.0))
    assert back.state is AlikeState.PROPOSED


def test_what_was_said_to_be_two_people_needs_new_evidence(office: Office) -> None:
    (pair,) = matched(office, "c2", near("c1", 9.0))
    judged = {Signal.NAME.value: 9.0}
    with office.open_work() as work:
        no = replace(pair, state=AlikeState.DIFFERENT, judged=judged, judged_at=office.now)
        work.alike.save(replace(no, version=pair.version + 1), read_version=pair.version)
        work.commit()
    (same,) = matched(office, "c2", near("c1", 9.5))
    assert same.state is AlikeState.DIFFERENT
    (news,) = matched(office, "c2", near("c1", 10.5))
    assert (news.state, news.whats_new) == (AlikeState.PROPOSED, ("新的依据：同音",))


def test_everything_new_in_a_file_is_compared() -> None:
    office = Office()
    context = office.context(an_actor(Role.INTAKE))
    opened = open_case(context, IntakeCommand(), FakeFaceReader())
    add_photo(context, PhotoCommand(case_id=opened.case.case_id, photo=b"new"), FakeFaceReader())
    kinds = []
    with office.open_work() as work:
        while (job := work.outbox.claim(office.now, "w1", (Queue.TEXT,))) is not None:
            kinds.append(job.kind)
    assert kinds.count(JobKind.MATCH_RESIDENTS) == 2
