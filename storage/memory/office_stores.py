"""Twins of the trail, accounts and workspace facts."""

from collections.abc import Iterator
from datetime import datetime

from casework.accounts.audit import AuditEntry, ChainedEntry
from casework.accounts.second_factor import SecondFactor
from casework.accounts.sign_in_tries import Tries
from casework.accounts.user import ApiToken, Session, User
from casework.errors import BadInputError, NotFoundError
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
            self.end_sessions(user.user_id)
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

    def sessions_of(self, user_id: str) -> tuple[Session, ...]:
        """A user's sessions, the one seen last first."""
        own = (each for each in self._state.sessions.values() if each.user_id == user_id)
        by_name = sorted(own, key=lambda each: each.secret_sha256)
        return tuple(sorted(by_name, key=lambda each: each.last_seen, reverse=True))

    def end_session(self, secret_sha256: str) -> None:
        """Sign out."""
        self._state.sessions.pop(secret_sha256, None)

    def end_sessions(self, user_id: str, *, but: str | None = None) -> int:
        """End every session of a user, except one."""
        own = [each.secret_sha256 for each in self.sessions_of(user_id)]
        ended = [secret for secret in own if secret != but]
        for secret in ended:
            self.end_session(secret)
        return len(ended)

    def put_token(self, token: ApiToken) -> None:
        """Keep or replace a token."""
        require(self._state.users, token.user_id)
        self._state.tokens[token.secret_sha256] = token

    def token(self, secret_sha256: str) -> ApiToken | None:
        """The token of a secret."""
        return self._state.tokens.get(secret_sha256)

    def tokens_of(self, user_id: str) -> tuple[ApiToken, ...]:
        """A user's tokens, newest first."""
        own = (each for each in self._state.tokens.values() if each.user_id == user_id)
        by_name = sorted(own, key=lambda each: each.secret_sha256)
        return tuple(sorted(by_name, key=lambda each: each.issued_at, reverse=True))

    def _require_free(self, user: User) -> None:
        holder = self.by_name(user.name)
        if holder is not None and holder.user_id != user.user_id:
            raise BadInputError("这个用户名已经有人用了，请换一个。")


class MemorySignInStore:
    """Twin of `storage.sign_ins.SqlSignInStore`."""

    def __init__(self, state: State) -> None:
        self._state = state

    def tries(self, name_sha256: str) -> Tries | None:
        """How often this sign-in name was tried in a row."""
        return self._state.tries.get(name_sha256)

    def put_tries(self, tries: Tries) -> bool:
        """Keep a higher count."""
        known = self._state.tries.get(tries.name_sha256)
        is_higher = known is None or known.count < tries.count
        if is_higher:
            self._state.tries[tries.name_sha256] = tries
        return is_higher

    def forget_tries(self, name_sha256: str) -> None:
        """The next try is the first again."""
        self._state.tries.pop(name_sha256, None)

    def forget_tries_before(self, moment: datetime) -> None:
        """Drop what was tried last before `moment`."""
        tries = self._state.tries.items()
        self._state.tries = {key: each for key, each in tries if each.last_at >= moment}

    def second_factor(self, user_id: str) -> SecondFactor | None:
        """The second factor of an account, confirmed or not."""
        return self._state.factors.get(user_id)

    def put_second_factor(self, factor: SecondFactor) -> bool:
        """Keep a newer version."""
        require(self._state.users, factor.user_id)
        known = self._state.factors.get(factor.user_id)
        is_newer = known is None or known.version < factor.version
        if is_newer:
            self._state.factors[factor.user_id] = factor
        return is_newer

    def drop_second_factor(self, user_id: str) -> None:
        """Back to password only."""
        self._state.factors.pop(user_id, None)

    def confirmed_factors(self) -> frozenset[str]:
        """The users whose second factor is in force."""
        return frozenset(each.user_id for each in self._state.factors.values() if each.confirmed)


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
