"""Galleries stay level with the database, and say so while they are not."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pytest

from casework.ports import OpenWork
from casework.search.gallery import GalleryName, OwnerKind, StoredFace
from matching.face.embedding import pack, unpack
from matching.face.index import FaceRow
from matching.face.layered_index import LayeredIndex
from runtime.face_galleries import FaceGalleries
from runtime.face_generations import hide, let_serve
from runtime.gallery_truth import GalleryTruth, HeldGallery
from storage.face_snapshots import SnapshotFolder
from storage.memory.unit_of_work import memory_work
from tests.small_layers import SmallLayers

RECORDS = GalleryName(kind=OwnerKind.RECORD, model_id="test:1")
#: More faces than the small layers keep without a scan.
MANY = 40


def faces(count: int, *, seed: int = 1, model_id: str = "test:1") -> list[StoredFace]:
    vectors = np.random.default_rng(seed).normal(size=(count, 8))
    return [
        StoredFace(
            face_id=f"face-{model_id}-{seed}-{number:03}",
            owner_kind=OwnerKind.RECORD,
            owner_id=f"owner-{seed}-{number // 2:03}",
            photo_id=None,
            engine="test",
            model_id=model_id,
            vector=pack(vector.tolist()),
        )
        for number, vector in enumerate(vectors)
    ]


@dataclass(slots=True)
class Station:
    """A database, a folder of snapshots, and processes that use them one after the other."""

    folder: Path
    open_work: OpenWork = field(default_factory=memory_work)
    running: list[FaceGalleries] = field(default_factory=list)

    def process(self) -> FaceGalleries:
        snapshots = SnapshotFolder(self.folder, kind=SmallLayers)
        self.running.append(FaceGalleries(self.open_work, snapshots, kind=SmallLayers))
        return self.running[-1]

    def begun(self) -> FaceGalleries:
        """A process that has looked at the database once."""
        galleries = self.process()
        galleries.refresh()
        return galleries

    def settled(self) -> FaceGalleries:
        """A process that has rebuilt what it had to, and saved it."""
        galleries = self.begun()
        # One thread: when this is done, so is all before it.
        galleries._background.submit(int).result()
        galleries.refresh()
        return galleries

    def add(self, new: list[StoredFace]) -> None:
        with self.open_work() as work:
            work.faces.add_many(new)
            work.commit()

    def remove(self, owner_id: str) -> None:
        with self.open_work() as work:
            work.faces.remove_owner(OwnerKind.RECORD, owner_id)
            work.commit()

    def file(self) -> Path:
        (path,) = self.folder.iterdir()
        return path


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    station = Station(folder=tmp_path / "galleries")
    yield station
    for galleries in station.running:
        galleries.close()


def index_of(galleries: FaceGalleries, name: GalleryName = RECORDS) -> LayeredIndex:
    index = galleries.now().index(name.kind, name.model_id)
    assert index is not None
    return index


def owners(galleries: FaceGalleries) -> set[str]:
    index = index_of(galleries)
    return {hit.owner_id for hit in index.search(np.ones(8, np.float32), index.size)}


def test_nothing_is_whole_before_the_first_look(station: Station) -> None:
    galleries = station.process()
    assert not galleries.now().are_whole
    galleries.refresh()
    assert galleries.now().are_whole
    assert galleries.now().index(RECORDS.kind, RECORDS.model_id) is None


def test_a_small_gallery_is_served_at_once_and_follows_every_change(station: Station) -> None:
    station.add(faces(4))
    galleries = station.begun()
    assert galleries.now().are_whole
    assert owners(galleries) == {"owner-1-000", "owner-1-001"}
    station.add(faces(2, seed=2))
    station.remove("owner-1-000")
    galleries.refresh()
    assert owners(galleries) == {"owner-1-001", "owner-2-000"}
    assert not station.folder.exists()


def test_a_large_gallery_without_a_snapshot_is_degraded_until_it_is_rebuilt(
    station: Station,
) -> None:
    station.add(faces(MANY))
    galleries = station.settled()
    assert galleries.now().are_whole
    assert index_of(galleries).size == MANY
    assert station.file().exists()


def test_a_search_while_a_gallery_is_rebuilt_is_told_so(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    station.add(faces(MANY))
    seen: list[bool] = []
    whole = GalleryTruth.built

    galleries = station.process()

    def watched(truth: GalleryTruth, kind: type[LayeredIndex]) -> HeldGallery:
        galleries.refresh()
        seen.append(galleries.now().are_whole)
        return whole(truth, kind)

    monkeypatch.setattr(GalleryTruth, "built", watched)
    galleries.refresh()
    galleries.close()
    assert seen == [False]
    assert galleries.now().are_whole


def test_the_next_process_opens_the_snapshot_and_reads_what_came_since(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    station.add(faces(MANY))
    station.settled()
    station.add(faces(3, seed=2))
    monkeypatch.setattr(GalleryTruth, "built", None)
    galleries = station.begun()
    assert galleries.now().are_whole
    assert index_of(galleries).size == MANY + 3


@pytest.mark.parametrize("harm", ["missing", "cut", "flipped", "older"])
def test_a_file_that_is_not_the_pinned_one_is_never_served(station: Station, harm: str) -> None:
    station.add(faces(MANY))
    station.settled()
    before = station.file().read_bytes()
    station.add(faces(10, seed=2))
    station.settled()
    path, now = station.file(), station.file().read_bytes()
    path.unlink()
    if harm != "missing":
        flipped = now[:100] + bytes([now[100] ^ 4]) + now[101:]
        path.write_bytes({"cut": now[:-9], "flipped": flipped, "older": before}[harm])
    galleries = station.settled()
    assert index_of(galleries).size == MANY + 10
    assert station.file().read_bytes() not in {now, before}


def test_a_snapshot_of_other_people_than_the_databases_is_never_served(station: Station) -> None:
    station.add(faces(MANY))
    station.settled()
    smuggled = SmallLayers.build(
        FaceRow(face_id=f"x{number}", owner_id="nobody", vector=unpack(face.vector))
        for number, face in enumerate(faces(MANY))
    )
    with station.open_work() as work:
        known = work.faces.pinned(RECORDS)
        assert known is not None
        pin = SnapshotFolder(station.folder, kind=SmallLayers).write(
            RECORDS, smuggled, generation=known.generation + 1, revision=known.revision
        )
        assert work.faces.pin(pin)
        work.commit()
    assert "nobody" not in owners(station.settled())


def test_whoever_is_forgotten_is_in_no_file_that_can_be_opened(station: Station) -> None:
    station.add(faces(MANY))
    station.settled()
    with station.open_work() as work:
        old_pin = work.faces.pinned(RECORDS)
    old_file = station.file()
    station.remove("owner-1-003")
    assert "owner-1-003" not in owners(station.settled())
    with station.open_work() as work:
        pin = work.faces.pinned(RECORDS)
    assert pin is not None
    assert pin.key != old_pin.key if old_pin else False
    assert not old_file.exists()
    kept = SnapshotFolder(station.folder, kind=SmallLayers).read(pin)
    assert kept.size == MANY - 2
    assert kept.nearest_of(np.ones(8, np.float32), ["owner-1-003"]) == {}


def test_somebody_who_was_replaced_is_found_by_the_new_face_only(station: Station) -> None:
    station.add(faces(MANY))
    galleries = station.settled()
    (again, *_) = faces(1, seed=5)
    with station.open_work() as work:
        work.faces.remove_owner(OwnerKind.RECORD, "owner-1-003")
        work.faces.add_many([replace(again, owner_id="owner-1-003")])
        work.commit()
    galleries.refresh()
    assert index_of(galleries).size == MANY - 1
    assert index_of(galleries).vectors_of("owner-1-003").shape == (1, 8)


def test_a_model_that_does_not_serve_is_not_held(station: Station) -> None:
    station.add([*faces(4), *faces(4, model_id="test:2")])
    with station.open_work() as work:
        hide(work, "test:2")
        work.commit()
    galleries = station.begun()
    assert set(galleries.now().indexes) == {RECORDS}
    with station.open_work() as work:
        let_serve(work, "test:2")
        work.commit()
    galleries.refresh()
    assert {name.model_id for name in galleries.now().indexes} == {"test:2"}


def test_a_full_disk_costs_nothing_but_the_snapshot(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object, **_named: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(SnapshotFolder, "write", full)
    station.add(faces(MANY))
    assert index_of(station.settled()).size == MANY


def test_a_rebuild_that_fails_is_degraded_and_tried_again(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    station.add(faces(MANY))
    with monkeypatch.context() as broken:
        broken.setattr(GalleryTruth, "built", lambda *_: 1 / 0)
        galleries = station.begun()
        galleries.close()
    assert not galleries.now().are_whole
    assert galleries.now().index(RECORDS.kind, RECORDS.model_id) is None
    assert index_of(station.settled()).size == MANY


def test_of_two_processes_that_save_one_wins_and_the_file_is_its(station: Station) -> None:
    station.add(faces(MANY))
    first, second = station.begun(), station.begun()
    first.close()
    second.close()
    with station.open_work() as work:
        pin = work.faces.pinned(RECORDS)
    assert pin is not None
    assert SnapshotFolder(station.folder, kind=SmallLayers).has(pin)
    assert len(list(station.folder.iterdir())) == 1


def test_a_reader_keeps_what_it_took(station: Station) -> None:
    station.add(faces(MANY))
    galleries = station.settled()
    before = galleries.now()
    station.remove("owner-1-003")
    galleries.refresh()
    assert index_of(galleries).size == MANY - 2
    held = before.index(RECORDS.kind, RECORDS.model_id)
    assert held is not None
    assert held.size == MANY
