"""The second factor of an account: codes from a phone, and recovery codes for the day it is lost."""

import hashlib
from base64 import b32encode
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from casework.accounts.one_time_codes import matching_step

#: Recovery codes handed out at a time.
RECOVERY_CODES: Final = 10
#: 40 bits each: guesses are counted like passwords, and the hashes are sealed.
_RECOVERY_BYTES: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondFactor:
    """An account's key, and what of it was used."""

    user_id: str
    #: Shared with the phone.
    key: bytes
    #: In force only after the phone has shown one right code.
    confirmed: bool = False
    #: The last step whose code was taken; no code is taken twice.
    last_step: int = 0
    #: SHA-256 of the recovery codes that are left, hex.
    recovery: frozenset[str] = frozenset()
    #: Grows with every use.
    version: int = 1


def use_code(factor: SecondFactor, code: str, at: datetime) -> SecondFactor | None:
    """The factor after this code was used; None when the code is wrong or was used before."""
    plain = _plain(code)
    step = matching_step(factor.key, plain, at, factor.last_step)
    if step is not None:
        return replace(factor, last_step=step, version=factor.version + 1)
    hashed = _hash(plain)
    if hashed not in factor.recovery:
        return None
    return replace(factor, recovery=factor.recovery - {hashed}, version=factor.version + 1)


def new_recovery_codes(random_bytes: Callable[[int], bytes]) -> tuple[str, ...]:
    """Fresh recovery codes as they are shown, for example ABCD-EFGH."""
    texts = (b32encode(random_bytes(_RECOVERY_BYTES)).decode() for _ in range(RECOVERY_CODES))
    return tuple(f"{text[:4]}-{text[4:]}" for text in texts)


def with_recovery(factor: SecondFactor, codes: tuple[str, ...]) -> SecondFactor:
    """The factor with these recovery codes in place of all earlier ones."""
    hashes = frozenset(_hash(_plain(code)) for code in codes)
    return replace(factor, recovery=hashes, version=factor.version + 1)


def _plain(code: str) -> str:
    return "".join(char for char in code if char.isalnum()).upper()


def _hash(plain: str) -> str:
    return hashlib.sha256(plain.encode()).hexdigest()
