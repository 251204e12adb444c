"""What accounts and signing in need from outside, as protocols."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from casework.accounts.second_factor import SecondFactor
from casework.accounts.sign_in_tries import Tries
from casework.accounts.user import ApiToken, Session, User

RandomBytes = Callable[[int], bytes]
"""So many unpredictable bytes."""


class UserStore(Protocol):
    """Accounts, sessions and tokens."""

    def add(self, user: User) -> None:
        """Raises BadInputError when the sign-in name is taken."""

    def get(self, user_id: str) -> User:
        """Raises NotFoundError."""

    def by_name(self, name: str) -> User | None:
        """The account with this sign-in name."""

    def save(self, user: User) -> None:
        """Replace an account; its sessions end when it is disabled or its roles change."""

    def all_users(self) -> tuple[User, ...]:
        """Every account by name."""

    def put_session(self, session: Session) -> None:
        """Keep or refresh a session."""

    def session(self, secret_sha256: str) -> Session | None:
        """The session of a cookie."""

    def sessions_of(self, user_id: str) -> tuple[Session, ...]:
        """A user's sessions, the one seen last first, ended by time or not."""

    def end_session(self, secret_sha256: str) -> None:
        """Sign out; no error when it is already gone."""

    def end_sessions(self, user_id: str, *, but: str | None = None) -> int:
        """End every session of a user, except the one with this fingerprint; returns how many."""

    def put_token(self, token: ApiToken) -> None:
        """Keep or replace a token."""

    def token(self, secret_sha256: str) -> ApiToken | None:
        """The token of a secret."""

    def tokens_of(self, user_id: str) -> tuple[ApiToken, ...]:
        """A user's tokens, newest first."""


class SignInStore(Protocol):
    """What stands between a password and a session: counted tries and second factors."""

    def tries(self, name_sha256: str) -> Tries | None:
        """How often this sign-in name was tried in a row."""

    def put_tries(self, tries: Tries) -> bool:
        """Keep a higher count; False when somebody else counted as far meanwhile."""

    def forget_tries(self, name_sha256: str) -> None:
        """A right answer: the next try is the first again."""

    def forget_tries_before(self, moment: datetime) -> None:
        """Drop what was tried last before `moment`."""

    def second_factor(self, user_id: str) -> SecondFactor | None:
        """The second factor of an account, confirmed or not."""

    def put_second_factor(self, factor: SecondFactor) -> bool:
        """Keep a newer version; False when the stored one is as new: a code counts once."""

    def drop_second_factor(self, user_id: str) -> None:
        """Back to password only; no error when there is none."""

    def confirmed_factors(self) -> frozenset[str]:
        """The users whose second factor is in force."""


class PasswordKeeper(Protocol):
    """Hashes and checks passwords, slowly on purpose."""

    def hash(self, password: str) -> str:
        """The hash to store."""

    def verify(self, password: str, password_hash: str) -> bool:
        """Whether this is the password of the hash."""
