from dataclasses import replace

import pytest

from api.pages.window_pages import STATES, board_rows
from casework.cases.happenings.care import Admitted
from casework.jobs.job import Queue
from casework.ports import LineFilter
from casework.windows.ports import WindowCount
from casework.windows.window import WindowOwner, WindowState
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


def test_a_run_that_goes_on_is_watched_by_its_supervisor_only(office: Office) -> None:
    client, token = office.browser("liumin")
    client.post("/station/rematch", data={"form_token": token})
    events = client.get("/station").text.partition('data-run="')[2].partition('"')[0]
    assert events.endswith("/events")
    office.services.floor.run_due((Queue.BATCH,))
    told = client.get(events)
    assert told.headers["content-type"].startswith("text/event-stream")
    assert told.text.startswith("event: end")
    assert "data-run=" not in client.get("/station").text
    stranger, _ = office.browser("chenxia")
    assert stranger.get(events).status_code == 403


def close_the_file(office: Office) -> None:
    """Make the resident of the demo a child whom another colleague took in."""
    with office.services.open_work() as work:
        (first,) = work.cases.lines(
            LineFilter(kinds=frozenset({"admitted"}), case_id=office.demo.case_id)
        )
        again = replace(first, entry_id="e-child", recorded_by="user-chenxia")
        work.cases.append(replace(again, details=Admitted(apparent_age=12)))
        work.commit()


def test_a_childs_file_is_asked_for_granted_and_seen(office: Office) -> None:
    close_the_file(office)
    case = f"/cases/{office.demo.case_id}"
    specialist, token = office.browser("lihua")
    closed = specialist.get(case)
    assert closed.status_code == 403
    assert "要站领导批准后才能查看" in closed.text
    assert specialist.get(f"/leads/{office.demo.lead_id}").status_code == 403
    asked = {"form_token": token, "why": "核对家乡线索"}
    assert specialist.post(f"{case}/sight", data=asked).status_code == 303
    assert "正在等站领导批准" in specialist.get(case).text

    leader, token = office.browser("liumin")
    board = leader.get("/station").text
    assert "核对家乡线索" in board
    request_id = board.partition("/station/sight/")[2].partition('"')[0]
    answer = f"/station/sight/{request_id}"
    refused = leader.post(answer, data={"form_token": token, "answer": "grant"})
    assert refused.status_code == 422
    granting = {"form_token": token, "answer": "grant", "hours": "8"}
    assert leader.post(answer, data=granting).status_code == 303
    assert "可以查看" in leader.get("/station").text
    assert specialist.get(case).status_code == 200
    leader.post(answer, data={"form_token": token, "answer": "end"})
    assert specialist.get(case).status_code == 403


def test_scripts_ask_and_answer_for_a_childs_file(office: Office) -> None:
    close_the_file(office)
    specialist, leader = office.script("lihua"), office.script("liumin")
    case = f"/api/v1/cases/{office.demo.case_id}"
    assert specialist.get(case).json()["type"] == "urn:guitu:problem:closed-file"
    asked = specialist.post(f"{case}/sight-requests", json={"why": "核对"}).json()
    assert asked["state"] == "waiting"
    assert [x["request_id"] for x in leader.get("/api/v1/sight-requests").json()] == [
        asked["request_id"]
    ]
    path = f"/api/v1/sight-requests/{asked['request_id']}"
    assert leader.post(f"{path}/grant", json={"hours": 8}).json()["state"] == "granted"
    assert specialist.get(case).status_code == 200
    assert leader.post(f"{path}/end").json()["state"] == "ended"
    assert leader.post(f"{path}/refuse").status_code == 409
