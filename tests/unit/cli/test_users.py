import pytest

from tests.unit.cli.conftest import PASSWORD, Guitu

STATION = ("--station", "某站")


@pytest.fixture
def admin(guitu: Guitu, monkeypatch: pytest.MonkeyPatch) -> Guitu:
    """A workspace whose administrator holds the token, and one more account."""
    assert (
        guitu("user", "add", "boss", "--role", "admin", *STATION, "--password", PASSWORD).code == 0
    )
    issued = guitu("token", "issue", "boss", "--password", PASSWORD, "--json")
    monkeypatch.setenv("GUITU_TOKEN", issued.json["token"])
    added = guitu("user", "add", "wang", "--role", "intake", *STATION, "--password", PASSWORD)
    assert added.code == 0
    return guitu


def row(guitu: Guitu, name: str) -> dict[str, object]:
    rows: list[dict[str, object]] = guitu("user", "list", "--json").json
    return next(each for each in rows if each["name"] == name)


def test_an_account_is_changed_shut_and_opened(admin: Guitu) -> None:
    assert admin("user", "change", "wang", "--role", "specialist", "--dialect", "yue").code == 0
    assert row(admin, "wang")["roles"] == ["specialist"]
    assert row(admin, "wang")["dialects"] == ["yue"]
    assert admin("user", "disable", "wang").code == 0
    assert row(admin, "wang")["disabled"] is True
    assert admin("token", "issue", "wang", "--password", PASSWORD).code == 2
    assert admin("user", "enable", "wang").code == 0
    assert admin("user", "disable", "nobody").code == 1
    assert admin("user", "disable", "boss").code == 1


def test_a_temporary_password_gives_no_token_before_it_is_changed(admin: Guitu) -> None:
    password = admin("user", "reset-password", "wang", "--json").json["password"]
    refused = admin("token", "issue", "wang", "--password", password)
    assert refused.code == 2
    assert "临时密码" in refused.err
    changed = admin(
        "user", "password", "wang", "--password", password, "--new-password", "another long one"
    )
    assert changed.code == 0
    assert admin("token", "issue", "wang", "--password", "another long one").code == 0
    assert admin("user", "reset-code", "wang").code == 0


def test_tokens_are_listed_and_revoked(admin: Guitu) -> None:
    (token,) = admin("token", "list", "--json").json
    assert token["revoked"] is False
    assert admin("token", "revoke", token["token_id"]).code == 0
    assert admin("token", "list").code == 2


def test_only_administrators_manage_accounts(signed_in: Guitu) -> None:
    for words in (("list",), ("disable", "wang"), ("reset-password", "wang")):
        assert signed_in("user", *words).code == 1
