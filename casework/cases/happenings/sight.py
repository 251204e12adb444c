"""Looking into a child's file: asked for, granted for a time, refused, ended."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class SightAsked:
    """A colleague asked to look into the file; whoever recorded the line is the one who asked."""

    kind: Literal["sight_asked"] = "sight_asked"
    #: What the look is needed for.
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SightGranted:
    """The supervisor let the colleague in until some moment."""

    kind: Literal["sight_granted"] = "sight_granted"
    #: The line that asked.
    request_id: str
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SightRefused:
    """The supervisor refused."""

    kind: Literal["sight_refused"] = "sight_refused"
    request_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SightEnded:
    """The supervisor ended a grant before its time."""

    kind: Literal["sight_ended"] = "sight_ended"
    request_id: str


SightDetails = SightAsked | SightGranted | SightRefused | SightEnded
