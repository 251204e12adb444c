"""What the in-memory twins share: one state, one lock."""

from dataclasses import dataclass, field
from datetime import datetime
from threading import RLock

from casework.audit import ChainedEntry
from casework.cases import Case, Entry
from casework.gallery import StoredFace
from casework.jobs import Job
from casework.leads import Decision, Lead
from casework.records import MissingRecord
from casework.users import ApiToken, Session, User
from casework.windows import Window


@dataclass(slots=True)
class State:
    cases: dict[str, Case] = field(default_factory=dict)
    entries: dict[str, list[Entry]] = field(default_factory=dict)
    numbers: dict[tuple[str, int], int] = field(default_factory=dict)
    records: dict[str, MissingRecord] = field(default_factory=dict)
    record_revision: int = 0
    photos: dict[str, bytes] = field(default_factory=dict)
    faces: dict[str, StoredFace] = field(default_factory=dict)
    face_revision: int = 0
    leads: dict[str, Lead] = field(default_factory=dict)
    decisions: dict[str, list[Decision]] = field(default_factory=dict)
    windows: dict[str, tuple[Window, ...]] = field(default_factory=dict)
    trail: list[ChainedEntry] = field(default_factory=list)
    #: job -> (job, not to be claimed before, is pending)
    jobs: dict[str, tuple[Job, datetime, bool]] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    sessions: dict[str, Session] = field(default_factory=dict)
    tokens: dict[str, ApiToken] = field(default_factory=dict)
    workspace: dict[str, str] = field(default_factory=dict)


class MemoryDatabase:
    """What survives between units of work."""

    def __init__(self) -> None:
        self.lock = RLock()
        self.state = State()
