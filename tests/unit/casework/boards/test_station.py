from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from casework.accounts.access import Role
from casework.boards.station import quarter_of, shown_figure, view_station
from casework.errors import NotPermittedError
from casework.leads.lead import LeadState
from casework.rematch.runs import LastMatch, RematchOrder, RematchRun, RunState, ScoredCase
from casework.search.match_basis import MatchBasis
from tests.office import Office
from tests.samples import NOW, a_case, a_lead, a_record, a_user, an_actor, an_admission

LEADER = an_actor(Role.SUPERVISOR)


@pytest.fixture
def office() -> Office:
    office = Office()
    with office.open_work() as work:
        work.users.add(a_user(Role.SPECIALIST))
        long_ago = a_case(opened_at=NOW - timedelta(days=200))
        work.cases.add(replace(long_ago, assignee="u1"))
        work.cases.append(an_admission())
        work.cases.add(a_case("c2", number="2026-0002"))
        work.cases.add(a_case("c3", number="ZB0001", opened_at=NOW - timedelta(days=300)))
        work.records.add_many([a_record("r1"), a_record("r2", source_number="GA-2")])
        old = replace(a_lead("l1"), found_at=NOW - timedelta(days=60))
        work.leads.add(replace(old, state=LeadState.REJECTION_PROPOSED))
        work.leads.add(replace(a_lead("l2", record_id="r2"), state=LeadState.WITHDRAWN))
        work.commit()
    return office


def test_long_stays_are_residents_and_say_what_is_new(office: Office) -> None:
    (stay,) = view_station(office.context(LEADER)).long_stay
    assert (stay.case.case_id, stay.days, stay.assignee) == ("c1", 200, "王芳")
    assert (stay.open_leads, stay.new_leads) == (1, 1)


def test_a_long_stay_says_what_the_last_rematching_came_to(office: Office) -> None:
    assert view_station(office.context(LEADER)).long_stay[0].last_match is None
    with office.open_work() as work:
        lead = work.leads.get("l1")
        changed = replace(lead, changes=("走失记录有更新",), whats_new=("新的访谈",), version=1)
        work.leads.save(changed, read_version=0)
        run = RematchRun(
            run_id="run", order=RematchOrder(), budget=1, state=RunState.SCORING, started_at=NOW
        )
        work.rematch.add(run, ["c1"])
        basis = MatchBasis(probe="p", rules="r", record_revision=1, face_revision=1)
        scored = ScoredCase(
            run_id="run",
            case_id="c1",
            finds=(),
            gone=(),
            basis=basis,
            noted=None,
            pairs=9,
            in_reach=9,
        )
        work.rematch.keep_scored(scored)
        done = replace(run, state=RunState.DONE, finished_at=NOW)
        work.rematch.move(done, read_state=RunState.SCORING)
        work.commit()
    (stay,) = view_station(office.context(LEADER)).long_stay
    assert stay.last_match == LastMatch(finished_at=NOW, pairs=9, hits=0, reopened=0)
    assert stay.changes == ("新的访谈", "走失记录有更新")


def test_a_rejection_waits_for_a_second_person(office: Office) -> None:
    board = view_station(office.context(LEADER))
    assert [row.lead.lead_id for row in board.second_reviews] == ["l1"]


def test_figures_are_of_this_quarter(office: Office) -> None:
    board = view_station(office.context(LEADER))
    assert board.figures == {"admitted": 1}


def test_only_supervisors_look_at_the_station(office: Office) -> None:
    with pytest.raises(NotPermittedError):
        view_station(office.context(an_actor(Role.SPECIALIST)))


@pytest.mark.parametrize(
    ("count", "shown"), [(0, "0"), (1, "少于 5"), (4, "少于 5"), (5, "5"), (123, "123")]
)
def test_small_figures_are_not_shown(count: int, shown: str) -> None:
    assert shown_figure(count) == shown


@pytest.mark.parametrize(
    ("moment", "first"),
    [
        (datetime(2026, 3, 31, 15, 59, tzinfo=UTC), datetime(2025, 12, 31, 16, tzinfo=UTC)),
        (datetime(2026, 3, 31, 16, tzinfo=UTC), datetime(2026, 3, 31, 16, tzinfo=UTC)),
        (datetime(2026, 12, 1, tzinfo=UTC), datetime(2026, 9, 30, 16, tzinfo=UTC)),
    ],
)
def test_a_quarter_begins_at_the_stations_midnight(moment: datetime, first: datetime) -> None:
    assert quarter_of(moment) == first
