import re
from dataclasses import replace

import pytest

from casework.accounts.one_time_codes import code_at, step_of
from casework.accounts.sign_in_tries import FREE
from runtime.passwords import hash_password
from tests.asgi_client import BASE, AsgiClient
from tests.unit.api.conftest import NOW, Office

PASSWORD = "the current one"
USER = "user-wangfang"


@pytest.fixture(scope="module")
def password_hash() -> str:
    return hash_password(PASSWORD)


@pytest.fixture
def owned(office: Office, password_hash: str) -> Office:
    """An office whose specialist has a password."""
    with office.services.open_work() as work:
        user = work.users.get(USER)
        work.users.save(replace(user, password_hash=password_hash))
        work.commit()
    return office


def a_browser(office: Office) -> AsgiClient:
    return AsgiClient(office.app, headers={"Origin": BASE, "User-Agent": "Firefox Windows"})


def sign_in(client: AsgiClient, password: str = PASSWORD) -> str:
    """Where signing in leads."""
    answer = client.post("/sign-in", data={"name": "wangfang", "password": password})
    return str(answer.headers.get("location", answer.status_code))


def form_token(client: AsgiClient, path: str = "/account") -> str:
    found = re.search(r'name="form_token" value="([^"]+)"', client.get(path).text)
    assert found is not None
    return found[1]


def key_of(office: Office) -> bytes:
    with office.services.open_work() as work:
        factor = work.sign_ins.second_factor(USER)
    assert factor is not None
    return factor.key


def test_a_password_is_changed_and_the_other_browser_is_out(owned: Office) -> None:
    here, there = a_browser(owned), a_browser(owned)
    assert sign_in(here) == sign_in(there) == "/desk"
    token = form_token(here, "/account/password")
    data = {"form_token": token, "current": PASSWORD, "new": "somewhere far away"}
    unlike = here.post("/account/password", data=data | {"again": "something else"})
    assert (unlike.status_code, "两次输入的新密码不一样" in unlike.text) == (422, True)
    wrong = here.post("/account/password", data=data | {"again": data["new"], "current": "no"})
    assert "现用密码不对" in wrong.text
    done = here.post("/account/password", data=data | {"again": data["new"]})
    assert done.headers["location"].startswith("/account")
    assert here.get("/desk").status_code == 200
    assert there.get("/desk").headers["location"] == "/sign-in"
    assert sign_in(there) == "422"
    assert sign_in(there, "somewhere far away") == "/desk"


def test_a_temporary_password_leads_to_the_form_and_nowhere_else(owned: Office) -> None:
    with owned.services.open_work() as work:
        work.users.save(replace(work.users.get(USER), password_is_temporary=True))
        work.commit()
    client = a_browser(owned)
    assert sign_in(client) == "/account/password"
    for path in ("/desk", "/account", f"/leads/{owned.demo.lead_id}"):
        assert client.get(path).headers["location"] == "/account/password"
    page = client.get("/account/password").text
    assert "管理员设的临时密码" in page
    assert 'href="/cases"' not in page
    token = form_token(client, "/account/password")
    refused = client.post(
        f"/leads/{owned.demo.lead_id}/decisions",
        data={"form_token": token, "verdict": "forward", "version": "0"},
    )
    assert refused.headers["location"] == "/account/password"
    new = {"new": "somewhere far away", "again": "somewhere far away"}
    client.post("/account/password", data={"form_token": token, "current": PASSWORD} | new)
    assert client.get("/desk").status_code == 200


def test_the_phone_is_set_up_and_then_asked_for(owned: Office) -> None:
    client = a_browser(owned)
    sign_in(client)
    token = form_token(client)
    begun = client.post("/account/second-factor", data={"form_token": token, "password": PASSWORD})
    assert begun.headers["location"] == "/account/second-factor"
    assert "<path d=" in client.get("/account/second-factor").text
    wrong = client.post("/account/second-factor/confirm", data={"form_token": token, "code": "1"})
    assert "动态码不对" in wrong.text
    code = code_at(key_of(owned), step_of(NOW))
    shown = client.post("/account/second-factor/confirm", data={"form_token": token, "code": code})
    recovery = re.findall(r"<li>([A-Z2-7]{4}-[A-Z2-7]{4})</li>", shown.text)
    assert len(recovery) == 10

    other = a_browser(owned)
    assert sign_in(other) == "/sign-in/code"
    assert other.get("/desk").headers["location"] == "/sign-in"
    assert "动态码不对或已用过" in other.post("/sign-in/code", data={"code": code}).text
    half = other.cookies["guitu_session"]
    opened = other.post("/sign-in/code", data={"code": recovery[0].lower()})
    assert opened.headers["location"] == "/desk"
    assert other.cookies["guitu_session"] != half
    assert "备用码还剩 9 个" in other.get("/account").text

    token = form_token(other)
    renewed = other.post(
        "/account/second-factor/recovery", data={"form_token": token, "password": PASSWORD}
    )
    assert recovery[1] not in renewed.text
    refused = other.post("/account/second-factor/drop", data={"form_token": token, "password": "x"})
    assert (refused.status_code, "现用密码不对" in refused.text) == (422, True)
    other.post("/account/second-factor/drop", data={"form_token": token, "password": PASSWORD})
    assert "未开启" in other.get("/account").text
    assert sign_in(a_browser(owned)) == "/desk"


def test_sessions_are_named_by_their_device_and_ended_one_by_one(owned: Office) -> None:
    here, there = a_browser(owned), a_browser(owned)
    sign_in(here)
    sign_in(there)
    page = here.get("/account").text
    assert page.count("Windows 电脑，火狐浏览器") == 2
    assert page.count("本次登录") == 1
    with owned.services.open_work() as work:
        ids = {each.secret_sha256: each.session_id for each in work.users.sessions_of(USER)}
    assert not any(secret in page for secret in ids)
    token = form_token(here)
    here.post("/account/sessions/end-others", data={"form_token": token})
    assert there.get("/desk").status_code == 303
    assert here.get("/desk").status_code == 200
    (left,) = [each for each in ids.values() if f"/sessions/{each}/" in here.get("/account").text]
    out = here.post(f"/account/sessions/{left}/end", data={"form_token": token})
    assert out.headers["location"] == "/sign-in"
    assert here.get("/desk").status_code == 303


def test_a_token_is_revoked_on_the_page(owned: Office) -> None:
    script = owned.script("wangfang")
    client = a_browser(owned)
    sign_in(client)
    found = re.search(r"/account/tokens/(\w+)/revoke", client.get("/account").text)
    assert found is not None
    client.post(found[0], data={"form_token": form_token(client)})
    assert "已作废" in client.get("/account").text
    assert script.get("/api/v1/leads").status_code == 401


def test_whoever_guesses_is_told_to_wait(owned: Office) -> None:
    client = a_browser(owned)
    for _ in range(FREE):
        assert sign_in(client, "wrong") == "422"
    assert sign_in(client) == "429"
    other = client.post("/sign-in", data={"name": "wangfang", "password": PASSWORD})
    assert "约 1 分钟后再试" in other.text


@pytest.mark.parametrize("path", ["/account", "/account/password"])
def test_no_account_page_has_inline_script_or_style(owned: Office, path: str) -> None:
    client, _ = owned.browser("wangfang")
    page = client.get(path).text
    assert "<style" not in page
    assert " style=" not in page
