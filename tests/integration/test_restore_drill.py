"""The restore drill: a station is lost, and is the same again from its backup and its key."""

import gzip
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import select

from casework.accounts.access import Role
from casework.cases.intake import IntakeCommand, open_case
from casework.errors import BadInputError, NotPermittedError
from casework.search.gallery import OwnerKind
from casework.search.search import search_case
from fixtures.demo_registry import demo_registry
from fixtures.residents import sample_residents
from runtime.backups import back_up, restore
from runtime.container import Services, running
from runtime.settings import Settings
from storage import backup
from storage.audit import verify
from storage.backup import LEFT_OUT
from storage.engine import make_engine
from storage.keyring import load_keyring
from storage.sealing import Sealer
from storage.tables import metadata
from tests.office import FakeFaceReader
from tests.postgres import private_server
from tests.samples import CANARY_NAME, a_record, a_user, an_actor

Rows = dict[str, list[tuple[object, ...]]]


def fill(services: Services) -> None:
    """Records, residents with leads, photos, users, jobs, a run of re-matching."""
    with services.open_work() as work:
        work.records.add_many([*demo_registry(150, seed=20200413), a_record("r-canary")])
        work.users.add(a_user(Role.SUPERVISOR))
        work.commit()
    desk = services.context(an_actor(Role.SPECIALIST))
    for resident in sample_residents()[:4]:
        command = IntakeCommand(
            form=replace(resident.form, admitted_at=None),
            photos=(b"photo of " + resident.transcript.encode(),),
            transcript=resident.transcript,
        )
        open_case(desk, command, FakeFaceReader())
    services.runner.run_pending()
    services.sweep()


def rows_of(settings: Settings) -> Rows:
    """Every row but those that a backup leaves out."""
    engine = make_engine(settings.sqlalchemy_url)
    try:
        with engine.connect() as connection:
            return {
                table.name: sorted(map(tuple, connection.execute(select(table))), key=repr)
                for table in metadata.sorted_tables
                if table.name not in LEFT_OUT
            }
    finally:
        engine.dispose()


@pytest.fixture
def station(tmp_path: Path) -> tuple[Settings, Path, Rows]:
    """A station, its backup, and every row at that moment."""
    settings, file = Settings(home=tmp_path / "var"), tmp_path / "backup.guitu"
    with running(settings) as services:
        fill(services)
        boss = services.context(an_actor(Role.SUPERVISOR))
        report = back_up(services, boss, file)
    before = rows_of(settings)
    assert report.rows == sum(len(rows) for rows in before.values())
    return settings, file, before


def lost(settings: Settings, tmp_path: Path) -> Settings:
    """The data folder is gone; the key file was kept elsewhere."""
    key = tmp_path / "kept-keys.json"
    shutil.copy2(settings.keyring_path, key)
    shutil.rmtree(settings.home)
    return settings.model_copy(update={"key_file": key})


def is_same(settings: Settings, before: Rows) -> bool:
    """Everything but the line of the trail that tells of the restore."""
    after = rows_of(settings)
    told = [row for row in after["audit"] if row not in before["audit"]]
    after["audit"] = [row for row in after["audit"] if row not in told]
    return [row[3] for row in told] == ["data.restore"] and after == before


def test_a_lost_station_is_the_same_again(
    station: tuple[Settings, Path, Rows], tmp_path: Path
) -> None:
    settings, file, before = station
    again = lost(settings, tmp_path)
    assert restore(again, file).rows == sum(len(rows) for rows in before.values())
    assert is_same(again, before)
    with running(again) as services, services.open_work() as work:
        key = Sealer(load_keyring(again.keyring_path)).audit_key
        assert verify(work.audit.rows(), key).first_broken is None
        (case, *_) = work.cases.page(station=None, state=None, cursor=None, limit=9).items
        leads = {lead.record_id for lead in work.leads.of_case(case.case_id)}
        photo_id = next(face.photo_id for face in work.faces.of_owner(OwnerKind.CASE, case.case_id))
        assert photo_id is not None
        assert work.photos.get(photo_id).startswith(b"photo of ")
    with running(again) as services:
        found = search_case(services.floor.context, services.matcher, case.case_id)
    assert {lead.record_id for lead in found.leads} == leads


@pytest.mark.integration
def test_a_station_moves_to_postgresql_by_backup_and_restore(
    station: tuple[Settings, Path, Rows], tmp_path: Path
) -> None:
    settings, file, before = station
    with private_server() as url:
        moved = lost(settings, tmp_path).model_copy(update={"database_url": SecretStr(url)})
        restore(moved, file)
        assert is_same(moved, before)
        with running(moved) as services:
            boss = services.context(an_actor(Role.SUPERVISOR))
            back_up(services, boss, tmp_path / "second.guitu")
        after = rows_of(moved)
        back = settings.model_copy(update={"key_file": moved.key_file})
        restore(back, tmp_path / "second.guitu")
        assert is_same(back, after)


def test_nothing_is_restored_over_anything(station: tuple[Settings, Path, Rows]) -> None:
    settings, file, before = station
    with pytest.raises(BadInputError, match="空"):
        restore(settings, file)
    assert rows_of(settings) == before


def test_a_damaged_backup_leaves_an_empty_database(
    station: tuple[Settings, Path, Rows], tmp_path: Path
) -> None:
    settings, file, _ = station
    again = lost(settings, tmp_path)
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(BadInputError, match="不完整"):
        restore(again, file)
    file.write_bytes(whole)
    assert restore(again, file).rows > 0


def test_a_restore_that_breaks_off_can_be_begun_again(
    station: tuple[Settings, Path, Rows], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings, file, before = station
    again = lost(settings, tmp_path)

    def break_off(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(backup, "_typed", break_off)
        with pytest.raises(KeyboardInterrupt):
            restore(again, file)
    restore(again, file)
    assert is_same(again, before)


def test_a_backup_of_an_older_schema_is_upgraded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings, file = Settings(home=tmp_path / "var"), tmp_path / "old.guitu"
    with running(settings) as services:
        boss = services.context(an_actor(Role.SUPERVISOR))
        with monkeypatch.context() as patched:
            revision = "storage.backup.MigrationContext.get_current_revision"
            patched.setattr(revision, lambda _: "0004")
            back_up(services, boss, file)
    before = rows_of(settings)
    again = lost(settings, tmp_path)
    assert restore(again, file).revision == "0004"
    assert is_same(again, before)


def test_without_the_key_or_the_right_nothing_is_done(
    station: tuple[Settings, Path, Rows], tmp_path: Path
) -> None:
    settings, file, _ = station
    with running(settings) as services, pytest.raises(NotPermittedError):
        back_up(services, services.context(an_actor(Role.SPECIALIST)), tmp_path / "no.guitu")
    settings.keyring_path.unlink()
    shutil.rmtree(settings.home)
    with pytest.raises(BadInputError, match="密钥"):
        restore(settings, file)


def test_nobodys_name_is_in_a_backup(station: tuple[Settings, Path, Rows]) -> None:
    _, file, before = station
    assert before["records"]
    assert CANARY_NAME not in gzip.decompress(file.read_bytes()).decode()
