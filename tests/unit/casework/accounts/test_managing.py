from dataclasses import replace

import pytest

from casework.accounts.access import Role
from casework.accounts.managing import (
    AccountChange,
    change_account,
    disable_account,
    enable_account,
    list_accounts,
    reset_password,
    reset_second_factor,
    view_account,
)
from casework.accounts.second_factor import SecondFactor
from casework.accounts.user import ApiToken, Session
from casework.errors import (
    BadInputError,
    NotFoundError,
    NotPermittedError,
    TransitionRefusedError,
)
from tests.office import Office
from tests.samples import NOW, STATION, a_user, an_actor, minutes

ADMIN = an_actor(Role.ADMIN, user_id="boss")


@pytest.fixture
def office() -> Office:
    office = Office()
    with office.open_work() as work:
        work.users.add(a_user(Role.ADMIN, name="boss", user_id="boss"))
        work.users.add(a_user())
        work.users.put_session(
            Session(
                secret_sha256="a" * 64, user_id="u1", form_token="t", opened_at=NOW, last_seen=NOW
            )
        )
        work.users.put_token(
            ApiToken(
                secret_sha256="b" * 64,
                user_id="u1",
                label="脚本",
                issued_at=NOW,
                expires_at=NOW + minutes(60),
            )
        )
        work.sign_ins.put_second_factor(SecondFactor(user_id="u1", key=b"k", confirmed=True))
        work.commit()
    return office


def a_change(*roles: Role, station: str = STATION) -> AccountChange:
    return AccountChange(
        display_name="王芳", roles=frozenset(roles), station=station, dialects=frozenset()
    )


def test_the_list_says_who_has_a_second_factor_and_was_seen_when(office: Office) -> None:
    rows = {row.user.name: row for row in list_accounts(office.context(ADMIN))}
    assert rows["wangfang"].has_factor
    assert rows["wangfang"].last_seen == NOW
    assert rows["boss"].last_seen is None
    assert view_account(office.context(ADMIN), "u1") == rows["wangfang"]
    assert office.trail() == ["user.list", "user.view"]


def test_roles_are_changed_and_the_trail_says_from_what_to_what(office: Office) -> None:
    change_account(office.context(ADMIN), "u1", a_change(Role.INTAKE, station="阳江站"))
    with office.open_work() as work:
        assert work.users.get("u1").roles == {Role.INTAKE}
        assert work.users.session("a" * 64) is None
        last = [row.entry for row in work.audit.rows()][-1]
    assert last.extra == {"before": "specialist", "after": "intake", "moved": "true"}


def test_an_account_is_shut_and_opened_again(office: Office) -> None:
    disable_account(office.context(ADMIN), "u1")
    with office.open_work() as work:
        assert work.users.get("u1").disabled
        assert work.users.session("a" * 64) is None
    assert not enable_account(office.context(ADMIN), "u1").disabled


def test_a_reset_password_is_temporary_and_ends_sessions_and_tokens(office: Office) -> None:
    reset_password(office.context(ADMIN), "u1", "hash of a new one")
    with office.open_work() as work:
        user = work.users.get("u1")
        assert (user.password_hash, user.password_is_temporary) == ("hash of a new one", True)
        assert work.users.sessions_of("u1") == ()
        assert [token.revoked for token in work.users.tokens_of("u1")] == [True]


def test_a_lost_phone_takes_the_second_factor_with_it(office: Office) -> None:
    reset_second_factor(office.context(ADMIN), "u1")
    with office.open_work() as work:
        assert work.sign_ins.second_factor("u1") is None
        assert work.users.sessions_of("u1") == ()


def test_somebody_who_may_manage_accounts_is_always_left(office: Office) -> None:
    with pytest.raises(NotPermittedError, match="自己的账号"):
        disable_account(office.context(ADMIN), "boss")
    with pytest.raises(TransitionRefusedError):
        change_account(office.context(ADMIN), "boss", a_change(Role.SUPERVISOR))
    with office.open_work() as work:
        assert work.users.get("boss").roles == {Role.ADMIN}
    change_account(office.context(ADMIN), "u1", a_change(Role.ADMIN))
    change_account(office.context(ADMIN), "boss", a_change(Role.SUPERVISOR))


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_nobody_else_manages_accounts(office: Office, role: Role) -> None:
    context = office.context(an_actor(role))
    for deed in (
        lambda: list_accounts(context),
        lambda: view_account(context, "u1"),
        lambda: change_account(context, "u1", a_change(Role.ADMIN)),
        lambda: disable_account(context, "boss"),
        lambda: enable_account(context, "boss"),
        lambda: reset_password(context, "boss", "mine"),
        lambda: reset_second_factor(context, "boss"),
    ):
        with pytest.raises(NotPermittedError):
            deed()
    assert office.trail() == []


def test_what_is_incomplete_or_unknown_is_refused(office: Office) -> None:
    context = office.context(ADMIN)
    with pytest.raises(BadInputError):
        change_account(context, "u1", a_change())
    with pytest.raises(BadInputError):
        change_account(context, "u1", replace(a_change(Role.INTAKE), dialects=frozenset({"x"})))
    with pytest.raises(BadInputError):
        change_account(context, "u1", a_change(Role.INTAKE, station="站" * 61))
    with pytest.raises(NotFoundError):
        disable_account(context, "nobody")
