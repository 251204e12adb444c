from dataclasses import replace

import pytest

from casework.accounts.own_account import (
    PasswordChange,
    change_password,
    end_other_sessions,
    end_session,
    revoke_token,
    view_own_account,
)
from casework.accounts.sign_in_tries import FREE
from casework.accounts.user import ApiToken, Session, SessionStage
from casework.errors import BadInputError, NotFoundError, TooManyTriesError
from tests.office import Office
from tests.plain_passwords import PlainPasswords
from tests.samples import NOW, a_user, minutes

CURRENT, NEW = "the current one", "something else entirely"
KEEPER = PlainPasswords()


def a_session(
    letter: str, *, user_id: str = "u1", stage: SessionStage = SessionStage.OPEN
) -> Session:
    return Session(
        secret_sha256=letter * 64,
        user_id=user_id,
        form_token="t",
        opened_at=NOW,
        last_seen=NOW + minutes(ord(letter) - ord("a")),
        stage=stage,
    )


def an_office(*sessions: Session) -> Office:
    office = Office()
    with office.open_work() as work:
        for user_id, name in (("u1", "name-u1"), ("u2", "name-u2")):
            user = a_user(name=name, user_id=user_id)
            work.users.add(replace(user, password_hash=KEEPER.hash(CURRENT)))
        for session in sessions:
            work.users.put_session(session)
        work.commit()
    return office


def secrets_left(office: Office, user_id: str = "u1") -> set[str]:
    with office.open_work() as work:
        return {each.secret_sha256[0] for each in work.users.sessions_of(user_id)}


def test_a_new_password_ends_every_other_session_of_that_user_only() -> None:
    office = an_office(a_session("a"), a_session("b"), a_session("c", user_id="u2"))
    change = PasswordChange(current=CURRENT, new=NEW)
    change_password(office.context(), KEEPER, change, session="a" * 64)
    assert secrets_left(office) == {"a"}
    assert secrets_left(office, "u2") == {"c"}
    with office.open_work() as work:
        assert work.users.get("u1").password_hash == KEEPER.hash(NEW)
    assert office.trail() == ["user.password"]


def test_a_temporary_password_is_gone_and_the_session_open_once_it_was_changed() -> None:
    office = an_office(a_session("a", stage=SessionStage.AWAITS_PASSWORD))
    with office.open_work() as work:
        work.users.save(replace(work.users.get("u1"), password_is_temporary=True))
        work.commit()
    change = PasswordChange(current=CURRENT, new=NEW)
    change_password(office.context(), KEEPER, change, session="a" * 64)
    account = view_own_account(office.context())
    assert not account.user.password_is_temporary
    assert [each.stage for each in account.sessions] == [SessionStage.OPEN]


@pytest.mark.parametrize(
    ("current", "new"), [("wrong", NEW), (CURRENT, "short"), (CURRENT, CURRENT)]
)
def test_a_change_without_proof_or_worth_changes_nothing(current: str, new: str) -> None:
    office = an_office(a_session("a"), a_session("b"))
    change = PasswordChange(current=current, new=new)
    with pytest.raises(BadInputError):
        change_password(office.context(), KEEPER, change, session="a" * 64)
    assert secrets_left(office) == {"a", "b"}
    with office.open_work() as work:
        assert work.users.get("u1").password_hash == KEEPER.hash(CURRENT)


def test_the_current_password_cannot_be_guessed_in_an_open_browser() -> None:
    office = an_office()
    wrong = PasswordChange(current="wrong", new=NEW)
    for _ in range(FREE):
        with pytest.raises(BadInputError):
            change_password(office.context(), KEEPER, wrong, session=None)
    with pytest.raises(TooManyTriesError):
        change_password(
            office.context(), KEEPER, PasswordChange(current=CURRENT, new=NEW), session=None
        )
    assert office.trail() == ["password.refused"] * FREE


def test_own_sessions_are_listed_and_ended_and_nobody_elses() -> None:
    office = an_office(a_session("a"), a_session("b"), a_session("c", user_id="u2"))
    listed = view_own_account(office.context()).sessions
    assert [each.session_id for each in listed] == ["b" * 16, "a" * 16]
    end_session(office.context(), "b" * 16)
    with pytest.raises(NotFoundError):
        end_session(office.context(), "c" * 16)
    assert secrets_left(office) == {"a"}
    assert secrets_left(office, "u2") == {"c"}


def test_all_others_end_at_once() -> None:
    office = an_office(a_session("a"), a_session("b"), a_session("d"))
    assert end_other_sessions(office.context(), but="b" * 64) == 2
    assert secrets_left(office) == {"b"}


def test_a_token_is_revoked_by_its_owner_only() -> None:
    office = an_office()
    with office.open_work() as work:
        for letter, owner in (("a", "u1"), ("b", "u2")):
            token = ApiToken(
                secret_sha256=letter * 64,
                user_id=owner,
                label="脚本",
                issued_at=NOW,
                expires_at=NOW + minutes(60),
            )
            work.users.put_token(token)
        work.commit()
    revoke_token(office.context(), "a" * 16)
    with pytest.raises(NotFoundError):
        revoke_token(office.context(), "b" * 16)
    assert [each.revoked for each in view_own_account(office.context()).tokens] == [True]
    assert office.trail() == ["token.revoke"]
