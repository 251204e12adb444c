"""A short fingerprint of everything that was compared of a pair.

Two searches of one pair have the same fingerprint exactly when the same facts, dates and faces went
in; versions of policy or models are kept beside it, not in it. A fact that is not known leaves no
trace, so that a new kind of fact does not make every old pair look new.
"""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from enum import Enum
from hashlib import blake2b
from typing import Final

from matching.compare.face import FaceMatch
from matching.model import Candidate, Probe

_BYTES: Final = 12
#: Who it is, not what is known of them.
_NAMES: Final = frozenset({"case_id", "record_id"})
#: Faces of one pair differ in the last digits from one index to the next.
_DISTANCE_DIGITS: Final = 3


def pair_fingerprint(probe: Probe, candidate: Candidate, face: FaceMatch | None) -> str:
    """24 hex digits. The order in which facts are listed does not matter."""
    seen = "" if face is None else f"{face.distance:.{_DISTANCE_DIGITS}f}{face.is_copy}"
    text = f"{_text(probe)}\x1d{_text(candidate)}\x1d{seen}"
    return blake2b(text.encode(), digest_size=_BYTES).hexdigest()


def _text(value: object) -> str:
    if is_dataclass(value):
        return "{" + "\x1e".join(_known(value)) + "}"
    if isinstance(value, tuple):
        return "[" + "\x1f".join(sorted(map(_text, value))) + "]"
    return str(value.value) if isinstance(value, Enum) else str(value)


def _known(value: object) -> Iterator[str]:
    """Every field that says something, under its name."""
    for each in fields(value):  # type: ignore[arg-type]  # only called with dataclasses
        found = getattr(value, each.name)
        if each.name not in _NAMES and found is not None and found != ():
            yield f"{each.name}={_text(found)}"
