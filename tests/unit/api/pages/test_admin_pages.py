import re

import pytest

from casework.accounts.access import Role
from cli.demo_workspace import ACCOUNTS
from tests.unit.api.conftest import Office

PAGES = ("users", "roles", "stations", "windows", "versions", "doctor")


@pytest.mark.parametrize("name", ["wangfang", "chenxia", "lijing", "shenji"])
@pytest.mark.parametrize("page", PAGES)
def test_the_set_up_is_not_everybodys_business(office: Office, name: str, page: str) -> None:
    client, _ = office.browser(name)
    assert client.get(f"/admin/{page}").status_code == 403
    assert 'href="/admin"' not in client.get("/desk").text


def test_a_supervisor_sees_the_set_up_and_no_accounts(office: Office) -> None:
    client, _ = office.browser("liumin")
    assert client.get("/admin").headers["location"] == "/admin/windows"
    assert client.get("/admin/users").status_code == 403
    for page in PAGES[1:]:
        assert client.get(f"/admin/{page}").status_code == 200


def test_an_administrator_adds_changes_and_shuts_an_account(office: Office) -> None:
    client, token = office.browser("guanli")
    assert client.get("/desk").headers["location"] == "/admin/users"
    data = {"form_token": token, "name": "xinren", "display_name": "新人", "role": "intake"}
    refused = client.post("/admin/users", data=data)
    assert (refused.status_code, "都要填写" in refused.text) == (422, True)
    added = client.post("/admin/users", data=data | {"station": "清远市救助管理站"})
    assert re.search(r"[2-9A-Z]{4}(-[2-9A-Z]{4}){3}", added.text)
    with office.services.open_work() as work:
        user = work.users.by_name("xinren")
    assert user is not None
    assert user.password_is_temporary
    path = f"/admin/users/{user.user_id}"
    change = {"form_token": token, "display_name": "新人", "station": "某站"}
    client.post(path, data=change | {"role": "specialist", "dialect": "yue"})
    assert "寻亲专员" in client.get("/admin/users").text
    assert "没有这个角色" in client.post(path, data=change | {"role": "king"}).text
    client.post(f"{path}/disable", data={"form_token": token})
    assert "已停用" in client.get(path).text
    client.post(f"{path}/enable", data={"form_token": token})
    assert "重新启用" not in client.get(path).text
    assert "临时密码" in client.post(f"{path}/password", data={"form_token": token}).text
    own = "/admin/users/user-guanli/disable"
    assert "不能停用自己的账号" in client.post(own, data={"form_token": token}).text


def test_a_supervisor_changes_a_value_of_the_station_and_takes_it_back(office: Office) -> None:
    client, token = office.browser("liumin")
    data = {"form_token": token, "setting": "dna_sampling.due", "unit": "days"}
    assert "请填写新的数值" in client.post("/admin/windows", data=data).text
    assert "无法识别" in client.post("/admin/windows", data=data | {"number": "三"}).text
    client.post("/admin/windows", data=data | {"number": "3"})
    assert "本站自定，原 7 天" in client.get("/admin/windows").text
    admin, _ = office.browser("guanli")
    assert "期限" in admin.get("/admin/stations").text
    client.post("/admin/windows", data=data | {"do": "back"})
    assert "本站自定，原" not in client.get("/admin/windows").text


def test_an_administrator_changes_no_value_of_a_station(office: Office) -> None:
    client, token = office.browser("guanli")
    assert 'action="/admin/windows"' not in client.get("/admin/windows").text
    data = {"form_token": token, "setting": "dna_sampling.due", "number": "3", "unit": "days"}
    assert client.post("/admin/windows", data=data).status_code == 403


def test_the_demo_has_somebody_for_every_role() -> None:
    assert {role for _, _, role, _ in ACCOUNTS} == set(Role)


@pytest.mark.parametrize("page", PAGES)
def test_no_page_of_the_set_up_has_inline_script_or_style(office: Office, page: str) -> None:
    client, _ = office.browser("guanli")
    text = client.get(f"/admin/{page}").text
    assert "<style" not in text
    assert " style=" not in text
