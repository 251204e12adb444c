"""A snapshot is served whole, as the manifest says, or not at all."""

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from casework.search.gallery import GalleryName, OwnerKind, SnapshotPin
from matching.face.index import FaceRow
from matching.face.layered_index import LayeredIndex
from matching.face.stored_index import write_index
from storage import durable_file, face_snapshots
from storage.face_snapshots import SnapshotFolder, SnapshotRefusedError
from tests.small_layers import SmallLayers

GALLERY = GalleryName(kind=OwnerKind.RECORD, model_id="test:1")
OTHER = GalleryName(kind=OwnerKind.CASE, model_id="test:1")


def rows(count: int, *, seed: int = 1) -> Iterator[FaceRow]:
    vectors = np.random.default_rng(seed).normal(size=(count, 16)).astype(np.float32)
    for number, vector in enumerate(vectors):
        yield FaceRow(
            face_id=f"face-{seed}-{number}", owner_id=f"owner-{seed}-{number // 2}", vector=vector
        )


@pytest.fixture
def folder(tmp_path: Path) -> SnapshotFolder:
    return SnapshotFolder(tmp_path / "galleries", kind=SmallLayers)


def written(folder: SnapshotFolder, index: LayeredIndex, generation: int = 1) -> SnapshotPin:
    return folder.write(GALLERY, index, generation=generation, revision=7)


def the_file(tmp_path: Path) -> Path:
    (path,) = (tmp_path / "galleries").iterdir()
    return path


def answers(index: LayeredIndex) -> list[object]:
    asked = next(rows(1, seed=99)).vector
    return [index.size, index.search(asked, 5), index.nearest_of(asked, ["owner-1-0"])]


@pytest.mark.parametrize("count", [0, 5, 300])
def test_a_gallery_comes_back_as_it_was(folder: SnapshotFolder, count: int) -> None:
    index = SmallLayers.build(rows(count))
    pin = written(folder, index)
    assert (pin.faces, pin.dim) == (count, 16 if count else 0)
    assert answers(folder.read(pin)) == answers(index)


def test_a_gallery_of_several_frames_comes_back(
    folder: SnapshotFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(face_snapshots, "FRAME_BYTES", 1000)
    index = SmallLayers.build(rows(300))
    assert answers(folder.read(written(folder, index))) == answers(index)


def test_nobody_who_was_removed_is_in_what_is_stored() -> None:
    everybody = list(rows(300))
    index = SmallLayers.build(everybody).updated((), {"owner-1-3"})
    stream = BytesIO()
    write_index(index, stream.write)
    plain = stream.getvalue()
    base = index.compacted().base
    assert base is not None
    stored = [(row.vector - base.scan.middle).astype("<f2").tobytes() for row in everybody]
    assert [n for n, each in enumerate(stored) if each not in plain] == [6, 7]
    assert b"owner-1-4\0" in plain
    assert b"owner-1-3\0" not in plain
    assert b"face-1-6\0" not in plain


def test_nothing_is_in_clear_in_the_file(folder: SnapshotFolder, tmp_path: Path) -> None:
    index = SmallLayers.build(rows(300))
    written(folder, index)
    sealed = the_file(tmp_path).read_bytes()
    assert b"owner" not in sealed
    assert b"IxRF" not in sealed


def test_every_one_of_a_thousand_flipped_bits_is_noticed(
    folder: SnapshotFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(face_snapshots, "FRAME_BYTES", 4096)
    pin = written(folder, SmallLayers.build(rows(300)))
    path = the_file(tmp_path)
    whole = path.read_bytes()
    bits = np.random.default_rng(4).choice(len(whole) * 8, size=1000, replace=False)
    for bit in bits.tolist():
        damaged = bytearray(whole)
        damaged[bit // 8] ^= 1 << (bit % 8)
        path.write_bytes(damaged)
        with pytest.raises(SnapshotRefusedError):
            folder.read(pin)
    path.write_bytes(whole)
    assert folder.read(pin).size == 300


def test_a_file_that_was_cut_or_grew_is_refused(
    folder: SnapshotFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(face_snapshots, "FRAME_BYTES", 512)
    pin = written(folder, SmallLayers.build(rows(40)))
    path = the_file(tmp_path)
    whole = path.read_bytes()
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        with pytest.raises(SnapshotRefusedError):
            folder.read(pin)
    path.write_bytes(whole + b"\0")
    with pytest.raises(SnapshotRefusedError):
        folder.read(pin)


def test_frames_cannot_change_places(
    folder: SnapshotFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(face_snapshots, "FRAME_BYTES", 512)
    pin = written(folder, SmallLayers.build(rows(40)))
    path = the_file(tmp_path)
    whole = path.read_bytes()
    length = 4 + int.from_bytes(whole[:4], "big")
    path.write_bytes(whole[length : 2 * length] + whole[:length] + whole[2 * length :])
    with pytest.raises(SnapshotRefusedError):
        folder.read(pin)


def test_an_older_file_in_place_of_the_pinned_one_is_refused(
    folder: SnapshotFolder, tmp_path: Path
) -> None:
    old = written(folder, SmallLayers.build(rows(30)), generation=1)
    older_bytes = the_file(tmp_path).read_bytes()
    new = written(folder, SmallLayers.build(rows(31)), generation=2)
    folder.tidy(GALLERY, keep=new)
    the_file(tmp_path).write_bytes(older_bytes)
    with pytest.raises(SnapshotRefusedError):
        folder.read(new)
    with pytest.raises(SnapshotRefusedError):
        folder.read(old)


def test_a_manifest_opens_no_other_gallery_and_no_other_count(folder: SnapshotFolder) -> None:
    pin = written(folder, SmallLayers.build(rows(30)))
    for wrong in (
        replace(pin, gallery=OTHER),
        replace(pin, faces=29),
        replace(pin, dim=17),
        replace(pin, sha256="0" * 64),
        replace(pin, key="00" * 32),
    ):
        with pytest.raises(SnapshotRefusedError):
            folder.read(wrong)


def test_tidying_leaves_the_pinned_file_and_other_galleries(folder: SnapshotFolder) -> None:
    pins = [written(folder, SmallLayers.build(rows(3)), generation=n) for n in (1, 2, 3)]
    other = folder.write(OTHER, SmallLayers.build(rows(4)), generation=1, revision=7)
    folder.tidy(GALLERY, keep=pins[2])
    assert [folder.has(pin) for pin in pins] == [False, False, True]
    assert folder.read(other).size == 4
    folder.tidy(GALLERY, keep=None)
    assert not folder.has(pins[2])


class FailingSystem:
    """The `os` module, whose n-th writing call fails, half done where it can be."""

    WRITING = frozenset({"open", "write", "fsync"})

    def __init__(self, fails_at: int) -> None:
        self.calls = 0
        self.fails_at = fails_at

    def __getattr__(self, name: str) -> Any:
        real = getattr(os, name)
        return self.failing(real, name) if name in self.WRITING else real

    def failing(self, real: Callable[..., Any], name: str) -> Callable[..., Any]:
        def call(*arguments: Any) -> Any:
            self.calls += 1
            if self.calls == self.fails_at:
                if name == "write":
                    os.write(arguments[0], bytes(arguments[1])[: len(arguments[1]) // 2])
                raise OSError("no space left on device")
            return real(*arguments)

        return call


def test_a_write_that_fails_anywhere_leaves_the_old_snapshot_in_force(
    folder: SnapshotFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(face_snapshots, "FRAME_BYTES", 512)
    old_index = SmallLayers.build(rows(30))
    new_index = SmallLayers.build(rows(60, seed=2))
    pin = written(folder, old_index, generation=1)
    fails_at, failed = 1, True
    while failed:
        system = FailingSystem(fails_at)
        with monkeypatch.context() as failing:
            failing.setattr(durable_file, "os", system)
            failing.setattr(Path, "replace", system.failing(Path.replace, "replace"))
            try:
                folder.write(GALLERY, new_index, generation=2, revision=8)
                failed = False
            except OSError:
                failed = True
        assert answers(folder.read(pin)) == answers(old_index)
        fails_at += 1
    assert fails_at > 15
