"""A disk that fills up, at every size in turn: all of a deed is written, or nothing."""

import os
import resource
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from casework.accounts.access import Role
from casework.cases.intake import IntakeCommand, open_case
from casework.cases.view import view_case
from casework.context import Context
from casework.errors import UnavailableError
from casework.search.gallery import OwnerKind
from runtime.container import Services, running
from runtime.settings import Settings
from storage.audit import verify
from storage.keyring import load_keyring
from storage.sealing import Sealer
from tests.office import FakeFaceReader
from tests.samples import an_actor

pytestmark = pytest.mark.integration
#: Bigger than the pages that a database has to spare.
PHOTO = os.urandom(120_000)
STEP = 12_288


@contextmanager
def no_file_beyond(size: int) -> Iterator[None]:
    """Writes that would make any file longer fail, as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    with running(Settings(home=tmp_path / "var")) as made:
        yield made


def database(services: Services) -> Path:
    return services.settings.home / "guitu.db"


def counts(services: Services) -> dict[str, int]:
    """Rows of everything that an intake writes; the database must be sound to be counted."""
    tables = ("cases", "photos", "faces", "case_entries", "outbox", "audit")
    with closing(sqlite3.connect(database(services))) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return {
            table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in tables
        }


def take_in(services: Services) -> str:
    desk = services.context(an_actor(Role.SPECIALIST))
    return open_case(desk, IntakeCommand(photos=(PHOTO,)), FakeFaceReader()).case.case_id


def is_whole(services: Services) -> bool:
    key = Sealer(load_keyring(services.settings.keyring_path)).audit_key
    with services.open_work() as work:
        return verify(work.audit.rows(), key).first_broken is None


def views_until_refused(context: Context, case_id: str) -> int:
    """How often a case was shown before the trail had no room left."""
    for shown in range(10_000):
        try:
            view_case(context, case_id)
        except UnavailableError:
            return shown
    raise AssertionError("the disk was never full")


def test_a_photo_is_there_with_its_case_or_not_at_all(services: Services) -> None:
    case_id = take_in(services)
    before, refused = counts(services), 0
    for room in range(0, 40 * STEP, STEP):
        size = database(services).stat().st_size
        try:
            with no_file_beyond(size + room):
                case_id = take_in(services)
        except UnavailableError:
            refused += 1
            assert counts(services) == before
        else:
            break
    assert refused >= 3, "the disk was never full"
    after = counts(services)
    assert {name: after[name] - before[name] for name in ("cases", "photos", "faces")} == {
        "cases": 1,
        "photos": 1,
        "faces": 1,
    }
    assert is_whole(services)
    with services.open_work() as work:
        (face,) = work.faces.of_owner(OwnerKind.CASE, case_id)
        assert work.photos.get(str(face.photo_id)) == PHOTO


def test_what_cannot_be_written_into_the_trail_is_not_shown(services: Services) -> None:
    case_id = take_in(services)
    boss = services.context(an_actor(Role.SUPERVISOR))
    before = counts(services)["audit"]
    with no_file_beyond(database(services).stat().st_size):
        shown = views_until_refused(boss, case_id)
    assert counts(services)["audit"] - before == shown
    assert is_whole(services)
    assert view_case(boss, case_id).case.case_id == case_id
