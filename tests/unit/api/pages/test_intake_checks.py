import pytest

from tests.scripted_reader import JPEG
from tests.unit.api.conftest import Office


def verdict(office: Office, *photos: bytes) -> str:
    client, token = office.browser("chenxia")
    files = [("photos", (f"{n}.jpg", photo)) for n, photo in enumerate(photos)]
    answer = client.post("/intake/photo", data={"form_token": token}, files=files)
    assert answer.status_code == 200
    return answer.text


def test_a_photo_with_one_face_can_be_used(office: Office) -> None:
    assert "这张照片可以用" in verdict(office, JPEG + b"\x01")


def test_a_refused_photo_says_what_to_do(office: Office) -> None:
    page = verdict(office, b"not a photo")
    assert "没有找到人脸。" in page
    assert "请重拍正面照片。" in page


def test_several_faces_can_be_pointed_at(office: Office) -> None:
    page = verdict(office, JPEG + b"\x03")
    assert "照片里有 3 张脸" in page
    assert page.count("data-pick=") == page.count('name="face"') == 3


def test_of_several_photos_the_one_with_a_crowd_is_sent_back_alone(office: Office) -> None:
    page = verdict(office, JPEG + b"\x01", JPEG + b"\x02")
    assert "第 1 张可以用" in page
    assert "请一张一张地选" in page
    assert 'name="face"' not in page


def test_no_photo_is_said_to_be_none(office: Office) -> None:
    assert "还没有照片" in verdict(office)


def test_a_talk_is_read_while_it_is_written(office: Office) -> None:
    client, token = office.browser("chenxia")
    data = {
        "form_token": token,
        "transcript": "答：我叫刘福生，湖南邵阳隆回县的。有个老弟叫刘福贵。",
    }
    page = client.post("/intake/heard", data=data).text
    for part in ("刘福生", "弟弟", "刘福贵", "湖南省 邵阳市 隆回县", "接下来可以问"):
        assert part in page
    assert "疑似被拐、被卖" not in page


def test_a_sign_of_abduction_is_an_alarm(office: Office) -> None:
    client, token = office.browser("chenxia")
    data = {"form_token": token, "transcript": "答：我八岁的时候被人贩子拐到这边卖掉的。"}
    assert "疑似被拐、被卖" in client.post("/intake/heard", data=data).text


@pytest.mark.parametrize("path", ["/intake/photo", "/intake/heard"])
def test_only_who_takes_people_in_may_ask(office: Office, path: str) -> None:
    client, token = office.browser("lijing")
    assert client.post(path, data={"form_token": token}).status_code == 403
    assert client.post(path, data={"form_token": "wrong"}).status_code == 403
