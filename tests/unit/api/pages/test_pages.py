import base64
from dataclasses import replace

import pytest

from casework.search.gallery import OwnerKind
from tests.asgi_client import BASE, AsgiClient
from tests.scripted_reader import JPEG
from tests.unit.api.conftest import Office


@pytest.mark.parametrize("path", ["/desk", "/cases", "/intake", "/leads/x", "/cases/x"])
def test_a_stranger_is_led_to_the_sign_in_page(office: Office, path: str) -> None:
    response = AsgiClient(office.app).get(path)
    assert (response.status_code, response.headers["location"]) == (303, "/sign-in")


def test_the_demo_shows_its_accounts_and_opens_with_one_click(office: Office) -> None:
    client = AsgiClient(office.app, headers={"Origin": BASE})
    assert "王芳" in client.get("/sign-in").text
    response = client.post("/sign-in/demo", data={"name": "wangfang"})
    assert response.headers["location"] == "/desk"
    cookie = response.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert client.get("/desk").status_code == 200


def test_outside_a_demo_there_is_no_one_click_door(office: Office) -> None:
    with office.services.open_work() as work:
        work.workspace.set("kind", "station")
        work.commit()
    client = AsgiClient(office.app, headers={"Origin": BASE})
    assert "王芳" not in client.get("/sign-in").text
    assert client.post("/sign-in/demo", data={"name": "wangfang"}).status_code == 404


def test_signing_out_ends_the_session(office: Office) -> None:
    client, token = office.browser("wangfang")
    client.post("/sign-out", data={"form_token": token})
    client.cookies.clear()
    again, _ = office.browser("wangfang")
    assert again.get("/desk").status_code == 200
    assert client.get("/desk").status_code == 303


def test_the_list_masks_names_and_the_lead_shows_them(office: Office) -> None:
    client, _ = office.browser("wangfang")
    desk = client.get("/desk").text
    assert "刘×胜" in desk
    assert "刘福胜" not in desk
    assert "刘福胜" in client.get(f"/leads/{office.demo.lead_id}").text


def test_the_sum_on_the_page_can_be_checked_by_hand(office: Office) -> None:
    client, _ = office.browser("wangfang")
    page = client.get(f"/leads/{office.demo.lead_id}").text
    for part in ("−17.6", "＋19.9", "＋2.3", "＋7.1", "−1.2"):
        assert part in page


@pytest.mark.parametrize("token", [None, "", "wrong"])
def test_a_form_without_our_token_decides_nothing(office: Office, token: str | None) -> None:
    client, _ = office.browser("wangfang")
    data = {"verdict": "forward", "version": "0"}
    data |= {"form_token": token} if token is not None else {}
    response = client.post(f"/leads/{office.demo.lead_id}/decisions", data=data)
    assert response.status_code == 403
    assert "待审核" in client.get(f"/leads/{office.demo.lead_id}").text


def test_a_form_from_another_site_decides_nothing(office: Office) -> None:
    client, token = office.browser("wangfang")
    response = client.post(
        f"/leads/{office.demo.lead_id}/decisions",
        data={"verdict": "forward", "version": "0", "form_token": token},
        headers={"Origin": "http://evil.example"},
    )
    assert response.status_code == 403


def test_rejecting_without_reason_shows_the_lead_again(office: Office) -> None:
    client, token = office.browser("wangfang")
    data = {"verdict": "reject", "version": "0", "form_token": token}
    response = client.post(f"/leads/{office.demo.lead_id}/decisions", data=data)
    assert response.status_code == 422
    assert "排除线索要写明原因" in response.text
    assert "刘福胜" in response.text


def test_a_lead_that_is_put_off_says_until_when(office: Office) -> None:
    client, token = office.browser("wangfang")
    data = {"verdict": "defer", "version": "0", "form_token": token, "until": "2026-03-06T09:00"}
    path = f"/leads/{office.demo.lead_id}"
    assert client.post(f"{path}/decisions", data=data).status_code == 303
    page = client.get(path).text
    assert "稍后再看（2026-03-06 09:00 前）" in page
    assert "已记下：稍后" in page


def test_a_question_without_a_time_is_not_noted(office: Office) -> None:
    client, token = office.browser("wangfang")
    data = {"verdict": "ask_more", "version": "0", "form_token": token, "what": "问弟弟的名字"}
    answer = client.post(f"/leads/{office.demo.lead_id}/decisions", data=data)
    assert answer.status_code == 422
    assert "要写明补充什么" in answer.text


def test_a_reply_on_paper_is_typed_in_with_its_scan(office: Office) -> None:
    client, token = office.browser("wangfang")
    path = f"/leads/{office.demo.lead_id}"
    data = {"verdict": "forward", "version": "0", "form_token": token}
    client.post(f"{path}/decisions", data=data)
    assert "代录公安书面答复" in client.get(path).text
    reply = {"verdict": "confirm", "version": "1", "form_token": token, "evidence_class": "dna"}
    reply |= {"answered_by": "李警官"}
    bare = client.post(f"{path}/decisions", data=reply)
    assert "扫描件" in bare.text
    answer = client.post(f"{path}/decisions", data=reply, files=[("scan", ("a.pdf", b"%PDF"))])
    assert answer.status_code == 303
    assert "书面答复：李警官" in client.get(path).text


def test_whoever_comes_second_is_told(office: Office) -> None:
    client, token = office.browser("wangfang")
    path = f"/leads/{office.demo.lead_id}/decisions"
    data = {"verdict": "forward", "version": "0", "form_token": token}
    assert client.post(path, data=data).status_code == 303
    late = client.post(path, data=data)
    assert late.status_code == 412
    assert "刷新" in late.text


def test_a_reason_is_shown_as_text_and_never_as_markup(office: Office) -> None:
    client, token = office.browser("wangfang")
    data = {"verdict": "reject", "version": "0", "form_token": token}
    data["reason"] = "<script>alert(1)</script>"
    client.post(f"/leads/{office.demo.lead_id}/decisions", data=data)
    page = client.get(f"/leads/{office.demo.lead_id}").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


@pytest.mark.parametrize("path", ["/desk", "/leads/{lead}", "/cases/{case}", "/intake", "/sign-in"])
def test_no_page_has_inline_script_or_style(office: Office, path: str) -> None:
    client, _ = office.browser("wangfang")
    page = client.get(path.format(lead=office.demo.lead_id, case=office.demo.case_id)).text
    assert "<style" not in page
    assert " style=" not in page
    assert " on" + "click=" not in page
    assert page.count("<script") == page.count("<script src=") + page.count(
        '<script type="module" src='
    )


def test_roles_without_leads_are_told_so(office: Office) -> None:
    client, _ = office.browser("shenji")
    page = client.get("/desk")
    assert page.status_code == 200
    assert "不处理线索" in page.text


def test_the_intake_desk_sees_the_case_without_its_leads(office: Office) -> None:
    client, _ = office.browser("chenxia")
    page = client.get(f"/cases/{office.demo.case_id}").text
    assert "受助人员" in page
    assert f"/leads/{office.demo.lead_id}" not in page


def test_times_are_shown_as_the_station_clock_has_them(office: Office) -> None:
    client, _ = office.browser("wangfang")
    assert "2026-03-05 09:00" in client.get(f"/cases/{office.demo.case_id}").text


def test_several_faces_are_shown_with_numbers_and_one_is_chosen(office: Office) -> None:
    client, token = office.browser("wangfang")
    data = {"form_token": token, "name": "甲", "admitted_at": "2026-03-05T08:30"}
    photo = JPEG + b"\x02"
    asked = client.post("/intake", data=data, files=[("photos", ("two.jpg", photo))])
    assert asked.status_code == 422
    assert 'viewBox="0 0 190 110"' in asked.text
    assert 'value="甲"' in asked.text
    again = base64.b64encode(photo).decode()
    assert again in asked.text
    chosen = client.post(
        "/intake",
        data=data | {"photo_again": again, "face": "2"},
        files=[("photos", ("", b""))],
    )
    assert chosen.status_code == 303
    page = client.get(chosen.headers["location"]).text
    assert "/photos/" in page


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("birth_year", "六四", "“出生年份”要填整数。"),
        ("birth_year", "1850", "出生年份不可能晚于今年"),
        ("admitted_at", "2026-03-06T09:00", "入站时间在将来"),
        ("photo_again", "%%%", "照片没有完整传回"),
    ],
)
def test_what_cannot_be_true_is_sent_back_with_the_form(
    office: Office, field: str, value: str, sentence: str
) -> None:
    client, token = office.browser("wangfang")
    data = {"form_token": token, "name": "甲", field: value}
    response = client.post("/intake", data=data)
    assert response.status_code == 422
    assert sentence in response.text
    assert 'value="甲"' in response.text


def test_notes_of_an_intake_are_shown_once(office: Office) -> None:
    client, token = office.browser("wangfang")
    case = client.post("/intake", data={"form_token": token, "name": "甲"}).headers["location"]
    assert "没有照片" in client.get(case).text
    assert "没有照片：" not in client.get(case).text


def test_an_unknown_page_is_answered_in_chinese(office: Office) -> None:
    response = AsgiClient(office.app).get("/nowhere")
    assert response.status_code == 404
    assert "没有这个页面" in response.text


def test_old_photos_are_lined_up_when_they_are_compared(office: Office) -> None:
    with office.services.open_work() as work:
        face = work.faces.of_owner(OwnerKind.CASE, office.demo.case_id)[0]
        assert face.quality is not None
        work.faces.keep_quality(face.face_id, replace(face.quality, eyes=None))
        work.commit()
    client, token = office.browser("wangfang")
    lead = f"/leads/{office.demo.lead_id}"
    assert f'action="{lead}/eyes"' in client.get(lead).text
    again = client.post(f"{lead}/eyes?tray=todo", data={"form_token": token})
    assert again.status_code == 303
    assert again.headers["location"].startswith(f"{lead}?tray=todo")
