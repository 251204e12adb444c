"""Counting tries to sign in: after a few wrong ones in a row each further one has to wait longer.

A try is counted before it is made, so that many at once are not more than many in a row.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from casework.errors import TooManyTriesError

#: So many tries in a row are free …
FREE: Final = 8
#: … then each wrong one doubles the pause, up to a quarter of an hour.
_FIRST_PAUSE: Final = timedelta(minutes=1)
LONGEST_PAUSE: Final = timedelta(minutes=15)
#: After a quiet day the count begins anew.
FORGOTTEN_AFTER: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tries:
    """Tries of one sign-in name in a row, whether there is such an account or not."""

    name_sha256: str
    count: int
    last_at: datetime


def name_fingerprint(name: str) -> str:
    """Under which the tries of a sign-in name are counted: a mistyped name may be a password."""
    return hashlib.sha256(name.encode()).hexdigest()


def next_try(tries: Tries | None, name: str, now: datetime) -> Tries:
    """The count with the try that is about to be made.

    Raises:
        TooManyTriesError: it comes too soon.
    """
    if tries is None:
        return Tries(name_sha256=name_fingerprint(name), count=1, last_at=now)
    wait = tries.last_at + _pause(tries.count) - now
    if wait > timedelta(0):
        raise too_many(wait)
    return Tries(name_sha256=tries.name_sha256, count=tries.count + 1, last_at=now)


def too_many(wait: timedelta) -> TooManyTriesError:
    """The refusal of a try that comes `wait` too soon."""
    minutes = max(1, -(-wait // timedelta(minutes=1)))
    return TooManyTriesError(
        f"连续输错次数过多，请约 {minutes} 分钟后再试；忘记密码请找系统管理员重设。"
    )


def _pause(count: int) -> timedelta:
    """What must pass after the `count`th try in a row."""
    if count < FREE:
        return timedelta(0)
    # Ten doublings are past the longest pause; more would only make large numbers.
    return min(_FIRST_PAUSE * (1 << min(count - FREE, 10)), LONGEST_PAUSE)
