"""Users, sessions and API tokens. Secrets are kept only as hashes."""

from dataclasses import dataclass
from datetime import datetime

from casework.access import Actor, Role


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

    def actor(self) -> Actor:
        """The user as the permission table sees it."""
        return Actor(
            user_id=self.user_id,
            name=self.name,
            display_name=self.display_name,
            roles=self.roles,
            station=self.station,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A signed-in browser. The cookie holds a random secret; we keep its SHA-256."""

    secret_sha256: str
    user_id: str
    #: Random value that every form sends back.
    form_token: str
    opened_at: datetime
    last_seen: datetime


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
