from tests.scripted_reader import JPEG
from tests.unit.api.conftest import Office


def test_a_new_talk_joins_the_file(office: Office) -> None:
    client, token = office.browser("wangfang")
    path = f"/cases/{office.demo.case_id}"
    data = {"form_token": token, "transcript": "答：我屋里门口有条资江。"}
    assert client.post(f"{path}/talks", data=data).status_code == 303
    page = client.get(path).text
    assert "第 2 次访谈" in page
    assert "资江" in page


def test_an_empty_talk_is_not_written_down(office: Office) -> None:
    client, token = office.browser("wangfang")
    path = f"/cases/{office.demo.case_id}"
    answer = client.post(f"{path}/talks", data={"form_token": token, "transcript": "  "})
    assert answer.status_code == 422
    assert "访谈记录是空的" in answer.text
    assert "第 2 次访谈" not in client.get(path).text


def test_a_new_photo_joins_the_others_and_a_crowd_is_asked_about(office: Office) -> None:
    client, token = office.browser("wangfang")
    path = f"/cases/{office.demo.case_id}"
    before = client.get(path).text.count("/photos/")
    crowd = [("photos", ("two.jpg", JPEG + b"\x02"))]
    asked = client.post(f"{path}/photos", data={"form_token": token}, files=crowd)
    assert asked.status_code == 422
    assert "2 张脸" in asked.text
    data = {"form_token": token, "face": "2"}
    assert client.post(f"{path}/photos", data=data, files=crowd).status_code == 303
    assert client.get(path).text.count("/photos/") > before


def test_no_photo_is_no_photo(office: Office) -> None:
    client, token = office.browser("wangfang")
    answer = client.post(
        f"/cases/{office.demo.case_id}/photos",
        data={"form_token": token},
        files=[("photos", ("", b""))],
    )
    assert answer.status_code == 422
    assert "没有选照片" in answer.text


def test_the_page_tells_what_happened_and_who_wrote_it(office: Office) -> None:
    client, _ = office.browser("chenxia")
    page = client.get(f"/cases/{office.demo.case_id}").text
    assert "时间线" in page
    assert "采集姓名、家乡、照片并检索" in page
    assert "王芳" in page
