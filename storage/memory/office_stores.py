"""Twins of the trail, accounts and workspace facts."""

from collections.abc import Iterator

from casework.audit import AuditEntry, ChainedEntry
from casework.errors import BadInputError, NotFoundError
from casework.users import ApiToken, Session, User
from storage.audit import GENESIS, link
from storage.memory.state import State, require


class MemoryAuditLog:
    """Twin of `storage.audit.SqlAuditLog`."""

    #: The trail of a test needs no secret.
    KEY = b"memory"

    def __init__(self, state: State) -> None:
        self._state = state

    def append(self, entry: AuditEntry) -> None:
        """Chain one line."""
        trail = self._state.trail
        before = trail[-1].mac if trail else GENESIS
        sequence = len(trail) + 1
        mac = link(self.KEY, before, sequence, entry)
        trail.append(ChainedEntry(sequence=sequence, entry=entry, mac=mac))

    def rows(self) -> Iterator[ChainedEntry]:
        """The whole trail in order."""
        return iter(tuple(self._state.trail))


class MemoryUserStore:
    """Twin of `storage.users.SqlUserStore`."""

    def __init__(self, state: State) -> None:
        self._state = state

    def add(self, user: User) -> None:
        """Keep a new account."""
        self._require_free(user)
        self._state.users[user.user_id] = user

    def get(self, user_id: str) -> User:
        """The account with this id."""
        if user_id not in self._state.users:
            raise NotFoundError("没有这个用户。")
        return self._state.users[user_id]

    def by_name(self, name: str) -> User | None:
        """The account with this sign-in name."""
        return next((user for user in self._state.users.values() if user.name == name), None)

    def save(self, user: User) -> None:
        """Replace an account; sessions end when rights changed."""
        before = self.get(user.user_id)
        self._require_free(user)
        if user.disabled or user.roles != before.roles:
            sessions = self._state.sessions.items()
            kept = {key: each for key, each in sessions if each.user_id != user.user_id}
            self._state.sessions = kept
        self._state.users[user.user_id] = user

    def all_users(self) -> tuple[User, ...]:
        """Every account by name."""
        return tuple(sorted(self._state.users.values(), key=lambda user: user.name))

    def put_session(self, session: Session) -> None:
        """Keep or refresh a session."""
        require(self._state.users, session.user_id)
        self._state.sessions[session.secret_sha256] = session

    def session(self, secret_sha256: str) -> Session | None:
        """The session of a cookie."""
        return self._state.sessions.get(secret_sha256)

    def end_session(self, secret_sha256: str) -> None:
        """Sign out."""
        self._state.sessions.pop(secret_sha256, None)

    def put_token(self, token: ApiToken) -> None:
        """Keep or replace a token."""
        require(self._state.users, token.user_id)
        self._state.tokens[token.secret_sha256] = token

    def token(self, secret_sha256: str) -> ApiToken | None:
        """The token of a secret."""
        return self._state.tokens.get(secret_sha256)

    def _require_free(self, user: User) -> None:
        holder = self.by_name(user.name)
        if holder is not None and holder.user_id != user.user_id:
            raise BadInputError("这个用户名已经有人用了，请换一个。")


class MemoryWorkspace:
    """Twin of `storage.workspace.SqlWorkspace`."""

    def __init__(self, state: State) -> None:
        self._state = state

    def get(self, key: str) -> str | None:
        """The value of a key."""
        return self._state.workspace.get(key)

    def set(self, key: str, value: str) -> None:
        """Set a key."""
        self._state.workspace[key] = value
