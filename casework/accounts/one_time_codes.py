"""One-time codes by the clock, as every authenticator app makes them.

RFC 6238 (TOTP) over RFC 4226 (HOTP) with their defaults: HMAC-SHA-1, steps of 30 seconds, six digits.
"""

import hmac
from base64 import b32encode
from datetime import datetime
from typing import Final
from urllib.parse import quote, urlencode

#: Length of a key, bytes: that of the hash (RFC 4226, section 4).
KEY_BYTES: Final = 20
_STEP_SECONDS: Final = 30
_DIGITS: Final = 6
#: A phone's clock may be one step off (RFC 6238, section 5.2).
_DRIFT: Final = 1
_ISSUER: Final = "Guitu"


def code_at(key: bytes, step: int) -> str:
    """The six digits of a step (RFC 4226, section 5.3)."""
    digest = hmac.digest(key, step.to_bytes(8, "big"), "sha1")
    offset = digest[-1] & 0x0F
    number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**_DIGITS:0{_DIGITS}d}"


def step_of(at: datetime) -> int:
    """The running number of the half minute of a moment."""
    return int(at.timestamp()) // _STEP_SECONDS


def matching_step(key: bytes, code: str, at: datetime, after: int) -> int | None:
    """The step whose code this is, near `at` and later than `after`; None when there is none."""
    now = step_of(at)
    nearby = range(max(after + 1, now - _DRIFT), now + _DRIFT + 1)
    given = code.encode()
    return next(
        (step for step in nearby if hmac.compare_digest(code_at(key, step).encode(), given)), None
    )


def key_text(key: bytes) -> str:
    """The key as people type it: base32 without padding."""
    return b32encode(key).decode().rstrip("=")


def key_address(key: bytes, account: str) -> str:
    """The `otpauth:` address that an app reads from a QR code."""
    asked = urlencode({"secret": key_text(key), "issuer": _ISSUER})
    return f"otpauth://totp/{_ISSUER}:{quote(account)}?{asked}"
