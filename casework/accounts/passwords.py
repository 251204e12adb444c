"""Which passwords are taken: long enough, and not what everybody guesses first.

NIST SP 800-63B: length counts, composition rules do not, and common passwords are refused.
"""

from collections.abc import Collection
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Final

from casework.errors import BadInputError

SHORTEST: Final = 8
#: Hashing takes longer for a longer text.
LONGEST: Final = 200
#: A name this short is part of many good passwords.
_SHORTEST_NAME: Final = 4


def check_password(password: str, names: Collection[str] = ()) -> None:
    """Refuse a password that will not hold.

    Args:
        password: as chosen.
        names: of the account; a password that contains one is guessed first.

    Raises:
        BadInputError: too short, too long, or easily guessed.
    """
    if len(password) < SHORTEST:
        raise BadInputError(f"密码至少 {SHORTEST} 个字符，请换一个更长的。")
    if len(password) > LONGEST:
        raise BadInputError(f"密码最多 {LONGEST} 个字符，请换一个短些的。")
    plain = password.casefold()
    named = any(len(name) >= _SHORTEST_NAME and name.casefold() in plain for name in names)
    if named or plain in _common() or _is_monotonous(plain):
        raise BadInputError("这个密码太容易被猜到，请换一个；几个不相干的词连起来就很好。")


def _is_monotonous(plain: str) -> bool:
    """One character or a pair of them over and over, or counting up or down."""
    steps = {ord(after) - ord(before) for before, after in pairwise(plain)}
    return len(set(plain)) <= 2 or steps in ({1}, {-1})  # noqa: PLR2004 - a pair


@cache
def _common() -> frozenset[str]:
    text = files("casework").joinpath("common_passwords.txt").read_text(encoding="utf-8")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))
