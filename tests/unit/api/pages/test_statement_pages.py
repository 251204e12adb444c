"""The talks on the case page: clues marked, and put right, verified or refuted by a click."""

import re

import pytest

from casework.cases.happenings.knowledge import ClueState, InterviewHeld
from casework.cases.recording import RecordCommand, record
from casework.cases.view import CaseFile, view_case
from casework.context import Context
from matching.text.testimony.clues import ClueKind
from tests.asgi_client import AsgiClient
from tests.samples import an_actor
from tests.unit.api.conftest import Office

TALK = "问：叫什么？\n答：我叫刘胡生，老家湖南龙回。身份证被老板收走了。"


def file_of(office: Office) -> CaseFile:
    return view_case(desk(office), office.demo.case_id)


def desk(office: Office) -> Context:
    services = office.services
    return Context(
        open_work=services.open_work,
        clock=services.clock,
        new_id=services.new_id,
        actor=an_actor(),
    )


@pytest.fixture
def talk_id(office: Office) -> str:
    command = RecordCommand(case_id=office.demo.case_id, details=InterviewHeld(transcript=TALK))
    return record(desk(office), command).entry.entry_id


def judge(client: AsgiClient, office: Office, **fields: str) -> tuple[int, str]:
    response = client.post(f"/cases/{office.demo.case_id}/statements", data=fields)
    return response.status_code, response.text


def own_name(talk_id: str, token: str, **changes: str) -> dict[str, str]:
    start = TALK.index("刘胡生")
    return {
        "form_token": token,
        "talk": talk_id,
        "start": str(start),
        "end": str(start + 3),
        "clue": "self_name",
        "shown": "刘胡生",
        "value": "刘胡生",
        "state": "verified",
    } | changes


def test_the_page_marks_clues_and_warns_of_abduction(office: Office, talk_id: str) -> None:
    client, _ = office.browser("wangfang")
    page = client.get(f"/cases/{office.demo.case_id}").text
    assert talk_id in page
    assert re.search(r'<a class="gt-said-mark [^"]*" href="#clue-\d+-\d+"[^>]*>刘胡生</a>', page)
    assert "gt-said-alarm" in page
    assert "证件、手机被拿走" in page
    assert "按保护流程办理" in page


def test_a_click_verifies_and_the_search_runs_again(office: Office, talk_id: str) -> None:
    client, token = office.browser("wangfang")
    code, _ = judge(client, office, **own_name(talk_id, token))
    assert code == 303
    states = {s.clue.value: s.state for s in file_of(office).statements}
    assert states["刘胡生"] is ClueState.VERIFIED
    assert "✓ 已核实" in client.get(f"/cases/{office.demo.case_id}").text


def test_what_is_meant_is_kept_beside_what_was_heard(office: Office, talk_id: str) -> None:
    client, token = office.browser("wangfang")
    fields = own_name(talk_id, token, value="刘福生", state="open", note="他自己写的")
    assert judge(client, office, **fields)[0] == 303
    file = file_of(office)
    assert "刘福生" in file.probe.facts.names
    page = client.get(f"/cases/{office.demo.case_id}").text
    assert "刘胡生 → <b>刘福生</b>" in page
    assert "他自己写的" in page


def test_verifying_later_keeps_the_meaning_that_was_given(office: Office, talk_id: str) -> None:
    client, token = office.browser("wangfang")
    judge(client, office, **own_name(talk_id, token, value="刘福生", state="open"))
    judge(client, office, **own_name(talk_id, token, value="刘福生", shown="刘福生"))
    (name,) = [
        s
        for s in file_of(office).statements
        if s.talk_id == talk_id and s.clue.kind is ClueKind.SELF_NAME
    ]
    assert (name.clue.value, name.state) == ("刘福生", ClueState.VERIFIED)


def test_a_clue_that_nobody_marked_is_added_by_its_words(office: Office, talk_id: str) -> None:
    client, token = office.browser("wangfang")
    fields = {
        "form_token": token, "talk": talk_id, "words": "老板", "clue": "landmark", "state": "open",
    }  # fmt: skip
    assert judge(client, office, **fields)[0] == 303
    added = [s for s in file_of(office).statements if s.clue.text == "老板"]
    assert [s.clue.kind for s in added] == [ClueKind.LANDMARK]


@pytest.mark.parametrize(
    ("changes", "code", "said"),
    [
        ({"words": "没有这几个字"}, 422, "没有这几个字，请照原文"),
        ({"talk": "nobody"}, 422, "没有这次访谈"),
        ({"talk": "nobody", "words": "刘"}, 422, "请照原文"),
        ({"start": "x"}, 422, "表单不完整"),
        ({"clue": "x"}, 422, "表单不完整"),
        ({"state": ""}, 422, "表单不完整"),
        ({"end": "99999"}, 422, "不在这次访谈记录里"),
        ({"value": "刘" * 61}, 422, "1 到 60 个字"),
        ({"form_token": "wrong"}, 403, "页面已过期"),
    ],
)
def test_a_bad_form_gets_one_sentence_and_writes_nothing(
    office: Office, talk_id: str, changes: dict[str, str], code: int, said: str
) -> None:
    client, token = office.browser("wangfang")
    before = len(file_of(office).entries)
    answered, page = judge(client, office, **own_name(talk_id, token, **changes))
    assert (answered, said in page) == (code, True)
    assert len(file_of(office).entries) == before


@pytest.mark.parametrize("name", ["yangguang", "lijing", "shenji"])
def test_nobody_else_may_judge(office: Office, talk_id: str, name: str) -> None:
    client, token = office.browser(name)
    code, _ = judge(client, office, **own_name(talk_id, token))
    assert code == 403
    assert all(s.state is ClueState.OPEN for s in file_of(office).statements)


def test_where_home_may_be_follows_what_was_judged(office: Office) -> None:
    client, token = office.browser("wangfang")
    path = f"/cases/{office.demo.case_id}/heard"
    assert "隆回县" in client.get(path).text
    places = [s for s in file_of(office).statements if s.clue.kind is ClueKind.HOME_PLACE]
    for place in places:
        talk, start, end, kind = place.origin
        judge(
            client,
            office,
            form_token=token,
            talk=talk,
            start=str(start),
            end=str(end),
            clue=kind.value,
            state="refuted",
        )
    answer = client.get(path).text
    assert "隆回县" not in answer
    assert "没有能用的地名" in answer
    assert "接下来可以问" in answer


def test_a_talk_on_the_intake_page_is_protected_too(office: Office) -> None:
    client, token = office.browser("wangfang")
    form = {"form_token": token, "sex": "female", "transcript": TALK}
    opened = client.post("/intake", data=form)
    page = client.get(opened.headers["location"]).text
    assert "请勿向报案人透露情况" in page
    assert "按保护流程办理" in page
    assert "暂缓" in page
