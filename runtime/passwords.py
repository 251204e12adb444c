"""Passwords as argon2id hashes, and passwords that somebody else is told."""

import secrets
from functools import cache
from typing import Final

from pwdlib import PasswordHash

from casework.accounts.passwords import check_password

#: Without what looks alike on paper: 0 and O, 1 and I and L.
_ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_GROUPS: Final = 4
_GROUP_LENGTH: Final = 4


class Argon2Passwords:
    """Implements `casework.accounts.ports.PasswordKeeper`."""

    def hash(self, password: str) -> str:
        """The argon2id hash to store."""
        return _hasher().hash(password)

    def verify(self, password: str, password_hash: str) -> bool:
        """Whether this is the password of the hash."""
        return _hasher().verify(password, password_hash)

    def verify_nobody(self, password: str) -> None:
        """Take as long as for an account, so that nobody learns which names exist."""
        _hasher().verify(password, _nobody_hash())


def hash_password(password: str, *names: str) -> str:
    """The hash of a password that was looked at first.

    Raises:
        BadInputError: it will not hold (`casework.accounts.passwords`).
    """
    check_password(password, names)
    return Argon2Passwords().hash(password)


def temporary_password() -> str:
    """Eighty random bits in four groups, for one sign-in; for example 7KQM-R2XC-9WBD-HT4P."""
    groups = (
        "".join(secrets.choice(_ALPHABET) for _ in range(_GROUP_LENGTH)) for _ in range(_GROUPS)
    )
    return "-".join(groups)


@cache
def _hasher() -> PasswordHash:
    return PasswordHash.recommended()


@cache
def _nobody_hash() -> str:
    return _hasher().hash(secrets.token_urlsafe())
