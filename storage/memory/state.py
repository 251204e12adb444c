"""What the in-memory twins share: one state, one lock."""

from collections.abc import Container
from copy import copy
from dataclasses import dataclass, field, fields
from datetime import datetime
from threading import Lock
from typing import Self

from casework.accounts.audit import ChainedEntry
from casework.accounts.second_factor import SecondFactor
from casework.accounts.sign_in_tries import Tries
from casework.accounts.user import ApiToken, Session, User
from casework.alike.pairs import AlikePair
from casework.cases.case import Case, Entry
from casework.jobs.job import WorkerBeat
from casework.jobs.notice import Notice
from casework.leads.lead import Decision, Lead
from casework.records.record import MissingRecord
from casework.search.gallery import GalleryName, SnapshotPin, StoredFace
from casework.search.match_basis import MatchBasis
from casework.windows.alerts import Alert
from casework.windows.window import Window
from matching.compare.notes import Noted
from matching.model import Probe
from storage.memory.stored_job import StoredJob
from storage.memory.stored_run import StoredFind, StoredRun
from storage.refusals import overtaken


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredResident:
    """What a file said of its person at one version of it."""

    case_version: int
    revision: int
    probe: Probe | None


@dataclass(slots=True)
class State:
    """Every row. The values are frozen, so a copy of the containers is a copy of the database."""

    cases: dict[str, Case] = field(default_factory=dict)
    entries: dict[str, tuple[Entry, ...]] = field(default_factory=dict)
    numbers: dict[tuple[str, int], int] = field(default_factory=dict)
    records: dict[str, MissingRecord] = field(default_factory=dict)
    #: (source, number there) -> record_id
    record_ids: dict[tuple[str, str], str] = field(default_factory=dict)
    record_revision: int = 0
    #: record_id -> the revision that it came in with
    first_revisions: dict[str, int] = field(default_factory=dict)
    photos: dict[str, bytes] = field(default_factory=dict)
    faces: dict[str, StoredFace] = field(default_factory=dict)
    face_revision: int = 0
    face_snapshots: dict[GalleryName, SnapshotPin] = field(default_factory=dict)
    leads: dict[str, Lead] = field(default_factory=dict)
    decisions: dict[str, tuple[Decision, ...]] = field(default_factory=dict)
    windows: dict[str, tuple[Window, ...]] = field(default_factory=dict)
    #: case -> when the clock must look again
    looks: dict[str, datetime] = field(default_factory=dict)
    alerts: dict[tuple[str, str, str, int, datetime, str], Alert] = field(default_factory=dict)
    trail: list[ChainedEntry] = field(default_factory=list)
    jobs: dict[str, StoredJob] = field(default_factory=dict)
    workers: dict[str, WorkerBeat] = field(default_factory=dict)
    notices: dict[str, Notice] = field(default_factory=dict)
    runs: dict[str, StoredRun] = field(default_factory=dict)
    #: (run, case, record) -> find
    finds: dict[tuple[str, str, str], StoredFind] = field(default_factory=dict)
    bases: dict[str, MatchBasis] = field(default_factory=dict)
    noted: dict[str, Noted] = field(default_factory=dict)
    residents: dict[str, StoredResident] = field(default_factory=dict)
    resident_revision: int = 0
    alike: dict[str, AlikePair] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    sessions: dict[str, Session] = field(default_factory=dict)
    tokens: dict[str, ApiToken] = field(default_factory=dict)
    tries: dict[str, Tries] = field(default_factory=dict)
    factors: dict[str, SecondFactor] = field(default_factory=dict)
    workspace: dict[str, str] = field(default_factory=dict)

    def copied(self) -> Self:
        """A state that changes on its own from here on."""
        return type(self)(**{each.name: copy(getattr(self, each.name)) for each in fields(self)})


def require(rows: Container[str], key: str) -> None:
    """What a foreign key does: refuse a row whose parent is not there."""
    if key not in rows:
        raise overtaken()


def refuse_repeat(is_there: bool) -> None:  # noqa: FBT001 - the condition is the argument
    """What a unique index does."""
    if is_there:
        raise overtaken()


class MemoryDatabase:
    """What survives between units of work."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.state = State()
