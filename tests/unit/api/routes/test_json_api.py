from collections.abc import Callable

import pytest

from api.headers import CONTENT_POLICY
from tests.asgi_client import AsgiClient
from tests.scripted_reader import JPEG
from tests.unit.api.conftest import Office

PROBLEM = "application/problem+json"


def decide(client: AsgiClient, office: Office, verdict: str, **extra: str) -> int:
    headers = {"If-Match": extra.pop("if_match")} if "if_match" in extra else {}
    response = client.post(
        f"/api/v1/leads/{office.demo.lead_id}/decisions",
        json={"verdict": verdict, **extra},
        headers=headers,
    )
    return response.status_code


def test_the_description_has_an_explicit_name_for_every_operation(office: Office) -> None:
    description = AsgiClient(office.app).get("/api/v1/openapi.json").json()
    assert description["openapi"].startswith("3.1")
    names = {
        operation["operationId"]
        for methods in description["paths"].values()
        for operation in methods.values()
    }
    assert names == {
        "open_case",
        "list_cases",
        "read_case",
        "list_alike_residents",
        "list_alike_to_judge",
        "read_alike_pair",
        "judge_alike_pair",
        "read_case_photo",
        "read_clues",
        "list_leads",
        "list_windows",
        "add_case_photo",
        "record_entry",
        "add_talk_audio",
        "read_case_audio",
        "read_lead",
        "explain_lead",
        "decide_lead",
        "export_lead",
        "read_lead_photo",
        "order_rematch",
        "list_rematch_runs",
        "read_rematch_run",
        "release_rematch_run",
        "drop_rematch_run",
        "watch_rematch_run",
        "list_notices",
        "see_notice",
        "ask_sight",
        "list_sights",
        "grant_sight",
        "refuse_sight",
        "end_sight",
        "list_users",
        "add_user",
        "read_user",
        "change_user",
        "disable_user",
        "enable_user",
        "reset_user_password",
        "reset_user_factor",
        "change_password",
        "list_sessions",
        "end_session",
        "list_tokens",
        "revoke_token",
        "begin_factor",
        "confirm_factor",
        "renew_recovery",
        "drop_factor",
        "list_stations",
        "read_window_rules",
        "override_window",
        "read_versions",
        "read_doctor",
        "livez",
        "readyz",
        "metrics",
    }


@pytest.mark.parametrize("path", ["/docs", "/redoc"])
def test_the_documentation_pages_that_load_a_cdn_are_off(office: Office, path: str) -> None:
    assert AsgiClient(office.app).get(path).status_code == 404


@pytest.mark.parametrize(
    "path",
    ["/livez", "/readyz", "/sign-in", "/nowhere", "/api/v1/cases", "/api/v1/nowhere", "/desk"],
)
def test_every_answer_has_the_security_headers(office: Office, path: str) -> None:
    response = AsgiClient(office.app).get(path)
    assert response.headers["content-security-policy"] == CONTENT_POLICY
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("path", ["/api/v1/cases", "/api/v1/leads", "/api/v1/cases/x"])
def test_without_a_token_nothing_is_told(office: Office, path: str) -> None:
    response = AsgiClient(office.app).get(path)
    assert response.status_code == 401
    assert response.headers["content-type"] == PROBLEM
    assert response.headers["www-authenticate"] == "Bearer"
    assert response.json()["type"] == "urn:guitu:problem:not-signed-in"


def test_a_session_cookie_is_no_token(office: Office) -> None:
    browser, _ = office.browser("wangfang")
    assert browser.get("/api/v1/leads").status_code == 401


def test_intake_opens_a_case_with_photo_and_transcript(office: Office) -> None:
    client = office.script("wangfang")
    response = client.post(
        "/api/v1/cases",
        data={"sex": "female", "birth_year": "1970", "transcript": "答：我是达县的。"},
        files=[("photos", ("face.jpg", JPEG + b"\x01"))],
    )
    assert response.status_code == 201
    opened = response.json()
    assert opened["leads"] == []
    assert opened["notes"][0].startswith("已与库内 1 条记录逐一比对")
    case = client.get(f"/api/v1/cases/{opened['case_id']}").json()
    assert case["facts"]["sex"] == "female"
    assert case["facts"]["birth_earliest"] == 1970
    assert case["transcripts"] == ["答：我是达县的。"]
    assert case["opened_at"] == "2026-03-05T09:00:00+08:00"
    photo = client.get(f"/api/v1/cases/{opened['case_id']}/photos/{case['photo_ids'][0]}")
    assert photo.content == JPEG + b"\x01"
    assert photo.headers["content-type"] == "image/jpeg"
    assert photo.headers["cache-control"] == "no-store"


def test_a_failed_search_is_never_told_as_no_match(broken_office: Office) -> None:
    response = broken_office.script("wangfang").post("/api/v1/cases", data={"name": "张三"})
    assert response.status_code == 201
    assert any("没有线索不代表没有匹配" in note for note in response.json()["notes"])


def test_several_faces_are_answered_with_their_boxes_and_then_chosen(office: Office) -> None:
    client = office.script("wangfang")
    photo = [("photos", ("two.jpg", JPEG + b"\x02"))]
    asked = client.post("/api/v1/cases", data={"name": "甲"}, files=photo)
    assert asked.status_code == 422
    assert asked.json()["type"] == "urn:guitu:problem:choose-face"
    assert asked.json()["boxes"] == [[0, 20, 60, 60], [100, 20, 60, 60]]
    chosen = client.post("/api/v1/cases", data={"name": "甲", "face": "2"}, files=photo)
    assert chosen.status_code == 201


def test_somebody_who_comes_back_or_is_helped_in_the_street_is_taken_in(office: Office) -> None:
    client = office.script("wangfang")
    street = client.post("/api/v1/cases", data={"name": "甲", "in_street": "true"}).json()
    entered = {"same_person_as": street["case_id"]}
    admitted = client.post("/api/v1/cases", data=entered)
    assert admitted.status_code == 201
    assert admitted.json()["case_id"] == street["case_id"]
    again = client.post("/api/v1/cases", data=entered)
    assert again.status_code == 409
    assert "已经在站" in again.json()["detail"]


def test_a_refused_photo_writes_nothing(office: Office) -> None:
    client = office.script("wangfang")
    before = client.get("/api/v1/cases").json()["items"]
    response = client.post("/api/v1/cases", files=[("photos", ("x.txt", b"no picture"))])
    assert response.status_code == 422
    assert "请重拍正面照片" in response.json()["detail"]
    assert client.get("/api/v1/cases").json()["items"] == before


def test_a_wrong_field_is_named_and_never_echoed(office: Office) -> None:
    response = office.script("wangfang").post(
        "/api/v1/cases", data={"birth_year": "刘福生", "colour": "red"}
    )
    assert response.status_code == 422
    assert response.headers["content-type"] == PROBLEM
    assert {each["pointer"] for each in response.json()["errors"]} == {"#/birth_year", "#/colour"}
    assert "刘福生" not in response.text


def test_cases_come_in_pages(office: Office) -> None:
    client = office.script("wangfang")
    for _ in range(2):
        client.post("/api/v1/cases", data={"name": "甲"})
    first = client.get("/api/v1/cases?limit=2").json()
    rest = client.get("/api/v1/cases", params={"limit": 2, "cursor": first["next_cursor"]}).json()
    numbers = [case["number"] for case in first["items"] + rest["items"]]
    assert len(set(numbers)) == 3
    assert rest["next_cursor"] is None


@pytest.mark.parametrize("query", ["limit=0", "limit=101", "cursor=nonsense"])
def test_a_wrong_page_is_refused(office: Office, query: str) -> None:
    assert office.script("wangfang").get(f"/api/v1/cases?{query}").status_code == 422


def test_a_lead_is_read_with_its_evidence_and_its_version(office: Office) -> None:
    response = office.script("wangfang").get(f"/api/v1/leads/{office.demo.lead_id}")
    lead = response.json()
    assert response.headers["etag"] == '"0"'
    assert lead["evidence"][0] == {
        "signal": "home",
        "bits": 7.1,
        "stance": "for",
        "detail": "地名读音相同：湘语 n、l 不分",
        "probe": "湖南邵阳龙回",
        "candidate": "湖南省邵阳市隆回县",
    }
    assert lead["record"]["facts"]["names"] == ["刘福胜"]
    assert lead["decisions"] == []


def test_a_decision_needs_the_version_that_was_read(office: Office) -> None:
    client = office.script("wangfang")
    assert decide(client, office, "forward") == 428
    assert decide(client, office, "forward", if_match='"9"') == 412
    assert decide(client, office, "forward", if_match='"0"') == 201
    assert decide(client, office, "forward", if_match='"1"') == 409


def test_police_see_and_answer_only_what_was_forwarded(office: Office) -> None:
    police = office.script("lijing")
    path = f"/api/v1/leads/{office.demo.lead_id}"
    assert police.get(path).status_code == 404
    decide(office.script("wangfang"), office, "forward", if_match='"0"')
    lead = police.get(path).json()
    assert lead["due"] == "2026-03-07T09:00:00+08:00"
    assert decide(police, office, "confirm", if_match='"1"') == 422
    assert decide(police, office, "confirm", if_match='"1"', evidence_class="dna") == 201
    decisions = police.get(path).json()["decisions"]
    assert [each["verdict"] for each in decisions] == ["forward", "confirm"]
    assert decisions[1]["decided_by"] == "李警官"


@pytest.mark.parametrize(
    ("name", "path", "status"),
    [
        ("yangguang", lambda o: f"/api/v1/leads/{o.demo.lead_id}", 404),
        ("yangguang", lambda o: f"/api/v1/cases/{o.demo.case_id}", 403),
        ("yangguang", lambda o: f"/api/v1/cases/{o.demo.case_id}/photos/photo-case", 404),
        ("shenji", lambda o: f"/api/v1/cases/{o.demo.case_id}", 403),
        ("shenji", lambda _: "/api/v1/leads", 403),
        ("lijing", lambda o: f"/api/v1/cases/{o.demo.case_id}", 403),
        ("wangfang", lambda o: f"/api/v1/leads/{o.demo.lead_id}/photos/photo-of-another", 404),
    ],
)
def test_who_may_not_see_it_does_not(
    office: Office, name: str, path: Callable[[Office], str], status: int
) -> None:
    assert office.script(name).get(path(office)).status_code == status


def test_both_photos_of_a_lead_can_be_looked_at(office: Office) -> None:
    client = office.script("wangfang")
    for photo_id in ("photo-case", "photo-record"):
        photo = client.get(f"/api/v1/leads/{office.demo.lead_id}/photos/{photo_id}")
        assert photo.content.startswith(JPEG)


def test_a_body_over_the_limit_is_refused(office: Office) -> None:
    response = office.script("wangfang").post(
        "/api/v1/cases", files=[("photos", ("big.jpg", bytes(41_000_000)))]
    )
    assert response.status_code == 413
    assert response.json()["type"] == "urn:guitu:problem:too-large"
