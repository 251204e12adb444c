"""Exit codes of CONTRACT, and the one place where errors become a sentence and a code."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum
from typing import NoReturn

from casework.errors import (
    BadInputError,
    CaseworkError,
    NotFoundError,
    NotPermittedError,
    StaleVersionError,
    TransitionRefusedError,
    UnavailableError,
)


class Exit(IntEnum):
    """What a script can rely on."""

    DONE = 0
    #: Nothing found, or refused by a rule.
    REFUSED = 1
    #: Bad use or bad input.
    BAD_INPUT = 2
    #: A part is not available.
    UNAVAILABLE = 3


#: Error class -> exit code; the first class that fits counts.
_CODES: tuple[tuple[type[CaseworkError], Exit], ...] = (
    (BadInputError, Exit.BAD_INPUT),
    (UnavailableError, Exit.UNAVAILABLE),
    (NotFoundError, Exit.REFUSED),
    (NotPermittedError, Exit.REFUSED),
    (TransitionRefusedError, Exit.REFUSED),
    (StaleVersionError, Exit.REFUSED),
)


def code_of(error: CaseworkError) -> Exit:
    """The exit code of a refusal; not being signed in is bad use."""
    return next((code for kind, code in _CODES if isinstance(error, kind)), Exit.BAD_INPUT)


def leave(sentence: str, code: Exit) -> NoReturn:
    """Say one sentence on stderr and end the command."""
    sys.stderr.write(sentence + "\n")
    raise SystemExit(int(code))


@contextmanager
def refusals_as_exits() -> Iterator[None]:
    """Turn every casework error inside the block into its sentence and exit code."""
    try:
        yield
    except CaseworkError as error:
        leave(error.sentence, code_of(error))
