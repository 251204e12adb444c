"""Backing up and restoring a whole installation: the database; keys are kept apart."""

from pathlib import Path

from casework.accounts.access import Permission
from casework.context import Context
from casework.errors import BadInputError
from runtime.container import Services, running
from runtime.settings import Settings
from storage.backup import BackupReport, restore_backup, write_backup
from storage.engine import make_engine
from storage.keyring import load_keyring
from storage.sealing import Sealer


def back_up(services: Services, context: Context, path: Path) -> BackupReport:
    """Write a backup on behalf of the actor; the line of the trail is in it.

    Raises:
        NotPermittedError: the actor may not.
        BadInputError: there is a file of this name.
        UnavailableError: it cannot be written.
    """
    context.require(Permission.BACK_UP)
    settings = services.settings
    with services.open_work() as work:
        context.trace(work, "data.back_up", "installation")
        work.commit()
    key = Sealer(load_keyring(settings.keyring_path)).backup_key
    engine = make_engine(settings.sqlalchemy_url)
    try:
        return write_backup(engine, key, path, services.clock())
    finally:
        engine.dispose()


def restore(settings: Settings, path: Path) -> BackupReport:
    """Fill an empty installation; needs the key file that the backup was made with.

    Raises:
        BadInputError: no key file, a damaged backup, or a database that is not empty.
    """
    if not settings.keyring_path.exists():
        raise BadInputError(
            "先放好做备份时的密钥文件（GUITU_KEY_FILE，缺省是数据目录里的 keys.json），再恢复。"
        )
    key = Sealer(load_keyring(settings.keyring_path)).backup_key
    settings.home.mkdir(parents=True, exist_ok=True, mode=0o700)
    engine = make_engine(settings.sqlalchemy_url)
    try:
        report = restore_backup(engine, key, path)
    finally:
        engine.dispose()
    with running(settings) as services, services.open_work() as work:
        services.floor.context.trace(work, "data.restore", "installation", rows=str(report.rows))
        work.commit()
    return report
