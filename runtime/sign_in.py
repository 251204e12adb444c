"""Signing in: passwords become sessions, tokens become actors. Failures never say which part was wrong."""

import hashlib
import secrets
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache

from pwdlib import PasswordHash

from casework.access import Actor
from casework.audit import AuditEntry
from casework.errors import BadInputError, NotSignedInError
from casework.ports import Clock, OpenWork, UnitOfWork
from casework.users import ApiToken, Session, User

#: Idle and absolute session life (OWASP ASVS 5.0, 7.3).
IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=8)
#: `last_seen` is rewritten at most this often, so that reading pages does not write each time.
REFRESH = timedelta(minutes=1)
TOKEN_LIFE = timedelta(days=90)
#: NIST SP 800-63B: length counts, composition rules do not.
SHORTEST_PASSWORD = 8


@cache
def _hasher() -> PasswordHash:
    return PasswordHash.recommended()


@cache
def _nobody_hash() -> str:
    """Checked when the account does not exist, so that both answers take the same time."""
    return _hasher().hash(secrets.token_urlsafe())


def hash_password(password: str) -> str:
    """The argon2id hash to store.

    Raises:
        BadInputError: shorter than eight characters.
    """
    if len(password) < SHORTEST_PASSWORD:
        sentence = "密码至少 8 个字符，请换一个更长的。"
        raise BadInputError(sentence)
    return _hasher().hash(password)


def sign_in(open_work: OpenWork, clock: Clock, name: str, password: str) -> tuple[str, Session]:
    """Check a password and open a session; returns the cookie's secret and the session.

    Raises:
        NotSignedInError: wrong name or password, or the account is disabled.
    """
    with open_work() as work:
        user = work.users.by_name(name)
        known = _hasher().verify(password, user.password_hash if user else _nobody_hash())
        now = clock()
        if user is None or not known or user.disabled:
            _trace(work, now, user, "session.refused")
            work.commit()
            sentence = "用户名或密码不对，请重新输入。"
            raise NotSignedInError(sentence)
        secret, session = _new_session(user.user_id, now)
        work.users.put_session(session)
        _trace(work, now, user, "session.open")
        work.commit()
    return secret, session


def demo_sign_in(open_work: OpenWork, clock: Clock, name: str) -> tuple[str, Session]:
    """Open a session for a demo account without a password.

    The caller has made sure that this is a demo workspace (`Services.is_demo`).

    Raises:
        NotSignedInError: no such account, or it is disabled.
    """
    with open_work() as work:
        user = work.users.by_name(name)
        if user is None or user.disabled:
            sentence = "没有这个演示账号，请从列表里选择。"
            raise NotSignedInError(sentence)
        secret, session = _new_session(user.user_id, clock())
        work.users.put_session(session)
        _trace(work, clock(), user, "session.open")
        work.commit()
    return secret, session


def session_actor(open_work: OpenWork, clock: Clock, secret: str) -> tuple[Actor, Session]:
    """Who holds this cookie.

    Raises:
        NotSignedInError: unknown, idle too long, or past the absolute end.
    """
    with open_work() as work:
        session = work.users.session(fingerprint(secret))
        now = clock()
        if session is None or now - session.last_seen > IDLE or now - session.opened_at > ABSOLUTE:
            sentence = "登录已过期，请重新登录。"
            raise NotSignedInError(sentence)
        actor = _enabled(work.users.get(session.user_id)).actor()
        if now - session.last_seen > REFRESH:
            work.users.put_session(replace(session, last_seen=now))
            work.commit()
    return actor, session


def sign_out(open_work: OpenWork, secret: str) -> None:
    """End the session of this cookie, if there is one."""
    with open_work() as work:
        work.users.end_session(fingerprint(secret))
        work.commit()


def issue_token(
    open_work: OpenWork, clock: Clock, user_name: str, label: str
) -> tuple[str, ApiToken]:
    """Make an API token for a user; the secret is returned once and never stored.

    Raises:
        BadInputError: no such user.
    """
    with open_work() as work:
        user = work.users.by_name(user_name)
        if user is None:
            sentence = "没有这个用户，请先用 guitu user add 添加。"
            raise BadInputError(sentence)
        secret, now = secrets.token_urlsafe(32), clock()
        token = ApiToken(
            secret_sha256=fingerprint(secret),
            user_id=user.user_id,
            label=label,
            issued_at=now,
            expires_at=now + TOKEN_LIFE,
        )
        work.users.put_token(token)
        _trace(work, now, user, "token.issue")
        work.commit()
    return secret, token


def token_actor(open_work: OpenWork, clock: Clock, secret: str) -> Actor:
    """Who holds this API token.

    Raises:
        NotSignedInError: unknown, expired or revoked.
    """
    with open_work() as work:
        token = work.users.token(fingerprint(secret))
        if token is None or token.revoked or clock() >= token.expires_at:
            sentence = "访问令牌无效或已过期，请用 guitu token issue 重新签发。"
            raise NotSignedInError(sentence)
        return _enabled(work.users.get(token.user_id)).actor()


def fingerprint(secret: str) -> str:
    """The SHA-256 under which a session or token secret is stored, hex."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _new_session(user_id: str, now: datetime) -> tuple[str, Session]:
    secret = secrets.token_urlsafe(32)
    session = Session(
        secret_sha256=fingerprint(secret),
        user_id=user_id,
        form_token=secrets.token_urlsafe(16),
        opened_at=now,
        last_seen=now,
    )
    return secret, session


def _enabled(user: User) -> User:
    if user.disabled:
        sentence = "该账号已停用，请联系管理员。"
        raise NotSignedInError(sentence)
    return user


def _trace(work: UnitOfWork, now: datetime, user: User | None, action: str) -> None:
    user_id = user.user_id if user else "unknown"
    entry = AuditEntry(at=now, actor=user_id, action=action, subject=f"user:{user_id}", extra={})
    work.audit.append(entry)
