from dataclasses import replace

from casework.accounts.one_time_codes import code_at, step_of
from runtime.passwords import hash_password
from tests.asgi_client import AsgiClient
from tests.unit.api.conftest import NOW, Office

API = "/api/v1"
PASSWORD = "the current one"
NEW = {"name": "xinren", "display_name": "新人", "roles": ["intake"], "station": "某站"}


def test_accounts_are_managed_by_script(office: Office) -> None:
    admin = office.script("guanli")
    made = admin.post(f"{API}/users", json=NEW)
    assert made.status_code == 201
    path = f"{API}/users/{made.json()['user_id']}"
    assert admin.get(path).json()["password_is_temporary"] is True
    wanted = {"roles": ["specialist"], "station": "某站", "dialects": ["yue"]}
    assert admin.request("PUT", path, json=wanted).json()["roles"] == ["specialist"]
    assert admin.post(f"{path}/disable").status_code == 204
    assert admin.get(path).json()["disabled"] is True
    assert admin.post(f"{path}/enable").status_code == 204
    assert admin.post(f"{path}/password").json()["password"] != made.json()["password"]
    assert admin.request("DELETE", f"{path}/second-factor").status_code == 204
    assert "xinren" in [each["name"] for each in admin.get(f"{API}/users").json()]
    assert office.script("wangfang").get(f"{API}/users").status_code == 403


def test_the_set_up_is_read_and_a_value_changed_by_script(office: Office) -> None:
    supervisor = office.script("liumin")
    path = f"{API}/setup/windows/dna_sampling.due"
    assert supervisor.request("PUT", path, json={"value": "3 days"}).json() == {
        "dna_sampling.due": "3 days"
    }
    table = supervisor.get(f"{API}/setup/windows").json()
    (row,) = [each for each in table["rows"] if each["kind"] == "dna_sampling"]
    assert (row["due"], row["overridden"]) == ("3 days", True)
    assert supervisor.request("PUT", path, json={"value": None}).json() == {}
    assert len(supervisor.get(f"{API}/setup/stations").json()) > 1
    assert "sound" in supervisor.get(f"{API}/setup/versions").json()
    assert {each["health"] for each in supervisor.get(f"{API}/setup/doctor").json()} <= {
        "ok",
        "degraded",
        "down",
    }
    for part in ("stations", "windows", "versions", "doctor"):
        assert office.script("wangfang").get(f"{API}/setup/{part}").status_code == 403


def test_ones_own_account_is_kept_by_script(office: Office) -> None:
    with office.services.open_work() as work:
        user = work.users.get("user-wangfang")
        work.users.save(replace(user, password_hash=hash_password(PASSWORD)))
        work.commit()
    own = office.script("wangfang")
    office.browser("wangfang")
    assert len(own.get(f"{API}/account/sessions").json()) == 1
    switch_on_and_off(office, own)
    (session,) = own.get(f"{API}/account/sessions").json()
    ended = own.request("DELETE", f"{API}/account/sessions/{session['session_id']}")
    assert ended.status_code == 204
    change = {"current": PASSWORD, "new": "somewhere far away"}
    assert own.request("PUT", f"{API}/account/password", json=change).status_code == 204
    (token,) = own.get(f"{API}/account/tokens").json()
    assert own.request("DELETE", f"{API}/account/tokens/{token['token_id']}").status_code == 204
    assert own.get(f"{API}/account/tokens").status_code == 401


def switch_on_and_off(office: Office, own: AsgiClient) -> None:
    path, proof = f"{API}/account/second-factor", {"password": PASSWORD}
    begun = own.post(path, json=proof).json()
    assert begun["key"] in begun["address"]
    with office.services.open_work() as work:
        factor = work.sign_ins.second_factor("user-wangfang")
    assert factor is not None
    code = {"code": code_at(factor.key, step_of(NOW))}
    first = own.post(f"{path}/confirm", json=code).json()["codes"]
    assert set(own.post(f"{path}/recovery", json=proof).json()["codes"]).isdisjoint(first)
    assert own.post(f"{path}/drop", json=proof).status_code == 204
