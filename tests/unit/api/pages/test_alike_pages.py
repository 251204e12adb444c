"""Two files that may be one person's, on the page, over the wire, and on the supervisor's board."""

from dataclasses import replace

import pytest

from casework.alike.pairs import AlikePair
from casework.cases.happenings.care import Admitted
from casework.cases.happenings.registration import RepeatHelpFound
from casework.cases.history import add_entry
from tests.alike_files import ELSEWHERE, near
from tests.samples import a_case
from tests.unit.api.conftest import NOW, Office


@pytest.fixture
def pair_id(office: Office) -> str:
    """The demo's resident and an earlier file of the same station."""
    with office.services.open_work() as work:
        case = work.cases.get(office.demo.case_id)
        work.cases.add(replace(a_case("other", number="2025-0009"), station=case.station))
        pair = AlikePair(
            pair_id="p1",
            later_id=case.case_id,
            earlier_id="other",
            ranked=near("other", 9.0),
            versions={"policy": "test", "sound": "m-1"},
            found_at=NOW,
        )
        work.alike.add(pair)
        work.commit()
    return "p1"


def test_the_case_page_leads_to_the_pair_with_its_reasons(office: Office, pair_id: str) -> None:
    client, _ = office.browser("wangfang")
    page = client.get(f"/cases/{office.demo.case_id}").text
    assert "可能是同一人的其他档案" in page
    assert f"/alike/{pair_id}" in page
    pair = client.get(f"/alike/{pair_id}").text
    assert "刘福生 ↔ 刘福升" in pair
    assert "再问什么最有用" in pair
    assert "语音矩阵" in pair


def test_a_judgement_on_the_page_says_why_and_can_be_taken_back(
    office: Office, pair_id: str
) -> None:
    client, token = office.browser("wangfang")
    url, form = f"/alike/{pair_id}/judgements", {"form_token": token, "version": "0"}
    refused = client.post(url, data=form | {"verdict": "different"})
    assert (refused.status_code, "请写明依据" in refused.text) == (422, True)
    broken = client.post(url, data=form | {"verdict": "perhaps"})
    assert "表单不完整" in broken.text
    done = client.post(url, data=form | {"verdict": "different", "reason": "指纹不同"})
    assert done.status_code == 303
    page = client.get(f"/alike/{pair_id}").text
    assert "不是同一人</b>" in page or "不是同一人：指纹不同" in page
    undone = client.post(url, data={"form_token": token, "version": "1", "verdict": "undo"})
    assert undone.status_code == 303


def test_another_stations_file_shows_no_values(office: Office, pair_id: str) -> None:
    with office.services.open_work() as work:
        case = work.cases.get("other")
        work.cases.save(replace(case, station=ELSEWHERE), read_version=case.version)
        work.commit()
    client, _ = office.browser("wangfang")
    page = client.get(f"/alike/{pair_id}").text
    assert ELSEWHERE in page
    assert "刘福升" not in page


def test_a_script_reads_and_judges_a_pair(office: Office, pair_id: str) -> None:
    client = office.script("wangfang")
    (listed,) = client.get(f"/api/v1/cases/{office.demo.case_id}/alike").json()
    assert listed["pair_id"] == pair_id
    assert len(client.get("/api/v1/alike").json()) == 1
    read = client.get(f"/api/v1/alike/{pair_id}")
    assert read.json()["explanation"]["rows"][0]["label"] == "先验"
    judged = client.post(
        f"/api/v1/alike/{pair_id}/judgements",
        json={"verdict": "same", "reason": "本人承认"},
        headers={"If-Match": read.headers["ETag"]},
    )
    assert (judged.status_code, judged.json()["state"]) == (201, "same")
    assert judged.json()["judgements"][0]["reason"] == "本人承认"


def test_the_supervisor_sees_pairs_and_repeated_help(office: Office, pair_id: str) -> None:
    context = office.services.floor.context
    with office.services.open_work() as work:
        add_entry(context, work, "other", Admitted())
        add_entry(context, work, "other", RepeatHelpFound(admissions=4))
        work.commit()
    client, _ = office.browser("liumin")
    board = client.get("/station").text
    assert f"/alike/{pair_id}" in board
    assert "半年内三次以上受助（1）" in board
    assert "半年内第 4 次受助" in client.get("/cases/other").text
