"""Units of work in memory: each works on a deep copy that is put in place on commit."""

from copy import deepcopy
from types import TracebackType
from typing import Self

from casework.ports import OpenWork
from storage.memory.case_stores import MemoryCaseStore, MemoryLeadStore, MemoryWindowStore
from storage.memory.office_stores import (
    MemoryAuditLog,
    MemoryOutbox,
    MemoryUserStore,
    MemoryWorkspace,
)
from storage.memory.registry_stores import MemoryFaceStore, MemoryPhotoVault, MemoryRecordStore
from storage.memory.state import MemoryDatabase


class MemoryWork:
    """Twin of `storage.unit_of_work.SqlWork`."""

    def __init__(self, database: MemoryDatabase) -> None:
        self._database = database

    def __enter__(self) -> Self:
        self._database.lock.acquire()
        state = deepcopy(self._database.state)
        self._draft = state
        self.cases = MemoryCaseStore(state)
        self.records = MemoryRecordStore(state)
        self.photos = MemoryPhotoVault(state)
        self.faces = MemoryFaceStore(state)
        self.leads = MemoryLeadStore(state)
        self.windows = MemoryWindowStore(state)
        self.audit = MemoryAuditLog(state)
        self.outbox = MemoryOutbox(state)
        self.users = MemoryUserStore(state)
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
        """Put the draft in place."""
        self._database.state = self._draft


def memory_work(database: MemoryDatabase | None = None) -> OpenWork:
    """A way to begin units of work on one in-memory database."""
    kept = database or MemoryDatabase()
    return lambda: MemoryWork(kept)
