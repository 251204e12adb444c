"""A face model that changed moves the faces by itself, in parts, and then everyone is matched again."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from casework.accounts.access import SYSTEM
from casework.jobs.job import Job, JobKind, Queue
from casework.ports import FaceReader
from casework.search.gallery import OwnerKind
from runtime.face_generations import face_generations, let_serve
from runtime.model_change import PART, Readers, move_part, order_move
from runtime.reembed import BATCH
from runtime.settings import Settings
from tests.office import Office
from tests.unit.runtime.test_reembed import OLD, Scripted, office_with, vectors

NAMES = ("mine", "other")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    found = Settings(home=tmp_path, face_engine="onnx:mine")
    found.models_path.mkdir()
    for name in NAMES:
        manifest(found, name, "a")
    return found


def manifest(settings: Settings, name: str, digit: str) -> None:
    path = settings.models_path / f"{name}.toml"
    path.write_text(f'sha256 = "{digit * 64}"\n', encoding="utf-8")


def wanted(name: str, digit: str) -> str:
    return f"onnx:{name}:{digit * 16}"


def ordered(office: Office, settings: Settings) -> bool:
    return order_move(office.context(SYSTEM), settings)


def claimed(office: Office) -> Job | None:
    with office.open_work() as work:
        job = work.outbox.claim(office.now, "w1", (Queue.BATCH,))
        work.commit()
    return job


def readers(office: Office, new: Scripted, *, slow: timedelta = timedelta(0)) -> Readers:
    """Each photo takes its time."""

    class Slow(Scripted):
        def read(self, photo: bytes) -> object:  # type: ignore[override]
            office.now += slow
            return new.read(photo)

    @contextmanager
    def made(engine: str) -> Iterator[tuple[FaceReader, Mapping[str, FaceReader]]]:
        assert new.model_id.startswith(engine)
        yield Slow(new.model_id), {"old": Scripted(OLD)}  # type: ignore[misc]

    return made


def run_all(office: Office, tools: Readers) -> list[JobKind]:
    kinds = []
    while (job := claimed(office)) is not None:
        kinds.append(job.kind)
        if job.kind is JobKind.REMATCH:
            with office.open_work() as work:
                work.outbox.finish(job)
                work.commit()
        else:
            move_part(office.context(SYSTEM), tools, job)
    return kinds


def test_the_first_look_moves_nothing(settings: Settings) -> None:
    office = office_with(2)
    assert [ordered(office, settings) for _ in range(2)] == [False, False]
    assert claimed(office) is None


def test_a_changed_manifest_moves_every_face_and_matches_everyone_again(
    settings: Settings,
) -> None:
    office = office_with(2)
    ordered(office, settings)
    manifest(settings, "mine", "b")
    assert [ordered(office, settings) for _ in range(2)] == [True, False]
    new = Scripted(wanted("mine", "b"))
    assert run_all(office, readers(office, new)) == [JobKind.REEMBED, JobKind.REMATCH]
    assert len(vectors(office, new.model_id)) == 2
    with office.open_work() as work:
        assert face_generations(work).serving == new.model_id


def test_another_engine_in_the_setting_counts_after_a_move_too(settings: Settings) -> None:
    office = office_with(1)
    ordered(office, settings)
    with office.open_work() as work:
        let_serve(work, wanted("other", "a"))
        work.commit()
    assert not ordered(office, settings), "somebody moved the faces by hand"
    changed = settings.model_copy(update={"face_engine": "onnx:mine2"})
    manifest(changed, "mine2", "c")
    assert ordered(office, changed)


def test_a_long_move_goes_on_in_further_jobs(settings: Settings) -> None:
    office = office_with(2 * BATCH + 1)
    ordered(office, settings)
    manifest(settings, "mine", "b")
    ordered(office, settings)
    new = Scripted(wanted("mine", "b"))
    kinds = run_all(office, readers(office, new, slow=PART / BATCH))
    assert kinds == [JobKind.REEMBED] * 3 + [JobKind.REMATCH]
    assert len(new.seen) == 2 * BATCH + 1
    assert len(vectors(office, new.model_id)) == 2 * BATCH + 1


def test_faces_that_would_be_lost_keep_the_old_model_in_force(settings: Settings) -> None:
    office = office_with(2)
    ordered(office, settings)
    manifest(settings, "mine", "b")
    ordered(office, settings)
    new = Scripted(wanted("mine", "b"), told={bytes([2]): ()})
    assert run_all(office, readers(office, new)) == [JobKind.REEMBED]
    with office.open_work() as work:
        assert face_generations(work).serving is None
        assert len(list(work.faces.all_of(OwnerKind.RECORD, OLD))) == 2


def test_without_a_model_nothing_begins(settings: Settings) -> None:
    office = office_with(1)
    ordered(office, settings)
    (settings.models_path / "mine.toml").unlink()
    assert not ordered(office, settings)
