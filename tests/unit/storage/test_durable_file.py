"""A durable file is whole under its name, or not there at all."""

import os
import stat
from pathlib import Path

import pytest

from storage.durable_file import durable_file


def test_a_file_appears_when_it_is_whole_and_belongs_to_its_owner(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    with durable_file(path) as file:
        assert file.write(b"one") == 3
        assert not path.exists()
        file.write(b"two")
    assert path.read_bytes() == b"onetwo"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_what_is_broken_off_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "model"
    path.write_bytes(b"old")

    def broken_off() -> None:
        with durable_file(path) as file:
            file.write(b"half of the ne")
            raise OSError("no space left on device")

    with pytest.raises(OSError, match="no space"):
        broken_off()
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_of_two_writers_the_first_may_win(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    with durable_file(path, replaces=False) as second:
        second.write(b"second")
        with durable_file(path, replaces=False) as first:
            first.write(b"first")
    assert path.read_bytes() == b"first"
    assert list(tmp_path.iterdir()) == [path]


def test_its_name_may_be_decided_by_what_was_written(tmp_path: Path) -> None:
    with durable_file(tmp_path / "snapshot") as file:
        file.write(b"frames")
        file.path = tmp_path / "snapshot-7"
    assert [each.name for each in tmp_path.iterdir()] == ["snapshot-7"]


def test_a_system_that_takes_little_at_a_time_is_written_to_in_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: real(handle, data[:3]))
    with durable_file(tmp_path / "file") as file:
        file.write(b"0123456789")
    assert (tmp_path / "file").read_bytes() == b"0123456789"
