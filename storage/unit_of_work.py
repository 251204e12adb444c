"""One SQL transaction over every store."""

from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from casework.ports import OpenWork
from storage.alerts import SqlAlertStore
from storage.alike_pairs import SqlAlikeStore
from storage.audit import SqlAuditLog
from storage.cases import SqlCaseStore
from storage.faces import SqlFaceStore
from storage.leads import SqlLeadStore
from storage.notices import SqlNoticeStore
from storage.outbox import SqlOutbox
from storage.photos import SqlPhotoVault
from storage.records import SqlRecordStore
from storage.refusals import FOR_CASEWORK, refusal
from storage.rematch import SqlRematchStore
from storage.residents import SqlResidentStore
from storage.sealing import Sealer
from storage.sign_ins import SqlSignInStore
from storage.users import SqlUserStore
from storage.windows import SqlWindowStore
from storage.worker_beats import SqlWorkerStore
from storage.workspace import SqlWorkspace


class SqlWork:
    """Implements `casework.ports.UnitOfWork`; database errors leave as casework errors."""

    def __init__(self, engine: Engine, sealer: Sealer) -> None:
        self._engine = engine
        self._sealer = sealer
        self._connection: Connection | None = None

    def __enter__(self) -> Self:
        connection = self._connection = _begin(self._engine)
        self.cases = SqlCaseStore(connection, self._sealer)
        self.records = SqlRecordStore(connection, self._sealer)
        self.photos = SqlPhotoVault(connection, self._sealer)
        self.faces = SqlFaceStore(connection, self._sealer)
        self.leads = SqlLeadStore(connection, self._sealer)
        self.windows = SqlWindowStore(connection, self._sealer)
        self.alerts = SqlAlertStore(connection)
        self.audit = SqlAuditLog(connection, self._sealer.audit_key)
        self.outbox = SqlOutbox(connection)
        self.workers = SqlWorkerStore(connection)
        self.notices = SqlNoticeStore(connection)
        self.rematch = SqlRematchStore(connection, self._sealer)
        self.residents = SqlResidentStore(connection, self._sealer)
        self.alike = SqlAlikeStore(connection, self._sealer)
        self.users = SqlUserStore(connection)
        self.sign_ins = SqlSignInStore(connection, self._sealer)
        self.workspace = SqlWorkspace(connection)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def commit(self) -> None:
        """Make everything visible at once."""
        assert self._connection is not None
        self._connection.commit()


def sql_work(engine: Engine, sealer: Sealer) -> OpenWork:
    """A way to begin units of work on one database."""
    return lambda: SqlWork(engine, sealer)


def _begin(engine: Engine) -> Connection:
    try:
        connection = engine.connect()
    except SQLAlchemyError as error:
        raise refusal(error) from error
    connection.execution_options(**{FOR_CASEWORK: True})
    try:
        connection.begin()
    except BaseException:
        connection.close()
        raise
    return connection
