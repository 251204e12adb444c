"""A gallery moved between the two built-in engines, with real photos and real engines."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from casework.accounts.access import Role
from casework.cases.intake import IntakeCommand, open_case
from casework.cases.view import view_case
from matching.evidence import Signal
from runtime.container import Services, running
from runtime.face_process import face_process
from runtime.import_missing import TableImport, import_missing
from runtime.model_files import face_model_id
from runtime.reembed import Move, reembed
from runtime.settings import Settings
from tests.portraits import as_png, astronaut, grace_hopper, opened
from tests.samples import an_actor

pytestmark = pytest.mark.slow
TABLE = "编号,姓名,性别,照片\nA1,甲某,女,astronaut.png\nB1,乙某,女,hopper.jpg\n"


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    (tmp_path / "astronaut.png").write_bytes(astronaut())
    (tmp_path / "hopper.jpg").write_bytes(grace_hopper())
    table = tmp_path / "table.csv"
    table.write_text(TABLE, encoding="utf-8-sig")
    with running(Settings(home=tmp_path / "var")) as services:
        report = import_missing(
            services.context(an_actor(Role.SPECIALIST)),
            TableImport(table=table, photos=tmp_path),
            services.face_reader,
            lambda *_: None,
        )
        assert report.accepted == 2
        yield services


def taken_in(services: Services) -> str:
    """Somebody whose face is all that is known; the number of the record found first."""
    desk = services.context(an_actor(Role.SPECIALIST))
    photo = as_png(opened(astronaut()).rotate(4).crop((60, 0, 380, 330)))
    opened_case = open_case(desk, IntakeCommand(photos=(photo,)), services.face_reader)
    services.runner.run_pending()
    first = view_case(desk, opened_case.case.case_id).leads[0]
    assert any(each.signal is Signal.FACE and each.bits > 0 for each in first.evidence)
    with services.open_work() as work:
        return work.records.get(first.record_id).source_number


def test_after_a_move_old_and_new_residents_are_found_with_the_new_engine(
    services: Services,
) -> None:
    assert taken_in(services) == "A1"
    engine = "face-recognition"
    new = face_process(services.settings, engine)
    try:
        report = reembed(
            services.context(an_actor(Role.SUPERVISOR)),
            Move(engine=engine, model_id=face_model_id(engine)),
            new,
            {},
            lambda *_: None,
        )
    finally:
        new.close()
    assert (report.moved, report.left_behind, report.switched) == (3, 0, True)
    # The resident is searched for again, and held against the other residents.
    assert services.runner.run_pending() == 2
    assert taken_in(services) == "A1"
