"""One fingerprint of every table that scoring reads: policy, calibration, gazetteer, readings."""

from functools import cache
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

_TABLES: Final = (".toml", ".tsv", ".bin")


@cache
def rule_digest() -> str:
    """SHA-256 (hex) over the data files of `matching` and the version of the program."""
    digest = sha256(version("guitu").encode())
    for name, table in sorted(_tables(files("matching"), "")):
        digest.update(name.encode() + b"\0" + sha256(table.read_bytes()).digest())
    return digest.hexdigest()


def _tables(folder: Traversable, prefix: str) -> list[tuple[str, Traversable]]:
    found = []
    for each in folder.iterdir():
        name = f"{prefix}/{each.name}"
        if each.is_dir():
            found += _tables(each, name)
        elif each.name.endswith(_TABLES):
            found.append((name, each))
    return found
