"""Two known people among 20,000 synthetic ones: each is found by the face alone.

The photos are development data (`GUITU_DEVDATA`); the path is the one that users take: a table with a
photo column is imported, an intake has a photo and nothing else.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from casework.accounts.access import Role
from casework.cases.intake import IntakeCommand, open_case
from casework.cases.view import view_case
from casework.context import Context
from casework.errors import ChooseFaceError
from fixtures.demo_registry import demo_registry
from fixtures.faces import stored_faces
from matching.evidence import Signal, Stance
from matching.fusion import Band
from runtime.container import Services, running
from runtime.import_missing import TableImport, import_missing
from runtime.model_files import face_model_id
from runtime.settings import Settings
from tests.samples import an_actor

pytestmark = [pytest.mark.devdata, pytest.mark.slow]
RECORDS = 20_000
TABLE = "编号,姓名,性别,照片\nA1,甲某,男,obama.jpg\nB1,乙某,男,biden.jpg\n"


@pytest.fixture(scope="module")
def faces() -> Path:
    folder = os.environ.get("GUITU_DEVDATA")
    if folder is None:
        pytest.skip("GUITU_DEVDATA names no development data folder")
    return Path(folder) / "faces"


@pytest.fixture(scope="module")
def services(faces: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    home = tmp_path_factory.mktemp("known-faces")
    table = home / "table.csv"
    table.write_text(TABLE, encoding="utf-8-sig")
    with running(Settings(home=home / "var")) as services:
        fill(services)
        task = TableImport(table=table, photos=faces)
        report = import_missing(desk(services), task, services.face_reader, lambda *_: None)
        assert (report.accepted, report.rejected, report.warnings) == (2, (), ())
        yield services


def desk(services: Services) -> Context:
    return services.context(an_actor(Role.SPECIALIST))


def fill(services: Services) -> None:
    registry = demo_registry(RECORDS, seed=7)
    ids = [record.record_id for record in registry]
    engine = services.settings.face_engine
    model_id = face_model_id(engine)
    with services.open_work() as work:
        work.records.add_many(registry)
        work.faces.add_many(stored_faces(ids, seed=7, engine=engine, model_id=model_id))
        work.commit()


@pytest.mark.parametrize(
    ("photo", "number"),
    [
        ("obama2.jpg", "A1"),
        ("obama3.jpg", "A1"),
        ("obama_partial_face2.jpg", "A1"),
        ("biden2.jpg", "B1"),
    ],
)
def test_a_face_alone_finds_its_record_first_and_never_as_strong(
    services: Services, faces: Path, photo: str, number: str
) -> None:
    command = IntakeCommand(photos=((faces / photo).read_bytes(),))
    opened = open_case(desk(services), command, services.face_reader)
    services.runner.run_pending()
    first = view_case(desk(services), opened.case.case_id).leads[0]
    with services.open_work() as work:
        assert work.records.get(first.record_id).source_number == number
    spoken = {each.signal for each in first.evidence if each.stance is not Stance.SILENT}
    assert spoken == {Signal.FACE}
    assert first.band is not Band.STRONG


@pytest.mark.parametrize("photo", ["two_people.jpg", "obama_and_biden.jpg"])
def test_a_group_photo_asks_which_face(services: Services, faces: Path, photo: str) -> None:
    command = IntakeCommand(photos=((faces / photo).read_bytes(),))
    with pytest.raises(ChooseFaceError) as caught:
        open_case(desk(services), command, services.face_reader)
    assert len(caught.value.boxes) >= 2
