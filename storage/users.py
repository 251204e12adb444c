"""Accounts, sessions and tokens in SQL."""

from dataclasses import asdict

from sqlalchemy import Connection, Insert, RowMapping, Update, delete, insert, select, update

from casework.accounts.access import Role
from casework.accounts.user import ApiToken, Session, SessionStage, User
from casework.errors import BadInputError, NotFoundError, StaleVersionError
from storage.tables import sessions, tokens, users
from storage.upsert import upsert


class SqlUserStore:
    """Implements `casework.ports.UserStore`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, user: User) -> None:
        """Keep a new account."""
        self._write(insert(users).values(_columns(user)))

    def get(self, user_id: str) -> User:
        """The account with this id."""
        row = (
            self._connection.execute(select(users).where(users.c.user_id == user_id))
            .mappings()
            .first()
        )
        if row is None:
            raise NotFoundError("没有这个用户。")
        return _user(row)

    def by_name(self, name: str) -> User | None:
        """The account with this sign-in name."""
        row = self._connection.execute(select(users).where(users.c.name == name)).mappings().first()
        return None if row is None else _user(row)

    def save(self, user: User) -> None:
        """Replace an account; sessions end when rights changed."""
        before = self.get(user.user_id)
        if user.disabled or user.roles != before.roles:
            self.end_sessions(user.user_id)
        self._write(update(users).where(users.c.user_id == user.user_id).values(_columns(user)))

    def all_users(self) -> tuple[User, ...]:
        """Every account by name."""
        found = self._connection.execute(select(users).order_by(users.c.name))
        return tuple(_user(row) for row in found.mappings())

    def put_session(self, session: Session) -> None:
        """Keep or refresh a session."""
        upsert(self._connection, sessions, asdict(session))

    def session(self, secret_sha256: str) -> Session | None:
        """The session of a cookie."""
        row = (
            self._connection.execute(
                select(sessions).where(sessions.c.secret_sha256 == secret_sha256)
            )
            .mappings()
            .first()
        )
        return None if row is None else _session(row)

    def sessions_of(self, user_id: str) -> tuple[Session, ...]:
        """A user's sessions, the one seen last first."""
        found = self._connection.execute(
            select(sessions)
            .where(sessions.c.user_id == user_id)
            .order_by(sessions.c.last_seen.desc(), sessions.c.secret_sha256)
        )
        return tuple(_session(row) for row in found.mappings())

    def end_session(self, secret_sha256: str) -> None:
        """Sign out."""
        self._connection.execute(delete(sessions).where(sessions.c.secret_sha256 == secret_sha256))

    def end_sessions(self, user_id: str, *, but: str | None = None) -> int:
        """End every session of a user, except one."""
        theirs = delete(sessions).where(sessions.c.user_id == user_id)
        if but is not None:
            theirs = theirs.where(sessions.c.secret_sha256 != but)
        return self._connection.execute(theirs).rowcount

    def put_token(self, token: ApiToken) -> None:
        """Keep or replace a token."""
        upsert(self._connection, tokens, asdict(token))

    def token(self, secret_sha256: str) -> ApiToken | None:
        """The token of a secret."""
        row = (
            self._connection.execute(select(tokens).where(tokens.c.secret_sha256 == secret_sha256))
            .mappings()
            .first()
        )
        return None if row is None else ApiToken(**row)

    def tokens_of(self, user_id: str) -> tuple[ApiToken, ...]:
        """A user's tokens, newest first."""
        found = self._connection.execute(
            select(tokens)
            .where(tokens.c.user_id == user_id)
            .order_by(tokens.c.issued_at.desc(), tokens.c.secret_sha256)
        )
        return tuple(ApiToken(**row) for row in found.mappings())

    def _write(self, statement: Insert | Update) -> None:
        try:
            with self._connection.begin_nested():
                self._connection.execute(statement)
        except StaleVersionError as error:
            raise BadInputError("这个用户名已经有人用了，请换一个。") from error


def _columns(user: User) -> dict[str, object]:
    return {
        "user_id": user.user_id,
        "name": user.name,
        "display_name": user.display_name,
        "roles": ",".join(sorted(user.roles)),
        "station": user.station,
        "password_hash": user.password_hash,
        "disabled": user.disabled,
        "dialects": ",".join(sorted(user.dialects)),
        "password_is_temporary": user.password_is_temporary,
    }


def _session(found: RowMapping) -> Session:
    return Session(**{**found, "stage": SessionStage(found["stage"])})


def _user(found: RowMapping) -> User:
    return User(
        user_id=found["user_id"],
        name=found["name"],
        display_name=found["display_name"],
        roles=frozenset(Role(role) for role in found["roles"].split(",") if role),
        station=found["station"],
        password_hash=found["password_hash"],
        disabled=found["disabled"],
        dialects=frozenset(filter(None, found["dialects"].split(","))),
        password_is_temporary=found["password_is_temporary"],
    )
