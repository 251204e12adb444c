"""Clues of several talks through the API, the flag for abduction, and judgements as lines."""

from tests.asgi_client import AsgiClient
from tests.unit.api.conftest import Office

FIRST = "问：叫什么？\n答：我叫刘福生，今年六十二岁。"
SECOND = "答：我叫王大海。"
SOLD = "答：我是被人骗出来的，身份证被收走了。"


def talk(client: AsgiClient, case_id: str, text: str) -> dict[str, object]:
    line = {"kind": "interview_held", "fields": {"transcript": text}}
    response = client.post(f"/api/v1/cases/{case_id}/entries", json=line)
    assert response.status_code == 201
    answer: dict[str, object] = response.json()
    return answer


def open_case(client: AsgiClient, **data: str) -> str:
    response = client.post("/api/v1/cases", data={"sex": "male", **data})
    assert response.status_code == 201
    case_id: str = response.json()["case_id"]
    return case_id


def test_talks_are_merged_with_counts_dates_and_contradictions(office: Office) -> None:
    client = office.script("wangfang")
    case_id = open_case(client, transcript=FIRST)
    for text in (FIRST, SECOND):
        talk(client, case_id, text)
    answer = client.get(f"/api/v1/cases/{case_id}/clues").json()
    names = {each["value"]: each for each in answer["clues"] if each["kind"] == "self_name"}
    assert (names["刘福生"]["talks"], names["刘福生"]["contradicted_by"]) == (2, ["王大海"])
    assert (names["王大海"]["talks"], names["王大海"]["contradicted_by"]) == (1, ["刘福生"])
    origin = names["王大海"]["statements"][0]
    assert SECOND[slice(*origin["span"])] == origin["text"] == "王大海"
    assert origin["said_at"] == "2026-03-05T09:00:00+08:00"
    assert origin["judged_by"] is None
    assert answer["possible_abduction"] is False


def test_a_judgement_is_a_line_and_shows_with_its_author(office: Office) -> None:
    client = office.script("wangfang")
    case_id = open_case(client, transcript=FIRST)
    (name,) = [
        each
        for each in client.get(f"/api/v1/cases/{case_id}/clues").json()["clues"]
        if each["kind"] == "self_name"
    ]
    origin = name["statements"][0]
    line = {
        "kind": "statement_judged",
        "fields": {
            "source_entry_id": origin["source_entry_id"],
            "start": origin["span"][0],
            "end": origin["span"][1],
            "clue": "self_name",
            "state": "refuted",
        },
    }
    assert client.post(f"/api/v1/cases/{case_id}/entries", json=line).status_code == 201
    answer = client.get(f"/api/v1/cases/{case_id}/clues").json()
    (name,) = [each for each in answer["clues"] if each["kind"] == "self_name"]
    assert name["state"] == "refuted"
    assert name["statements"][0]["judged_by"]
    assert client.get(f"/api/v1/cases/{case_id}").json()["facts"]["names"] == []


def test_a_sign_of_abduction_takes_the_protected_path(office: Office) -> None:
    client = office.script("wangfang")
    case_id = open_case(client)
    assert talk(client, case_id, SOLD)["flags"] == ["possible_abduction"]
    windows = {
        each["kind"]: each["state"]
        for each in client.get(f"/api/v1/cases/{case_id}").json()["windows"]
    }
    assert windows["search_notice"] == "withheld"
    assert windows["suspected_abduction_check"] == "open"
    assert client.get(f"/api/v1/cases/{case_id}/clues").json()["possible_abduction"] is True
    notice = {"kind": "notice_logged", "fields": {"channel": "tv"}}
    refused = client.post(f"/api/v1/cases/{case_id}/entries", json=notice)
    assert refused.status_code == 409
    assert "公告正在暂缓" in refused.json()["detail"]


def test_intake_with_such_a_talk_is_protected_from_the_first_moment(office: Office) -> None:
    client = office.script("wangfang")
    response = client.post("/api/v1/cases", data={"transcript": SOLD}).json()
    states = {each["kind"]: each["state"] for each in response["windows"]}
    assert states["search_notice"] == "withheld"
    assert any("疑似被拐" in note for note in response["notes"])


def test_clues_of_another_stations_case_are_not_told(office: Office) -> None:
    case_id = open_case(office.script("wangfang"), transcript=FIRST)
    assert office.script("yangguang").get(f"/api/v1/cases/{case_id}/clues").status_code == 403
    assert office.script("lijing").get(f"/api/v1/cases/{case_id}/clues").status_code == 403
    assert office.script("wangfang").get("/api/v1/cases/nobody/clues").status_code == 404
