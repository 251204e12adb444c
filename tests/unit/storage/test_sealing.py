from base64 import b64encode
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from casework.errors import UnavailableError
from storage.keyring import Keyring, load_keyring
from storage.sealing import Place, Sealed, SealedBytes, Sealer

HERE = Place("records", "r1", "document")
RING = Keyring(active=1, keys={1: b"k" * 32})


def test_a_sealed_value_opens_where_it_belongs() -> None:
    sealer = Sealer(RING)
    assert sealer.open(sealer.seal("欧阳".encode(), HERE), HERE) == "欧阳".encode()


@pytest.mark.parametrize(
    "elsewhere",
    [
        Place("records", "r2", "document"),
        Place("photos", "r1", "document"),
        Place("records", "r1", "x"),
    ],
    ids=["another row", "another table", "another field"],
)
def test_a_sealed_value_does_not_open_elsewhere(elsewhere: Place) -> None:
    sealer = Sealer(RING)
    with pytest.raises(UnavailableError):
        sealer.open(sealer.seal(b"secret", HERE), elsewhere)


def test_every_changed_bit_is_noticed() -> None:
    sealer = Sealer(RING)
    sealed = sealer.seal(b"secret", HERE)
    for index in range(len(sealed)):
        damaged = bytearray(sealed)
        damaged[index] ^= 1
        with pytest.raises(UnavailableError):
            sealer.open(bytes(damaged), HERE)


def test_a_cut_value_is_refused() -> None:
    with pytest.raises(UnavailableError):
        Sealer(RING).open(b"\x01\x01short", HERE)


def test_old_data_opens_with_its_own_key_after_a_new_one_became_active() -> None:
    sealed = Sealer(RING).seal(b"old", HERE)
    rotated = Keyring(active=2, keys={**RING.keys, 2: b"n" * 32})
    assert Sealer(rotated).open(sealed, HERE) == b"old"
    assert Sealer(rotated).seal(b"new", HERE)[1] == 2
    assert Sealer(rotated).audit_key == Sealer(RING).audit_key


def test_a_sealed_column_takes_no_plaintext() -> None:
    with pytest.raises(TypeError):
        Sealed().process_bind_param(b"plain", None)  # type: ignore[arg-type]
    assert Sealed().process_bind_param(SealedBytes(b"x"), None) == b"x"  # type: ignore[arg-type]


def test_the_key_file_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "keys.json"
    first = load_keyring(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert load_keyring(path) == first


def test_a_key_file_that_others_can_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    load_keyring(path)
    path.chmod(0o644)
    with pytest.raises(UnavailableError):
        load_keyring(path)


def test_of_many_processes_starting_at_once_all_get_the_same_keys(tmp_path: Path) -> None:
    for attempt in range(10):
        path = tmp_path / f"keys-{attempt}.json"
        with ThreadPoolExecutor(6) as pool:
            rings = list(pool.map(load_keyring, [path] * 6))
        assert all(ring == rings[0] for ring in rings)
    assert [path.name for path in tmp_path.glob(".*")] == []


A_KEY = b64encode(b"k" * 32).decode()


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{}",
        '{"active": 2, "keys": {}}',
        "[1]",
        '{"active": 1, "keys": []}',
        f'{{"active": 300, "keys": {{"300": "{A_KEY}"}}}}',
        f'{{"active": 1, "keys": {{"1": "{A_KEY}!"}}}}',
    ],
)
def test_a_damaged_key_file_is_refused_and_left_alone(tmp_path: Path, content: str) -> None:
    path = tmp_path / "keys.json"
    path.write_text(content)
    path.chmod(0o600)
    with pytest.raises(UnavailableError):
        load_keyring(path)
    assert path.read_text() == content
