"""Users, sessions and API tokens. Secrets are kept only as hashes."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from casework.accounts.access import Actor, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """An account of one person. There are no shared accounts."""

    user_id: str
    name: str
    display_name: str
    roles: frozenset[Role]
    station: str
    #: argon2id hash.
    password_hash: str
    disabled: bool = False
    #: Dialect groups that the person understands (`matching.dialect.groups`).
    dialects: frozenset[str] = frozenset()
    #: Somebody else knows the password: the owner has to choose another before anything else.
    password_is_temporary: bool = False

    def actor(self) -> Actor:
        """The user as the permission table sees it."""
        return Actor(
            user_id=self.user_id,
            name=self.name,
            display_name=self.display_name,
            roles=self.roles,
            station=self.station,
        )


class SessionStage(StrEnum):
    """How far a browser has come in signing in."""

    #: The password was right; the one-time code is still to come.
    AWAITS_CODE = "awaits_code"
    #: Signed in with a temporary password; nothing works before it is changed.
    AWAITS_PASSWORD = "awaits_password"  # noqa: S105 - a state, not a secret
    OPEN = "open"


#: Of a fingerprint, so much names a session or token to its owner.
SHOWN_DIGITS = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A signed-in browser. The cookie holds a random secret; we keep its SHA-256."""

    secret_sha256: str
    user_id: str
    #: Random value that every form sends back.
    form_token: str
    opened_at: datetime
    last_seen: datetime
    stage: SessionStage = SessionStage.OPEN
    #: Browser and system in a few words, for its owner's list.
    device: str = ""

    @property
    def session_id(self) -> str:
        """What names the session to its owner; no use for signing in."""
        return self.secret_sha256[:SHOWN_DIGITS]


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiToken:
    """A token for scripts. Shown once; we keep its SHA-256."""

    secret_sha256: str
    user_id: str
    #: What it is for, in the user's words.
    label: str
    issued_at: datetime
    expires_at: datetime
    revoked: bool = False

    @property
    def token_id(self) -> str:
        """What names the token to its owner; no use for signing in."""
        return self.secret_sha256[:SHOWN_DIGITS]
