from dataclasses import replace
from datetime import timedelta

import pytest

from casework.accounts.access import Role
from casework.accounts.one_time_codes import code_at, step_of
from casework.accounts.passwords import check_password
from casework.accounts.second_factor import SecondFactor
from casework.accounts.sign_in_tries import FREE
from casework.accounts.user import SessionStage
from casework.errors import BadInputError, NotSignedInError, TooManyTriesError
from runtime.passwords import hash_password, temporary_password
from runtime.sign_in import (
    ABSOLUTE,
    IDLE,
    SECOND_STEP,
    TOKEN_LIFE,
    enter_code,
    issue_token,
    prove,
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


@pytest.fixture
def key(office: Office) -> bytes:
    """The user's phone."""
    key = b"12345678901234567890"
    with office.open_work() as work:
        work.sign_ins.put_second_factor(SecondFactor(user_id="u1", key=key, confirmed=True))
        work.commit()
    return key


def test_a_second_factor_stands_between_password_and_session(office: Office, key: bytes) -> None:
    half = enter(office)
    with pytest.raises(NotSignedInError):
        session_actor(office.open_work, office.clock, half)
    with pytest.raises(NotSignedInError, match="动态码不对"):
        enter_code(office.open_work, office.clock, half, "000000")
    code = code_at(key, step_of(office.now))
    secret, _ = enter_code(office.open_work, office.clock, half, code)
    actor, _ = session_actor(office.open_work, office.clock, secret)
    assert actor.name == "wangfang"
    for used in (half, secret):
        with pytest.raises(NotSignedInError, match="重新输入用户名"):
            enter_code(office.open_work, office.clock, used, code)
    assert office.trail() == ["session.first_step", "session.refused", "session.open"]


def test_a_code_opens_one_session(office: Office, key: bytes) -> None:
    code = code_at(key, step_of(office.now))
    first, second = enter(office), enter(office)
    enter_code(office.open_work, office.clock, first, code)
    with pytest.raises(NotSignedInError, match="已用过"):
        enter_code(office.open_work, office.clock, second, code)


def test_the_second_step_has_to_follow_soon(office: Office, key: bytes) -> None:
    half = enter(office)
    office.now += SECOND_STEP + minutes(1)
    with pytest.raises(NotSignedInError):
        enter_code(office.open_work, office.clock, half, code_at(key, step_of(office.now)))


def test_guessing_is_slowed_down_for_real_and_invented_names_alike(office: Office) -> None:
    for name in ("wangfang", "nobody"):
        for _ in range(FREE):
            with pytest.raises(NotSignedInError):
                sign_in(office.open_work, office.clock, name, "wrong")
        with pytest.raises(TooManyTriesError):
            sign_in(office.open_work, office.clock, name, PASSWORD)
    office.now += minutes(1)
    assert enter(office)
    with pytest.raises(NotSignedInError):
        sign_in(office.open_work, office.clock, "wangfang", "wrong")


def test_a_right_password_does_not_open_the_way_to_guess_codes(office: Office, key: bytes) -> None:
    assert key
    for _ in range(FREE // 2):
        half = enter(office)
        with pytest.raises(NotSignedInError):
            enter_code(office.open_work, office.clock, half, "000000")
    with pytest.raises(TooManyTriesError):
        enter(office)


def test_a_temporary_password_gets_as_far_as_changing_it(office: Office) -> None:
    with office.open_work() as work:
        work.users.save(replace(work.users.get("u1"), password_is_temporary=True))
        work.commit()
    _, session = session_actor(office.open_work, office.clock, enter(office))
    assert session.stage is SessionStage.AWAITS_PASSWORD
    _, stage = prove(office.open_work, office.clock, "wangfang", PASSWORD)
    assert stage is SessionStage.AWAITS_PASSWORD


def test_the_command_line_proves_itself_and_leaves_no_session(office: Office, key: bytes) -> None:
    with pytest.raises(NotSignedInError, match="--code"):
        prove(office.open_work, office.clock, "wangfang", PASSWORD)
    code = code_at(key, step_of(office.now))
    actor, stage = prove(office.open_work, office.clock, "wangfang", PASSWORD, code)
    assert (actor.user_id, stage) == ("u1", SessionStage.OPEN)
    with office.open_work() as work:
        assert work.users.sessions_of("u1") == ()


def test_sessions_that_ended_by_themselves_are_cleared_away(office: Office) -> None:
    enter(office)
    office.now += ABSOLUTE + minutes(1)
    enter(office)
    with office.open_work() as work:
        assert len(work.users.sessions_of("u1")) == 1


def test_temporary_passwords_are_long_different_and_without_look_alikes() -> None:
    passwords = {temporary_password() for _ in range(50)}
    assert len(passwords) == 50
    for password in passwords:
        assert len(password) == 19
        assert not set(password) & set("01OIL")
        check_password(password)
