"""What casework needs from the outside, as protocols.

`storage` implements each port twice, with SQLAlchemy and in memory; one contract test runs on
both. All stores of one unit of work share one transaction: nothing is visible to others before
`commit`, and leaving the block without it undoes everything.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Generic, Protocol, Self, TypeVar

from casework.accounts.audit import AuditEntry, ChainedEntry
from casework.accounts.ports import SignInStore, UserStore
from casework.alike.ports import AlikeStore, ResidentStore
from casework.cases.case import Case, CaseState, Entry
from casework.jobs.ports import NoticeStore, Outbox, WorkerStore
from casework.leads.lead import Decision, Lead, LeadState
from casework.records.record import MissingRecord
from casework.rematch.ports import RematchStore
from casework.search.gallery import GalleryName, OwnerKind, SnapshotPin, StoredFace
from casework.windows.ports import AlertStore, WindowStore
from matching.face.reading import FaceQuality, PhotoReading
from matching.fusion import Band

Clock = Callable[[], datetime]
"""Reads the current time, timezone-aware. Only `runtime.clock` implements it for real."""

NewId = Callable[[], str]
"""Makes a fresh row id."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[T]):
    """One page of a list, and the cursor of the next (None at the end)."""

    items: tuple[T, ...]
    next_cursor: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadFilter:
    """Which leads; None means any."""

    station: str | None = None
    states: frozenset[LeadState] | None = None
    #: Only what this user reviews or whose case is theirs or nobody's yet.
    for_user: str | None = None
    band: Band | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadTally:
    """How much of a pile is left, and how much was decided since some moment."""

    waiting: int
    decided: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LineFilter:
    """Which lines of which files; None means any."""

    kinds: frozenset[str]
    case_id: str | None = None
    station: str | None = None
    #: Written down at this moment or later.
    since: datetime | None = None


class CaseStore(Protocol):
    """Cases and their append-only entries."""

    def add(self, case: Case) -> None:
        """Keep a new case."""

    def get(self, case_id: str) -> Case:
        """The cover of a case. Raises NotFoundError."""

    def covers(self, case_ids: Collection[str]) -> Mapping[str, Case]:
        """The covers of several cases by id; what is not there is left out."""

    def save(self, case: Case, *, read_version: int) -> None:
        """Replace the cover. Raises StaleVersionError when the stored version differs."""

    def next_number(self, station: str, year: int) -> str:
        """The station's next free case number of a year, for example 2026-0311."""

    def open_since(self, station: str, before: datetime, limit: int) -> tuple[Case, ...]:
        """Open cases of a station that were opened before some moment, oldest first."""

    def kind_counts(self, station: str, since: datetime, until: datetime) -> Mapping[str, int]:
        """How many cases of a station have a line of each kind that happened in `[since, until)`."""

    def append(self, entry: Entry) -> None:
        """Add one line to a file. Entries are never changed."""

    def entries(self, case_id: str) -> tuple[Entry, ...]:
        """The whole history in the order it was recorded."""

    def lines(self, wanted: LineFilter) -> tuple[Entry, ...]:
        """Lines of some kinds in the order they were recorded, whatever stands between them."""

    def page(
        self, *, station: str | None, state: CaseState | None, cursor: str | None, limit: int
    ) -> Page[Case]:
        """Cases, newest first; None means any station or state."""


class RecordStore(Protocol):
    """Missing-person records."""

    def upsert(self, record: MissingRecord) -> bool:
        """Keep or replace by (source, source_number); True when it was new.

        A replacement keeps the stored record_id, whatever id is handed in, and gets the
        registry's next revision. An identical record changes nothing and keeps its revision.
        """

    def add_many(self, records: Iterable[MissingRecord]) -> int:
        """Keep records that are known to be new, in bulk; returns how many."""

    def get(self, record_id: str) -> MissingRecord:
        """Raises NotFoundError."""

    def get_many(self, record_ids: Collection[str]) -> Mapping[str, MissingRecord]:
        """Several records by id; what is not there is left out."""

    def find(self, source: str, source_number: str) -> MissingRecord | None:
        """The record of a source by its number there."""

    def changed_since(self, revision: int) -> Iterator[MissingRecord]:
        """Records with a greater revision, oldest change first."""

    def changed_ids(self, revision: int) -> frozenset[str]:
        """Ids of the records with a greater revision, without opening them."""

    def new_ids(self, revision: int) -> frozenset[str]:
        """Ids of the records that were not there yet at a revision."""

    def revision(self) -> int:
        """The greatest revision given so far; 0 for an empty registry."""

    def count(self) -> int:
        """How many records there are."""


class PhotoVault(Protocol):
    """Photo files, sealed. A photo is written whole or not at all."""

    def put(self, photo_id: str, data: bytes) -> None:
        """Keep a photo as uploaded."""

    def get(self, photo_id: str) -> bytes:
        """The bytes as uploaded. Raises NotFoundError."""


class FaceStore(Protocol):
    """Face vectors: the truth behind every face index."""

    def add_many(self, faces: Iterable[StoredFace]) -> int:
        """Keep vectors; returns how many."""

    def remove_owner(self, kind: OwnerKind, owner_id: str) -> int:
        """Forget every vector of a person; returns how many. Takes a new gallery revision.

        The pins of every snapshot that may hold them go with them.
        """

    def of_owner(self, kind: OwnerKind, owner_id: str) -> tuple[StoredFace, ...]:
        """All vectors of one person, oldest first."""

    def keep_quality(self, face_id: str, quality: FaceQuality) -> None:
        """What was measured of a stored face later; its vector and revision stay as they are."""

    def all_of(self, kind: OwnerKind, model_id: str) -> Iterator[StoredFace]:
        """Every vector of one gallery made by one model."""

    def changed_owners(self, kind: OwnerKind, revision: int) -> frozenset[str]:
        """People of one gallery who got a vector since this revision."""

    def model_ids(self, kind: OwnerKind) -> tuple[str, ...]:
        """The models that made the vectors of one gallery, sorted."""

    def changed_since(
        self, gallery: GalleryName, revision: int, limit: int
    ) -> tuple[StoredFace, ...]:
        """At most `limit` vectors with a greater revision, oldest change first."""

    def listed(self, gallery: GalleryName, after: str, limit: int) -> tuple[tuple[str, str], ...]:
        """(face_id, owner_id) of at most `limit` vectors, by face_id, from the first past `after`.

        The vectors are not opened.
        """

    def count(self, gallery: GalleryName, up_to: int) -> int:
        """How many vectors one gallery has whose revision is `up_to` or less."""

    def pin(self, pin: SnapshotPin) -> bool:
        """Make this the snapshot of its gallery; False when one as new or newer is in force."""

    def pinned(self, gallery: GalleryName) -> SnapshotPin | None:
        """The snapshot of a gallery, if there is one that may be opened."""

    def revision(self) -> int:
        """Grows with every change of any gallery."""


class LeadStore(Protocol):
    """Leads and the decisions about them."""

    def add(self, lead: Lead) -> None:
        """Keep a new lead. One open lead per (case, record): raises StaleVersionError else."""

    def save(self, lead: Lead, *, read_version: int) -> None:
        """Replace a lead. Raises StaleVersionError when the stored version differs."""

    def get(self, lead_id: str) -> Lead:
        """Raises NotFoundError."""

    def of_case(self, case_id: str) -> tuple[Lead, ...]:
        """All leads of a case by rank."""

    def of_record(self, record_id: str) -> tuple[Lead, ...]:
        """All leads to a record, whatever the case."""

    def overdue(self, states: Sequence[LeadState], now: datetime, limit: int) -> tuple[Lead, ...]:
        """Leads in these states whose due time has come, earliest first."""

    def page(self, wanted: LeadFilter, *, cursor: str | None, limit: int) -> Page[Lead]:
        """Leads, earliest due first (those without a due time last), then strongest first."""

    def beside(self, lead: Lead, wanted: LeadFilter) -> tuple[str | None, str | None]:
        """The ids before and after a lead in the order of `page`, whether it is in it or not."""

    def tally(self, wanted: LeadFilter, since: datetime) -> LeadTally:
        """How many are wanted, and how many decisions were made since then at the station."""

    def recent_decisions(self, station: str | None, limit: int) -> tuple[Decision, ...]:
        """The latest decisions on a station's leads, newest first."""

    def add_decision(self, decision: Decision) -> None:
        """Append a decision; decisions are never changed."""

    def decisions(self, lead_id: str) -> tuple[Decision, ...]:
        """All decisions on a lead, oldest first."""


class AuditLog(Protocol):
    """The append-only, chained trail."""

    def append(self, entry: AuditEntry) -> None:
        """Chain one line; it commits or fails with the deed."""

    def rows(self) -> Iterator[ChainedEntry]:
        """The whole trail in order."""


class Workspace(Protocol):
    """Facts about the data folder as a whole, for example that it is a demo."""

    def get(self, key: str) -> str | None:
        """The value of a key."""

    def set(self, key: str, value: str) -> None:
        """Set a key."""


class UnitOfWork(Protocol):
    """One transaction over every store."""

    @property
    def cases(self) -> CaseStore: ...

    @property
    def records(self) -> RecordStore: ...

    @property
    def photos(self) -> PhotoVault: ...

    @property
    def faces(self) -> FaceStore: ...

    @property
    def leads(self) -> LeadStore: ...

    @property
    def windows(self) -> WindowStore: ...

    @property
    def alerts(self) -> AlertStore: ...

    @property
    def audit(self) -> AuditLog: ...

    @property
    def outbox(self) -> Outbox: ...

    @property
    def workers(self) -> WorkerStore: ...

    @property
    def notices(self) -> NoticeStore: ...

    @property
    def rematch(self) -> RematchStore: ...

    @property
    def residents(self) -> ResidentStore: ...

    @property
    def alike(self) -> AlikeStore: ...

    @property
    def users(self) -> UserStore: ...

    @property
    def sign_ins(self) -> SignInStore: ...

    @property
    def workspace(self) -> Workspace: ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...

    def commit(self) -> None:
        """Make everything visible at once."""


OpenWork = Callable[[], UnitOfWork]
"""Begins a unit of work; use it as a context manager."""


class FaceReader(Protocol):
    """Finds and embeds the faces of a photo, outside the serving process."""

    def read(self, photo: bytes) -> PhotoReading:
        """Every face of a photo, or why there is none. Raises UnavailableError."""
