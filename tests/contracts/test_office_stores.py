"""What every implementation of the trail, accounts and workspace facts must do."""

from dataclasses import replace
from datetime import timedelta

import pytest

from casework.accounts.access import Role
from casework.accounts.audit import AuditEntry
from casework.accounts.user import ApiToken, Session
from casework.errors import BadInputError
from casework.ports import OpenWork
from tests.samples import (
    NOW,
    a_user,
    minutes,
)


def test_the_trail_is_numbered_without_gaps(open_work: OpenWork) -> None:
    entry = AuditEntry(at=NOW, actor="u1", action="case.view", subject="case:c1", extra={"n": "1"})
    with open_work() as work:
        work.audit.append(entry)
        work.audit.append(entry)
        work.commit()
    with open_work() as work:
        work.audit.append(entry)
    with open_work() as work:
        work.audit.append(entry)
        work.commit()
    with open_work() as work:
        rows = tuple(work.audit.rows())
    assert [row.sequence for row in rows] == [1, 2, 3]
    assert all(row.entry == entry for row in rows)
    assert len({row.mac for row in rows}) == 3


def test_sign_in_names_are_unique(open_work: OpenWork) -> None:
    with open_work() as work:
        work.users.add(a_user())
        with pytest.raises(BadInputError):
            work.users.add(a_user(user_id="u2"))
        assert work.users.by_name("wangfang") == a_user()
        assert work.users.by_name("nobody") is None
        assert [user.user_id for user in work.users.all_users()] == ["u1"]


def test_losing_a_role_ends_every_session(open_work: OpenWork) -> None:
    session = Session(
        secret_sha256="a" * 64, user_id="u1", form_token="t", opened_at=NOW, last_seen=NOW
    )
    with open_work() as work:
        work.users.add(a_user())
        work.users.put_session(session)
        work.users.put_session(replace(session, last_seen=NOW + minutes(1)))
        assert work.users.session("a" * 64) == replace(session, last_seen=NOW + minutes(1))
        work.users.save(a_user(Role.INTAKE))
        assert work.users.session("a" * 64) is None


def test_tokens_and_workspace_facts_are_kept(open_work: OpenWork) -> None:
    token = ApiToken(
        secret_sha256="b" * 64,
        user_id="u1",
        label="脚本",
        issued_at=NOW,
        expires_at=NOW + timedelta(days=90),
    )
    with open_work() as work:
        work.users.add(a_user())
        work.users.put_token(token)
        assert work.users.token("b" * 64) == token
        assert work.users.token("c" * 64) is None
        work.workspace.set("kind", "real")
        work.workspace.set("kind", "demo")
        assert work.workspace.get("kind") == "demo"
        assert work.workspace.get("other") is None
