"""Re-matching, notices, readiness and metrics over HTTP."""

import json

from casework.jobs.job import Queue
from casework.jobs.notice import NoticeKind
from casework.rematch.jobs import run_part
from tests.asgi_client import AsgiClient
from tests.unit.api.conftest import Office

RUNS = "/api/v1/rematch-runs"


def work_off(office: Office) -> None:
    """What a worker does with the batch queue."""
    while (job := office.services.floor.claim((Queue.BATCH,))) is not None:
        run_part(office.services.floor.context, office.services.matcher, job)


def test_a_run_is_ordered_watched_and_done(office: Office) -> None:
    client = office.script("wangfang")
    ordered = client.post(RUNS, json={"depth": "everything", "budget": 3})
    assert ordered.status_code == 202
    run = ordered.json()
    assert ordered.headers["location"] == f"{RUNS}/{run['run_id']}"
    assert (run["state"], run["scored"]) == ("scoring", 0)
    work_off(office)
    done = client.get(ordered.headers["location"]).json()
    assert (done["state"], done["scored"]) == ("done", done["cases"])
    assert [each["run_id"] for each in client.get(RUNS).json()] == [run["run_id"]]
    events = client.get(f"{RUNS}/{run['run_id']}/events")
    assert events.headers["content-type"].startswith("text/event-stream")
    kind, data = events.text.strip().split("\n")
    assert kind == "event: end"
    assert json.loads(data.removeprefix("data: "))["state"] == "done"


def test_an_unfinished_run_of_the_same_order_is_gone_on_with(office: Office) -> None:
    client = office.script("wangfang")
    first, second = (client.post(RUNS, json={}).json()["run_id"] for _ in range(2))
    assert first == second
    work_off(office)
    assert client.get(f"{RUNS}/{first}").json()["state"] == "done"


def test_a_run_can_be_dropped_and_is_gone(office: Office) -> None:
    client = office.script("wangfang")
    run_id = client.post(RUNS, json={}).json()["run_id"]
    assert client.post(f"{RUNS}/{run_id}/release").json()["state"] == "scoring"
    assert client.request("DELETE", f"{RUNS}/{run_id}").status_code == 204
    assert client.get(f"{RUNS}/{run_id}").status_code == 404
    assert client.get(f"{RUNS}/{run_id}/events").status_code == 404
    work_off(office)


def test_only_reviewers_order_runs(office: Office) -> None:
    assert office.script("lijing").post(RUNS, json={}).status_code == 403
    assert AsgiClient(office.app).get(RUNS).status_code == 401
    bad = office.script("wangfang").post(RUNS, json={"budget": -1})
    assert bad.status_code == 422


def test_readiness_names_queues_index_and_sweep(office: Office) -> None:
    ready = AsgiClient(office.app).get("/readyz").json()
    assert {each["queue"] for each in ready["queues"]} == {"face", "text", "batch"}
    assert ready["index"]["record_revision"] > 0
    assert ready["last_sweep"] is None


def test_metrics_hold_numbers_only(office: Office) -> None:
    answer = AsgiClient(office.app).get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    lines = [line for line in answer.text.splitlines() if not line.startswith("#")]
    assert all(float(line.rsplit(" ", 1)[1]) >= 0 for line in lines)
    assert not any("\u4e00" <= char <= "\u9fff" for char in answer.text)


def a_notice(office: Office) -> None:
    context = office.services.floor.context
    with office.services.open_work() as work:
        context.notify(work, "", NoticeKind.NEW_LEADS, f"case:{office.demo.case_id}:2026-03-05")
        work.commit()


def test_notices_are_listed_and_put_away(office: Office) -> None:
    a_notice(office)
    client = office.script("wangfang")
    (notice,) = client.get("/api/v1/notices").json()
    assert notice["kind"] == "new_leads"
    assert client.post(f"/api/v1/notices/{notice['notice_id']}/seen").status_code == 204
    assert client.get("/api/v1/notices").json() == []
    assert client.post(f"/api/v1/notices/{notice['notice_id']}/seen").status_code == 404


def test_the_page_of_notices_says_what_happened_and_where(office: Office) -> None:
    browser, token = office.browser("wangfang")
    assert "没有新的通知" in browser.get("/notices").text
    a_notice(office)
    page = browser.get("/notices").text
    assert "有新的疑似匹配线索" in page
    assert f"/cases/{office.demo.case_id}" in page
    notice_id = office.script("wangfang").get("/api/v1/notices").json()[0]["notice_id"]
    gone = browser.post(f"/notices/{notice_id}/seen", data={"form_token": token})
    assert gone.status_code == 303
    assert "没有新的通知" in browser.get("/notices").text
