"""Units of work in memory: each works on a copy that is put in place on commit."""

from types import TracebackType
from typing import Final, Self

from casework.errors import UnavailableError
from casework.ports import OpenWork
from storage.engine import BUSY_MS
from storage.memory.alike_stores import MemoryAlikeStore, MemoryResidentStore
from storage.memory.case_stores import MemoryCaseStore, MemoryLeadStore
from storage.memory.clock_stores import MemoryAlertStore, MemoryWindowStore
from storage.memory.job_stores import MemoryNoticeStore, MemoryOutbox, MemoryWorkerStore
from storage.memory.office_stores import (
    MemoryAuditLog,
    MemorySignInStore,
    MemoryUserStore,
    MemoryWorkspace,
)
from storage.memory.registry_stores import MemoryFaceStore, MemoryPhotoVault, MemoryRecordStore
from storage.memory.rematch_store import MemoryRematchStore
from storage.memory.state import MemoryDatabase

#: As long as SQLite waits for another writer.
_PATIENCE: Final = BUSY_MS / 1000


class MemoryWork:
    """Twin of `storage.unit_of_work.SqlWork`."""

    def __init__(self, database: MemoryDatabase) -> None:
        self._database = database

    def __enter__(self) -> Self:
        if not self._database.lock.acquire(timeout=_PATIENCE):
            raise UnavailableError("数据库正忙，没有写入任何内容，请稍后再试。")
        state = self._draft = self._database.state.copied()
        self.cases = MemoryCaseStore(state)
        self.records = MemoryRecordStore(state)
        self.photos = MemoryPhotoVault(state)
        self.faces = MemoryFaceStore(state)
        self.leads = MemoryLeadStore(state)
        self.windows = MemoryWindowStore(state)
        self.alerts = MemoryAlertStore(state)
        self.audit = MemoryAuditLog(state)
        self.outbox = MemoryOutbox(state)
        self.workers = MemoryWorkerStore(state)
        self.notices = MemoryNoticeStore(state)
        self.rematch = MemoryRematchStore(state)
        self.residents = MemoryResidentStore(state)
        self.alike = MemoryAlikeStore(state)
        self.users = MemoryUserStore(state)
        self.sign_ins = MemorySignInStore(state)
        self.workspace = MemoryWorkspace(state)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._database.lock.release()

    def commit(self) -> None:
        """Put the draft in place; what is written after this needs another commit."""
        self._database.state = self._draft.copied()


def memory_work(database: MemoryDatabase | None = None) -> OpenWork:
    """A way to begin units of work on one in-memory database."""
    kept = database or MemoryDatabase()
    return lambda: MemoryWork(kept)
