"""A person says who is one person; what follows, and who may take it back."""

from dataclasses import replace

import pytest

from casework.accounts.access import SYSTEM, Role
from casework.alike.judging import JudgeCommand, judge_alike, may_undo
from casework.alike.pairs import AlikePair, AlikeState, AlikeVerdict
from casework.alike.residents import match_residents
from casework.alike.same_person import files_of_person
from casework.cases.repeat_help import repeat_to_review
from casework.errors import (
    BadInputError,
    NotPermittedError,
    StaleVersionError,
    TransitionRefusedError,
)
from casework.jobs.notice import NoticeKind
from casework.windows.window import WindowState
from tests.alike_files import ELSEWHERE, admission, alike_office, near
from tests.office import FakeMatcher, Office
from tests.samples import a_user, an_actor


@pytest.fixture
def office() -> Office:
    return alike_office()


def a_pair(office: Office, later: str = "c2", earlier: str = "c1") -> AlikePair:
    matcher = FakeMatcher(alike={later: (near(earlier, 9.0),)})
    pairs = match_residents(office.context(SYSTEM), matcher, later)
    return next(pair for pair in pairs if pair.beside(later) == earlier)


def said(
    office: Office, pair: AlikePair, verdict: AlikeVerdict, reason: str | None = "本人承认"
) -> AlikePair:
    command = JudgeCommand(
        pair_id=pair.pair_id, verdict=verdict, read_version=pair.version, reason=reason
    )
    return judge_alike(office.context(), command)


def lines(office: Office, case_id: str) -> list[str]:
    with office.open_work() as work:
        return [entry.details.kind for entry in work.cases.entries(case_id)]


def test_one_person_is_written_into_both_files_and_undone_in_both(office: Office) -> None:
    same = said(office, a_pair(office), AlikeVerdict.SAME)
    assert same.state is AlikeState.SAME
    assert lines(office, "c1") == lines(office, "c2") == ["same_person_found"]
    with office.open_work() as work:
        assert files_of_person(work, "c1") == ("c1", "c2")
    undone = said(office, same, AlikeVerdict.UNDO, None)
    assert undone.state is AlikeState.PROPOSED
    assert lines(office, "c2") == ["same_person_found", "same_person_undone"]
    assert [each.verdict for each in undone.decisions] == [AlikeVerdict.SAME, AlikeVerdict.UNDO]
    with office.open_work() as work:
        assert files_of_person(work, "c1") == ("c1",)
    assert office.trail()[1:] == ["alike.judge", "alike.judge"]


def test_nothing_is_merged_by_itself(office: Office) -> None:
    a_pair(office)
    assert lines(office, "c1") == lines(office, "c2") == []


def test_files_of_one_person_are_found_through_others(office: Office) -> None:
    said(office, a_pair(office, "c2", "c1"), AlikeVerdict.SAME)
    said(office, a_pair(office, "c4", "c2"), AlikeVerdict.SAME)
    with office.open_work() as work:
        assert files_of_person(work, "c1") == ("c1", "c2", "c4")


def test_two_people_cannot_become_one_by_way_of_a_third_file(office: Office) -> None:
    said(office, a_pair(office, "c4", "c1"), AlikeVerdict.DIFFERENT)
    said(office, a_pair(office, "c2", "c1"), AlikeVerdict.SAME)
    with pytest.raises(TransitionRefusedError, match="不是同一人"):
        said(office, a_pair(office, "c4", "c2"), AlikeVerdict.SAME)


@pytest.mark.parametrize("reason", [None, "  ", "长" * 501])
def test_a_judgement_says_why(office: Office, reason: str | None) -> None:
    with pytest.raises(BadInputError):
        said(office, a_pair(office), AlikeVerdict.DIFFERENT, reason)


def test_a_judgement_is_made_once_and_on_what_was_seen(office: Office) -> None:
    pair = a_pair(office)
    judged = said(office, pair, AlikeVerdict.DIFFERENT)
    assert judged.judged == {"name": 9.0, "height": 0.0}
    with pytest.raises(StaleVersionError):
        said(office, pair, AlikeVerdict.SAME)
    with pytest.raises(TransitionRefusedError):
        said(office, judged, AlikeVerdict.SAME)


def test_who_judged_or_a_supervisor_undoes(office: Office) -> None:
    judged = said(office, a_pair(office), AlikeVerdict.SAME)
    other = office.context(an_actor(Role.SPECIALIST, user_id="u2"))
    command = JudgeCommand(
        pair_id=judged.pair_id, verdict=AlikeVerdict.UNDO, read_version=judged.version
    )
    with pytest.raises(NotPermittedError):
        judge_alike(other, command)
    assert may_undo(office.context(an_actor(Role.SUPERVISOR, user_id="u3")), judged)
    assert not may_undo(office.context(an_actor(Role.INTAKE)), judged)


def test_only_reviewers_judge(office: Office) -> None:
    pair = a_pair(office)
    command = JudgeCommand(
        pair_id=pair.pair_id, verdict=AlikeVerdict.SAME, read_version=pair.version, reason="像"
    )
    with pytest.raises(NotPermittedError):
        judge_alike(office.context(an_actor(Role.INTAKE)), command)


def test_the_other_station_is_told_and_may_judge_too(office: Office) -> None:
    with office.open_work() as work:
        work.users.add(replace(a_user(name="zhao", user_id="u9"), station=ELSEWHERE))
        work.commit()
    pair = a_pair(office, "c3", "c1")
    context = office.context(an_actor(station=ELSEWHERE, user_id="u9"))
    command = JudgeCommand(
        pair_id=pair.pair_id,
        verdict=AlikeVerdict.SAME,
        read_version=pair.version,
        reason="本人承认",
    )
    judge_alike(context, command)
    with office.open_work() as work:
        kinds = [each.kind for each in work.notices.unseen("清远市救助管理站", 9)]
    assert NoticeKind.ALIKE_JUDGED in kinds
    assert lines(office, "c1") == ["same_person_found"]


def admitted(office: Office, *stays: tuple[str, int]) -> None:
    with office.open_work() as work:
        for case_id, days_ago in stays:
            work.cases.append(admission(case_id, days_ago))
        work.commit()


def test_three_admissions_in_half_a_year_over_two_files_are_reviewed(office: Office) -> None:
    admitted(office, ("c1", 150), ("c1", 90), ("c2", 1))
    said(office, a_pair(office), AlikeVerdict.SAME)
    assert lines(office, "c2") == ["admitted", "same_person_found", "repeat_help_found"]
    with office.open_work() as work:
        (window,) = (w for w in work.windows.of_case("c2") if w.kind == "repeat_help_review")
        assert (window.state, window.starts) == (WindowState.OPEN, office.now)
        assert repeat_to_review(work.cases.entries("c2")) == 3


def test_fewer_or_older_admissions_are_not_told(office: Office) -> None:
    admitted(office, ("c1", 200), ("c1", 90), ("c2", 1))
    said(office, a_pair(office), AlikeVerdict.SAME)
    assert "repeat_help_found" not in lines(office, "c2")


def test_repeated_help_is_told_once(office: Office) -> None:
    admitted(office, ("c1", 150), ("c1", 90), ("c2", 1))
    judged = said(office, a_pair(office), AlikeVerdict.SAME)
    again = said(office, judged, AlikeVerdict.UNDO, None)
    said(office, again, AlikeVerdict.SAME)
    assert lines(office, "c2").count("repeat_help_found") == 1
