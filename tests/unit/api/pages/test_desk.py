from dataclasses import replace
from datetime import timedelta

import pytest

from api.pages.desk import lines
from api.pages.desk_filter import DeskFilter, Kind, Whose
from casework.accounts.access import Role
from casework.boards.desk import Desk, Urgent
from casework.leads.view import LeadRow
from casework.ports import LeadTally
from casework.windows.ports import DueWindow
from casework.windows.window import Window, WindowOwner, WindowState
from matching.fusion import Band
from tests.samples import NOW, STATION, a_lead, a_record, an_actor, with_due
from tests.unit.api.conftest import Office

WINDOW = DueWindow(
    case_id="c1",
    case_number="2026-0001",
    station=STATION,
    window=Window(
        kind="identity_request",
        owner=WindowOwner.STATION,
        starts=NOW,
        due=NOW + timedelta(hours=2),
        state=WindowState.OPEN,
        source="三(五)",
    ),
)


def a_desk() -> Desk:
    leads = (with_due(a_lead("timed"), NOW + timedelta(hours=3)), a_lead("calm", record_id="r2"))
    rows = tuple(LeadRow(lead=each, case_number="1", record=a_record()) for each in leads)
    return Desk(
        leads=rows,
        next_cursor=None,
        windows=(WINDOW,),
        urgent=Urgent(),
        tally=LeadTally(waiting=2, decided=0),
    )


def shown(chosen: DeskFilter) -> list[str]:
    found = lines(a_desk(), chosen, NOW)
    return [each.lead.lead.lead_id if each.lead else "window" for each in found]


@pytest.mark.parametrize(
    ("chosen", "order"),
    [
        (DeskFilter(), ["window", "timed", "calm"]),
        (DeskFilter(kind=Kind.LEAD), ["timed", "calm"]),
        (DeskFilter(kind=Kind.WINDOW), ["window"]),
        (DeskFilter(tray="done"), ["timed", "calm"]),
    ],
)
def test_what_is_due_first_stands_first_whatever_it_is(
    chosen: DeskFilter, order: list[str]
) -> None:
    assert shown(chosen) == order


def test_a_filter_is_its_address() -> None:
    chosen = DeskFilter(tray="police", who=Whose.MINE, band=Band.STRONG)
    assert chosen.query == "tray=police&who=mine&kind=all&band=strong"


def test_a_pile_that_one_does_not_have_means_the_first() -> None:
    assert DeskFilter(tray="second").chosen(an_actor(Role.POLICE)).title == "待答复"


def test_the_way_through_the_leads_keeps_the_desk(office: Office) -> None:
    client, token = office.browser("wangfang")
    with office.services.open_work() as work:
        lead = work.leads.get(office.demo.lead_id)
        work.records.add_many([a_record("other", source_number="GA-9")])
        weaker = replace(lead, lead_id="weaker", record_id="other", rank=2, bits=lead.bits - 1)
        work.leads.add(weaker)
        work.commit()
    page = client.get("/desk?who=mine").text
    here = f"/leads/{office.demo.lead_id}?tray=todo&amp;who=mine&amp;kind=all"
    assert here in page
    assert (
        "/leads/weaker?tray=todo&amp;who=mine&amp;kind=all"
        in client.get(here.replace("&amp;", "&")).text
    )
    data = {"verdict": "take", "version": "0", "form_token": token}
    decided = client.post(f"/leads/{office.demo.lead_id}/decisions?tray=todo&who=mine", data=data)
    assert decided.headers["location"].endswith("?tray=todo&who=mine&kind=all")


def test_a_case_is_given_to_a_specialist_on_its_page(office: Office) -> None:
    client, token = office.browser("wangfang")
    path = f"/cases/{office.demo.case_id}"
    assert "待分派" in client.get(path).text
    data = {"form_token": token, "user_id": "user-wangfang"}
    assert client.post(f"{path}/specialist", data=data).status_code == 303
    assert "改派" in client.get(path).text
    assert '<span class="gt-none">待分派</span>' not in client.get("/desk").text


def test_the_history_page_leads_back_to_what_was_decided(office: Office) -> None:
    client, token = office.browser("wangfang")
    assert "还没有处理过" in client.get("/history").text
    data = {"verdict": "take", "version": "0", "form_token": token}
    client.post(f"/leads/{office.demo.lead_id}/decisions", data=data)
    page = client.get("/history").text
    assert f"/leads/{office.demo.lead_id}" in page
    assert "开始审核" in page
