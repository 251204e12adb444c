"""The home view: counties with what speaks for them, and asking there."""

from api.pages.home_pages import ALWAYS_SHOWN
from tests.unit.api.conftest import Office


def test_counties_stand_with_their_reasons_and_whom_to_ask(office: Office) -> None:
    client, _ = office.browser("wangfang")
    page = client.get(f"/cases/{office.demo.case_id}/home").text
    assert "湖南省 邵阳市 隆回县" in page
    assert "隆回县救助管理站" in page
    assert "还没有登记疑似家乡" in page
    assert page.count("救助管理站<span") == ALWAYS_SHOWN


def test_a_suspected_home_is_noted_and_its_station_asked(office: Office) -> None:
    client, token = office.browser("wangfang")
    path = f"/cases/{office.demo.case_id}/home"
    early = {"form_token": token, "step": "contacted", "place": "隆回县救助管理站"}
    refused = client.post(path, data=early)
    assert refused.status_code == 409
    assert "还没有登记疑似户籍地" in refused.text
    assert client.post(path, data={"form_token": token}).status_code == 422
    suspected = {"form_token": token, "place": "湖南省邵阳市隆回县"}
    assert client.post(path, data=suspected).status_code == 303
    assert client.post(path, data=early | {"answer": "正在核对"}).status_code == 303
    page = client.get(path).text
    assert "疑似家乡：湖南省邵阳市隆回县" in page
    assert "答复：正在核对" in page


def test_without_words_nothing_is_guessed(office: Office) -> None:
    client, token = office.browser("chenxia")
    taken = client.post("/intake", data={"form_token": token, "sex": "male"})
    page = client.get(f"{taken.headers['location']}/home").text
    assert "话里还没有能用的地名" in page
