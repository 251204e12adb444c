"""Windows: legal time limits as values. Ranges are half-open: a window is met before `due`."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class WindowState(StrEnum):
    """How a window stands at a given moment."""

    WAITING = "waiting"
    OPEN = "open"
    DUE_SOON = "due_soon"
    BREACHED = "breached"
    MET = "met"
    MET_LATE = "met_late"
    STOPPED = "stopped"
    WITHHELD = "withheld"


class WindowOwner(StrEnum):
    """Whose clock is running."""

    STATION = "station"
    POLICE = "police"
    CIVIL_AFFAIRS = "civil_affairs"
    INSTITUTION = "institution"


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """One time limit of one case (or of a station as a whole)."""

    #: Row of the rule table, for example police_identity_request.
    kind: str
    owner: WindowOwner
    #: None while the event that starts the window has not happened (`waiting`).
    starts: datetime | None
    due: datetime | None
    state: WindowState
    #: The section of the notice that the rule comes from.
    source: str
    #: The due time rests on a working-day calendar that is not published yet.
    provisional: bool = False
    #: Which run of a recurring window this is, from 1; 0 for one-off windows.
    sequence: int = 0
    #: Why it was stopped or withheld.
    reason: str | None = None
    #: When somebody must look again: a reminder, the due time, or None when nothing can happen.
    next_look: datetime | None = None
    #: The id of what it is about (request, clue, incident, month …) when there can be several.
    subject: str | None = None
    #: When it was satisfied.
    met_at: datetime | None = None
    #: How many times it must be done (interviews, channels), and how often that was by `due`.
    needed: int = 1
    counted: int = 0
    #: The due time passed before it was met or stopped. Stays true whatever happens later.
    breach: bool = False
    #: The station works with its own value instead of the shipped one.
    overridden: bool = False
