from dataclasses import replace
from datetime import timedelta

import pytest

from casework.accounts.access import Role
from casework.boards.desk import DeskQuery, beside, recent_decisions, view_desk
from casework.errors import NotPermittedError
from casework.leads.lead import LeadState
from casework.leads.view import LeadChoice
from casework.windows.window import Window, WindowOwner, WindowState
from tests.office import Office
from tests.samples import NOW, a_case, a_decision, a_lead, a_record, a_user, an_actor

ACTOR = an_actor(Role.SPECIALIST)
LATE = Window(
    kind="identity_request",
    owner=WindowOwner.STATION,
    starts=NOW,
    due=NOW - timedelta(minutes=1),
    state=WindowState.BREACHED,
    source="三(五)",
)


@pytest.fixture
def office() -> Office:
    office = Office()
    with office.open_work() as work:
        work.users.add(a_user(Role.SPECIALIST))
        work.cases.add(replace(a_case(), assignee="u1"))
        work.cases.add(a_case("c2", number="2026-0002"))
        work.records.add_many([a_record("r1"), a_record("r2", source_number="GA-2")])
        held = replace(a_lead("l1"), state=LeadState.IN_REVIEW, holder="u1")
        work.leads.add(held)
        work.leads.add(replace(a_lead("l2", record_id="r2", bits=1.0), case_id="c2"))
        soon = replace(LATE, due=NOW + timedelta(minutes=50), state=WindowState.DUE_SOON)
        far = replace(LATE, due=NOW + timedelta(days=3), state=WindowState.OPEN)
        work.windows.replace("c1", [LATE, soon, far])
        work.leads.add_decision(a_decision("d1", "l1"))
        work.leads.add_decision(replace(a_decision("d2", "l2"), decided_by="u9"))
        work.commit()
    return office


def test_a_desk_says_what_waits_who_has_it_and_what_is_late(office: Office) -> None:
    desk = view_desk(office.context(ACTOR), DeskQuery(choice=LeadChoice()))
    assert [(row.lead.lead_id, row.case_number) for row in desk.leads] == [
        ("l1", "2026-0001"),
        ("l2", "2026-0002"),
    ]
    assert (desk.leads[0].assignee, desk.leads[0].reviewer) == ("王芳", "王芳")
    assert (desk.leads[1].assignee, desk.leads[1].reviewer) == (None, None)
    assert [each.window.due for each in desk.windows] == [LATE.due, NOW + timedelta(minutes=50)]
    assert (desk.urgent.late, desk.urgent.soon) == (1, 1)
    assert (desk.tally.waiting, desk.tally.decided) == (2, 2)


def test_further_pages_do_not_repeat_the_windows(office: Office) -> None:
    context = office.context(ACTOR)
    first = view_desk(context, DeskQuery(choice=LeadChoice(), limit=1))
    second = view_desk(context, DeskQuery(choice=LeadChoice(), cursor=first.next_cursor))
    assert [row.lead.lead_id for row in second.leads] == ["l2"]
    assert second.windows == ()


def test_a_look_at_the_desk_leaves_one_trace(office: Office) -> None:
    view_desk(office.context(ACTOR), DeskQuery(choice=LeadChoice()))
    with office.open_work() as work:
        assert [row.entry.action for row in work.audit.rows()] == ["desk.view"]


def test_neighbours_follow_the_desk_one_came_from(office: Office) -> None:
    with office.open_work() as work:
        lead = work.leads.get("l2")
    assert beside(office.context(ACTOR), lead, LeadChoice()) == ("l1", None)


def test_the_history_is_ones_own(office: Office) -> None:
    found = recent_decisions(office.context(ACTOR))
    assert [(each.decision.decision_id, each.row.lead.lead_id) for each in found] == [("d1", "l1")]


def test_whoever_may_not_read_leads_has_no_desk(office: Office) -> None:
    with pytest.raises(NotPermittedError):
        view_desk(office.context(an_actor(Role.AUDITOR)), DeskQuery(choice=LeadChoice()))
