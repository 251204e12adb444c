"""A file is whole or refused, whatever happens to it."""

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest

from casework.errors import BadInputError, UnavailableError
from storage.signed_lines import read_lines, write_lines

KEY = b"k" * 32
LINES = [{"format": 1}, ["cases", {"case_id": "c1"}], ["cases", {"case_id": "c2"}]]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "b.guitu"
    assert write_lines(path, KEY, LINES) == 3
    return path


def test_what_was_written_comes_back_and_only_its_owner_can_read_it(file: Path) -> None:
    assert list(read_lines(file, KEY)) == LINES
    assert file.stat().st_mode & 0o077 == 0
    assert [each.name for each in file.parent.iterdir()] == [file.name]


def test_another_key_is_refused(file: Path) -> None:
    with pytest.raises(BadInputError):
        list(read_lines(file, b"x" * 32))


def test_every_cut_is_refused(file: Path) -> None:
    whole = file.read_bytes()
    for length in range(len(whole)):
        file.write_bytes(whole[:length])
        with pytest.raises(BadInputError):
            list(read_lines(file, KEY))


def test_every_changed_byte_is_refused_or_changes_nothing(file: Path) -> None:
    whole = file.read_bytes()
    for place in range(len(whole)):
        changed = bytearray(whole)
        changed[place] ^= 0xFF
        file.write_bytes(bytes(changed))
        try:
            # Bytes of gzip's own head (its time, its system) say nothing about the content.
            assert list(read_lines(file, KEY)) == LINES
        except BadInputError:
            continue


def test_lines_that_were_swapped_dropped_or_added_are_refused(file: Path) -> None:
    head, first, second, mac = gzip.decompress(file.read_bytes()).splitlines(keepends=True)
    for lines in (
        [head, second, first, mac],
        [head, first, mac],
        [head, first, second, mac, first],
    ):
        file.write_bytes(gzip.compress(b"".join(lines)))
        with pytest.raises(BadInputError):
            list(read_lines(file, KEY))


def test_a_file_that_is_there_is_never_overwritten(file: Path) -> None:
    before = file.read_bytes()
    with pytest.raises(BadInputError):
        write_lines(file, KEY, [])
    assert file.read_bytes() == before


def test_a_disk_that_fills_up_leaves_nothing(tmp_path: Path) -> None:
    def lines() -> Iterator[object]:
        yield {"format": 1}
        raise OSError(28, "No space left on device")

    with pytest.raises(UnavailableError):
        write_lines(tmp_path / "b.guitu", KEY, lines())
    assert list(tmp_path.iterdir()) == []
