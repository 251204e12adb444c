"""Signing in: passwords become sessions, tokens become actors. Failures never say which part was wrong."""

import hashlib
import secrets
from dataclasses import replace
from datetime import datetime, timedelta

from casework.accounts.access import Actor
from casework.accounts.audit import AuditEntry
from casework.accounts.proving import count_try
from casework.accounts.second_factor import use_code
from casework.accounts.sign_in_tries import name_fingerprint
from casework.accounts.user import ApiToken, Session, SessionStage, User
from casework.errors import BadInputError, NotSignedInError
from casework.ports import Clock, OpenWork, UnitOfWork
from runtime.passwords import Argon2Passwords

#: Idle and absolute session life (OWASP ASVS 5.0, 7.3).
IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=8)
#: `last_seen` is rewritten at most this often, so that reading pages does not write each time.
REFRESH = timedelta(minutes=1)
TOKEN_LIFE = timedelta(days=90)
#: The one-time code has to come this soon after the password.
SECOND_STEP = timedelta(minutes=5)


def sign_in(
    open_work: OpenWork, clock: Clock, name: str, password: str, device: str = ""
) -> tuple[str, Session]:
    """Check a password and begin a session; returns the cookie's secret and the session.

    The session is open at once, or awaits the one-time code (`enter_code`) or an own password.

    Raises:
        NotSignedInError: wrong name or password, or the account is disabled.
        TooManyTriesError: wrong too often.
    """
    count_try(open_work, clock, name)
    keeper, now = Argon2Passwords(), clock()
    with open_work() as work:
        user = work.users.by_name(name)
        if user is None or user.disabled:
            keeper.verify_nobody(password)
            known = False
        else:
            known = keeper.verify(password, user.password_hash)
        if user is None or not known:
            raise _refused(work, now, user, "用户名或密码不对，请重新输入。")
        factor = work.sign_ins.second_factor(user.user_id)
        if factor is not None and factor.confirmed:
            begun = _begin(work, user, now, device, stage=SessionStage.AWAITS_CODE)
        else:
            begun = _begin(work, user, now, device, stage=_stage_of(user))
        work.commit()
    return begun


def enter_code(open_work: OpenWork, clock: Clock, secret: str, code: str) -> tuple[str, Session]:
    """The second step: a one-time or recovery code; returns a fresh secret and session.

    Raises:
        NotSignedInError: the first step is too long ago, or the code is wrong or was used before.
        TooManyTriesError: wrong too often.
    """
    with open_work() as work:
        half, user = _half_open(work, clock(), secret)
    count_try(open_work, clock, user.name)
    now = clock()
    with open_work() as work:
        factor = work.sign_ins.second_factor(user.user_id)
        used = None if factor is None else use_code(factor, code, now)
        if used is None or not work.sign_ins.put_second_factor(used):
            raise _refused(work, now, user, "动态码不对或已用过，请输入手机上当前的 6 位数字。")
        work.users.end_session(half.secret_sha256)
        begun = _begin(work, user, now, half.device, stage=_stage_of(user))
        work.commit()
    return begun


def prove(
    open_work: OpenWork, clock: Clock, name: str, password: str, code: str = ""
) -> tuple[Actor, SessionStage]:
    """Who somebody at the command line is, and how far that gets them; no session is left.

    Raises:
        NotSignedInError: wrong name, password or code, or the account is disabled.
        TooManyTriesError: wrong too often.
    """
    secret, session = sign_in(open_work, clock, name, password)
    if session.stage is SessionStage.AWAITS_CODE and code:
        _, session = enter_code(open_work, clock, secret, code)
    with open_work() as work:
        work.users.end_session(session.secret_sha256)
        actor = work.users.get(session.user_id).actor()
        work.commit()
    if session.stage is SessionStage.AWAITS_CODE:
        sentence = "这个账号开启了两步验证，请用 --code 给出手机上当前的动态码。"
        raise NotSignedInError(sentence)
    return actor, session.stage


def demo_sign_in(
    open_work: OpenWork, clock: Clock, name: str, device: str = ""
) -> tuple[str, Session]:
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
        begun = _begin(work, user, clock(), device, stage=SessionStage.OPEN)
        work.commit()
    return begun


def session_actor(open_work: OpenWork, clock: Clock, secret: str) -> tuple[Actor, Session]:
    """Who holds this cookie.

    Raises:
        NotSignedInError: unknown, idle too long, or past the absolute end.
    """
    with open_work() as work:
        session = work.users.session(fingerprint(secret))
        now = clock()
        if session is None or not is_alive(session, now) or _is_half(session):
            sentence = "登录已过期，请重新登录。"
            raise NotSignedInError(sentence)
        actor = _enabled(work.users.get(session.user_id)).actor()
        if now - session.last_seen > REFRESH:
            work.users.put_session(replace(session, last_seen=now))
            work.commit()
    return actor, session


def is_alive(session: Session, now: datetime) -> bool:
    """Whether a session has ended neither by idling nor by the working day."""
    return now - session.last_seen <= IDLE and now - session.opened_at <= ABSOLUTE


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


def _begin(
    work: UnitOfWork, user: User, now: datetime, device: str, *, stage: SessionStage
) -> tuple[str, Session]:
    """Keep a new session; tries are forgotten once nothing is left to guess."""
    for old in work.users.sessions_of(user.user_id):
        if not is_alive(old, now):
            work.users.end_session(old.secret_sha256)
    secret = secrets.token_urlsafe(32)
    session = Session(
        secret_sha256=fingerprint(secret),
        user_id=user.user_id,
        form_token=secrets.token_urlsafe(16),
        opened_at=now,
        last_seen=now,
        stage=stage,
        device=device,
    )
    work.users.put_session(session)
    if stage is SessionStage.AWAITS_CODE:
        _trace(work, now, user, "session.first_step")
    else:
        work.sign_ins.forget_tries(name_fingerprint(user.name))
        _trace(work, now, user, "session.open")
    return secret, session


def _half_open(work: UnitOfWork, now: datetime, secret: str) -> tuple[Session, User]:
    session = work.users.session(fingerprint(secret))
    if session is None or not _is_half(session) or now - session.opened_at > SECOND_STEP:
        sentence = "登录已过期，请重新输入用户名和密码。"
        raise NotSignedInError(sentence)
    return session, _enabled(work.users.get(session.user_id))


def _is_half(session: Session) -> bool:
    return session.stage is SessionStage.AWAITS_CODE


def _stage_of(user: User) -> SessionStage:
    return SessionStage.AWAITS_PASSWORD if user.password_is_temporary else SessionStage.OPEN


def _refused(work: UnitOfWork, now: datetime, user: User | None, sentence: str) -> NotSignedInError:
    """Note a wrong answer; the caller raises."""
    _trace(work, now, user, "session.refused")
    work.commit()
    return NotSignedInError(sentence)


def _enabled(user: User) -> User:
    if user.disabled:
        sentence = "该账号已停用，请联系管理员。"
        raise NotSignedInError(sentence)
    return user


def _trace(work: UnitOfWork, now: datetime, user: User | None, action: str) -> None:
    user_id = user.user_id if user else "unknown"
    entry = AuditEntry(at=now, actor=user_id, action=action, subject=f"user:{user_id}", extra={})
    work.audit.append(entry)
