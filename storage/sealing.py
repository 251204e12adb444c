"""Sealing: AES-256-GCM, bound to table, row and field, so that no blob can be moved elsewhere.

Layout of a sealed blob: format (1 byte) | key id (1 byte) | nonce (12 bytes) | ciphertext and tag.
"""

import secrets
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import LargeBinary
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from casework.errors import UnavailableError
from storage.keyring import KEY_BYTES, Keyring

_FORMAT: Final = 1
_NONCE_BYTES: Final = 12
_HEAD_BYTES: Final = 2 + _NONCE_BYTES


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sealed value belongs."""

    table: str
    row: str
    field: str

    def binding(self) -> bytes:
        """The additional authenticated data of the blob."""
        return f"{self.table}|{self.row}|{self.field}".encode()


class SealedBytes(bytes):
    """Ciphertext. The type keeps plaintext out of sealed columns."""

    __slots__ = ()


class Sealer:
    """Seals and opens values with a key ring."""

    def __init__(self, keyring: Keyring) -> None:
        self._active = keyring.active
        self._keys = dict(keyring.keys)
        self._ciphers = {key_id: AESGCM(key) for key_id, key in keyring.keys.items()}

    def seal(self, plain: bytes, place: Place) -> SealedBytes:
        """Encrypt for one place with the active key."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        body = self._ciphers[self._active].encrypt(nonce, plain, place.binding())
        return SealedBytes(bytes((_FORMAT, self._active)) + nonce + body)

    def open(self, sealed: bytes, place: Place) -> bytes:
        """Decrypt a blob found at `place`.

        Raises:
            UnavailableError: damaged, moved from another place, or its key is missing.
        """
        cipher = self._ciphers.get(sealed[1]) if len(sealed) > _HEAD_BYTES else None
        if cipher is None or sealed[0] != _FORMAT:
            raise _unreadable()
        try:
            return cipher.decrypt(sealed[2:_HEAD_BYTES], sealed[_HEAD_BYTES:], place.binding())
        except InvalidTag as error:
            raise _unreadable() from error

    @cached_property
    def audit_key(self) -> bytes:
        """The key of the audit chain."""
        return self._derived(b"audit")

    @cached_property
    def backup_key(self) -> bytes:
        """The key that signs backups."""
        return self._derived(b"backup")

    def _derived(self, purpose: bytes) -> bytes:
        """From the first data key, which stays when others come (RFC 5869)."""
        first = self._keys[min(self._keys)]
        return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=purpose).derive(first)


def _unreadable() -> UnavailableError:
    return UnavailableError("有一份加密数据打不开：可能被改动过，或密钥不对。请联系管理员。")


class Sealed(TypeDecorator[SealedBytes]):
    """A column that accepts and returns ciphertext only."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> bytes | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Refuse anything that did not come from a `Sealer`."""
        if value is not None and not isinstance(value, SealedBytes):
            raise TypeError("a sealed column takes SealedBytes only")
        return None if value is None else bytes(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> SealedBytes | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Mark what comes out as ciphertext."""
        return None if value is None else SealedBytes(value)
