"""The data keys: one JSON file, made at first start, readable by its owner only."""

import json
import secrets
import stat
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from casework.errors import UnavailableError
from storage.durable_file import durable_file

KEY_BYTES: Final = 32
_FIRST_KEY_ID: Final = 1
#: A sealed value names its key in one byte.
_LAST_KEY_ID: Final = 255


@dataclass(frozen=True, slots=True, kw_only=True)
class Keyring:
    """Keys by id; new data is sealed with the active one, old data opens with its own."""

    active: int
    #: key id (1..255) -> 32 random bytes.
    keys: Mapping[int, bytes]


def load_keyring(path: Path) -> Keyring:
    """Read the key file, making it first when there is none.

    Raises:
        UnavailableError: readable by others, damaged, or not readable at all.
    """
    try:
        if not path.exists():
            _make(path)
        if stat.S_IMODE(path.stat().st_mode) & 0o077:
            sentence = "密钥文件权限过宽，请先运行 chmod 600 收紧权限。"
            raise UnavailableError(sentence)
        return _parse(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UnavailableError("密钥文件无法读取或创建，请检查 GUITU_KEY_FILE。") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnavailableError("密钥文件已损坏，请用备份恢复；没有它数据无法解开。") from error


def _make(path: Path) -> None:
    """Make the file whole or not at all; of several processes starting at once, one wins."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    key = b64encode(secrets.token_bytes(KEY_BYTES)).decode()
    document = json.dumps({"active": _FIRST_KEY_ID, "keys": {str(_FIRST_KEY_ID): key}})
    with durable_file(path, replaces=False) as file:
        file.write(document.encode())


def _parse(text: str) -> Keyring:
    document = json.loads(text)
    keys = {int(key_id): b64decode(key, validate=True) for key_id, key in document["keys"].items()}
    active = int(document["active"])
    fits = all(0 < key_id <= _LAST_KEY_ID and len(key) == KEY_BYTES for key_id, key in keys.items())
    if active not in keys or not fits:
        raise ValueError("incomplete key file")
    return Keyring(active=active, keys=keys)
