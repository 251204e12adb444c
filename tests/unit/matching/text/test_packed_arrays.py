from pathlib import Path

import numpy as np
import pytest

from matching.errors import BadFactError
from matching.text.packed_arrays import Arrays, load_packed, pack

ARRAYS: Arrays = {
    "numbers": np.arange(6, dtype=np.int32).reshape(2, 3),
    "none": np.empty(0, np.float32),
    "bytes": np.array([1, 255], np.uint8),
}


def test_arrays_and_facts_come_back(tmp_path: Path) -> None:
    file = tmp_path / "packed.bin"
    file.write_bytes(pack(ARRAYS, {"date": "某日"}))
    found = load_packed(file)
    assert found.facts == {"date": "某日"}
    for name, array in ARRAYS.items():
        assert found.arrays[name].dtype == array.dtype
        assert np.array_equal(found.arrays[name], array)
        assert not found.arrays[name].flags.writeable


def test_the_same_content_gives_the_same_bytes_in_either_byte_order() -> None:
    swapped = {name: each.astype(each.dtype.newbyteorder(">")) for name, each in ARRAYS.items()}
    assert pack(ARRAYS, {}) == pack(swapped, {})


@pytest.mark.parametrize("content", [b"x", b"PNG" * 40])
def test_another_file_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "other.bin"
    file.write_bytes(content)
    with pytest.raises(BadFactError):
        load_packed(file)


def test_a_file_cut_short_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "short.bin"
    file.write_bytes(pack({"numbers": np.arange(1000)}, {})[:-500])
    with pytest.raises(BadFactError, match="cut short"):
        load_packed(file)
