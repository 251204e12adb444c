import pytest

from api.pages.window_pages import STATES, board_rows
from casework.window_ports import WindowCount
from casework.windows import WindowOwner, WindowState
from tests.unit.api.conftest import Office


def a_count(kind: str, state: WindowState, count: int) -> WindowCount:
    return WindowCount(kind=kind, owner=WindowOwner.STATION, state=state, count=count)


def test_kinds_with_breaches_stand_first_and_waiting_ones_do_not_count() -> None:
    rows = board_rows(
        [
            a_count("calm", WindowState.OPEN, 3),
            a_count("late", WindowState.BREACHED, 1),
            a_count("late", WindowState.MET, 2),
            a_count("not_begun", WindowState.WAITING, 9),
        ]
    )
    assert [row.kind for row in rows] == ["late", "calm"]
    assert dict(zip(STATES, rows[0].counts, strict=True))[WindowState.MET] == 2


def test_every_number_of_the_board_opens_its_list(office: Office) -> None:
    client, _ = office.browser("wangfang")
    page = client.get("/windows").text
    assert "今后 24 小时" in page
    assert "/windows?kind=police_identity_request&amp;state=open#list" in page
    listed = client.get("/windows?kind=police_identity_request&state=open").text
    assert f"/cases/{office.demo.case_id}#windows" in listed
    assert "没有符合的时限" in client.get("/windows?kind=police_identity_request&state=met").text


def test_police_see_their_own_clock_and_open_no_case(office: Office) -> None:
    client, _ = office.browser("lijing")
    assert f"/cases/{office.demo.case_id}" not in client.get("/windows?state=open").text


@pytest.mark.parametrize("name", ["wangfang", "chenxia", "lijing", "shenji"])
def test_the_station_page_is_the_supervisors(office: Office, name: str) -> None:
    client, _ = office.browser(name)
    assert client.get("/station").status_code == 403
    assert 'href="/station"' not in client.get("/desk").text


def test_a_supervisor_orders_a_run_and_sees_it(office: Office) -> None:
    client, token = office.browser("liumin")
    assert "还没有重新比对过" in client.get("/station").text
    assert client.post("/station/rematch", data={"form_token": token}).status_code == 303
    page = client.get("/station").text
    assert "长期滞留人员</td>" in page
    assert "少于 5 人" in page
