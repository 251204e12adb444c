from dataclasses import replace
from datetime import timedelta

import pytest

from casework.access import Role
from casework.errors import BadInputError, NotSignedInError
from runtime.sign_in import (
    ABSOLUTE,
    IDLE,
    TOKEN_LIFE,
    hash_password,
    issue_token,
    session_actor,
    sign_in,
    sign_out,
    token_actor,
)
from tests.office import Office
from tests.samples import a_user, minutes

PASSWORD = "correct horse battery"


@pytest.fixture(scope="module")
def password_hash() -> str:
    return hash_password(PASSWORD)


@pytest.fixture
def office(password_hash: str) -> Office:
    office = Office()
    with office.open_work() as work:
        work.users.add(replace(a_user(Role.SPECIALIST), password_hash=password_hash))
        work.commit()
    return office


def enter(office: Office) -> str:
    secret, _ = sign_in(office.open_work, office.clock, "wangfang", PASSWORD)
    return secret


def test_a_right_password_opens_a_session(office: Office) -> None:
    actor, session = session_actor(office.open_work, office.clock, enter(office))
    assert actor.name == "wangfang"
    assert session.form_token
    assert office.trail() == ["session.open"]


@pytest.mark.parametrize(("name", "password"), [("wangfang", "wrong"), ("nobody", PASSWORD)])
def test_wrong_name_and_wrong_password_get_the_same_answer(
    office: Office, name: str, password: str
) -> None:
    with pytest.raises(NotSignedInError) as caught:
        sign_in(office.open_work, office.clock, name, password)
    assert caught.value.sentence == "用户名或密码不对，请重新输入。"
    assert office.trail() == ["session.refused"]


def test_an_idle_session_ends(office: Office) -> None:
    secret = enter(office)
    office.now += IDLE + minutes(1)
    with pytest.raises(NotSignedInError):
        session_actor(office.open_work, office.clock, secret)


def test_a_busy_session_ends_after_a_working_day(office: Office) -> None:
    secret = enter(office)
    opened = office.now
    while office.now - opened + minutes(20) <= ABSOLUTE:
        office.now += minutes(20)
        session_actor(office.open_work, office.clock, secret)
    office.now += minutes(20)
    with pytest.raises(NotSignedInError):
        session_actor(office.open_work, office.clock, secret)


def test_signing_out_ends_the_session_at_once(office: Office) -> None:
    secret = enter(office)
    sign_out(office.open_work, secret)
    with pytest.raises(NotSignedInError):
        session_actor(office.open_work, office.clock, secret)


def test_a_disabled_user_is_out(office: Office) -> None:
    secret = enter(office)
    token, _ = issue_token(office.open_work, office.clock, "wangfang", "脚本")
    with office.open_work() as work:
        work.users.save(replace(work.users.get("u1"), disabled=True))
        work.commit()
    for attempt in (
        lambda: session_actor(office.open_work, office.clock, secret),
        lambda: token_actor(office.open_work, office.clock, token),
        lambda: sign_in(office.open_work, office.clock, "wangfang", PASSWORD),
    ):
        with pytest.raises(NotSignedInError):
            attempt()


def test_a_token_acts_as_its_user_until_it_expires(office: Office) -> None:
    secret, token = issue_token(office.open_work, office.clock, "wangfang", "脚本")
    assert token_actor(office.open_work, office.clock, secret).user_id == "u1"
    assert secret not in repr(token)
    office.now += TOKEN_LIFE + timedelta(seconds=1)
    with pytest.raises(NotSignedInError):
        token_actor(office.open_work, office.clock, secret)


def test_a_made_up_token_is_refused(office: Office) -> None:
    with pytest.raises(NotSignedInError):
        token_actor(office.open_work, office.clock, "made up")
    with pytest.raises(BadInputError):
        issue_token(office.open_work, office.clock, "nobody", "脚本")


def test_short_passwords_are_refused() -> None:
    with pytest.raises(BadInputError):
        hash_password("1234567")
