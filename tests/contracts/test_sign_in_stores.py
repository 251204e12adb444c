"""What every implementation of sessions, counted tries and second factors must do."""

from dataclasses import replace

import pytest

from casework.accounts.second_factor import SecondFactor
from casework.accounts.sign_in_tries import Tries
from casework.accounts.user import ApiToken, Session, SessionStage
from casework.ports import OpenWork
from tests.samples import NOW, a_user, minutes

FACTOR = SecondFactor(
    user_id="u1", key=bytes(range(236, 256)), last_step=7, recovery=frozenset({"a", "b"})
)


@pytest.fixture
def with_users(open_work: OpenWork) -> OpenWork:
    with open_work() as work:
        work.users.add(a_user())
        work.users.add(replace(a_user(name="chen", user_id="u2"), password_is_temporary=True))
        work.commit()
    return open_work


def a_session(letter: str, user_id: str = "u1") -> Session:
    return Session(
        secret_sha256=letter * 64,
        user_id=user_id,
        form_token="t",
        opened_at=NOW,
        last_seen=NOW + minutes(ord(letter)),
        stage=SessionStage.AWAITS_CODE,
        device="火狐浏览器",
    )


def test_a_temporary_password_is_kept_as_such(with_users: OpenWork) -> None:
    with with_users() as work:
        assert work.users.get("u2").password_is_temporary
        assert not work.users.get("u1").password_is_temporary


def test_sessions_are_listed_by_user_and_ended_together(with_users: OpenWork) -> None:
    with with_users() as work:
        for letter, user_id in (("a", "u1"), ("c", "u1"), ("b", "u1"), ("d", "u2")):
            work.users.put_session(a_session(letter, user_id))
        assert work.users.sessions_of("u1") == (a_session("c"), a_session("b"), a_session("a"))
        assert work.users.end_sessions("u1", but="b" * 64) == 2
        assert work.users.sessions_of("u1") == (a_session("b"),)
        assert work.users.end_sessions("u1") == 1
        assert work.users.sessions_of("u2") == (a_session("d", "u2"),)


def test_tokens_are_listed_by_user_newest_first(with_users: OpenWork) -> None:
    tokens = [
        ApiToken(
            secret_sha256=letter * 64,
            user_id=user_id,
            label="脚本",
            issued_at=NOW + minutes(age),
            expires_at=NOW + minutes(age + 60),
        )
        for letter, user_id, age in (("a", "u1", 0), ("b", "u1", 5), ("c", "u2", 9))
    ]
    with with_users() as work:
        for token in tokens:
            work.users.put_token(token)
        assert work.users.tokens_of("u1") == (tokens[1], tokens[0])


def test_tries_only_rise_until_they_are_forgotten(open_work: OpenWork) -> None:
    third = Tries(name_sha256="n", count=3, last_at=NOW)
    with open_work() as work:
        assert work.sign_ins.tries("n") is None
        assert work.sign_ins.put_tries(third)
        assert not work.sign_ins.put_tries(replace(third, last_at=NOW + minutes(1)))
        assert work.sign_ins.tries("n") == third
        assert work.sign_ins.put_tries(replace(third, count=4))
        work.sign_ins.forget_tries("n")
        assert work.sign_ins.tries("n") is None


def test_old_tries_are_dropped_together(open_work: OpenWork) -> None:
    old = Tries(name_sha256="old", count=9, last_at=NOW - minutes(1))
    fresh = Tries(name_sha256="fresh", count=2, last_at=NOW)
    with open_work() as work:
        work.sign_ins.put_tries(old)
        work.sign_ins.put_tries(fresh)
        work.sign_ins.forget_tries_before(NOW)
        assert work.sign_ins.tries("old") is None
        assert work.sign_ins.tries("fresh") == fresh


def test_a_second_factor_is_kept_by_version(with_users: OpenWork) -> None:
    with with_users() as work:
        assert work.sign_ins.second_factor("u1") is None
        assert work.sign_ins.put_second_factor(FACTOR)
        assert work.sign_ins.confirmed_factors() == frozenset()
        assert not work.sign_ins.put_second_factor(replace(FACTOR, last_step=8))
        used = replace(FACTOR, confirmed=True, recovery=frozenset({"a"}), version=2)
        assert work.sign_ins.put_second_factor(used)
        assert work.sign_ins.second_factor("u1") == used
        assert work.sign_ins.confirmed_factors() == {"u1"}
        work.sign_ins.drop_second_factor("u1")
        assert work.sign_ins.second_factor("u1") is None
