"""The commented tables that experts may correct: TOML and TSV files beside the code that uses them."""

import tomllib
from importlib.resources import files
from typing import Any


def toml_table(package: str, name: str) -> dict[str, Any]:
    """A parsed TOML file of a package (`matching.text`, `confusions.toml`)."""
    return tomllib.loads(_text(package, name))


def tsv_rows(package: str, name: str) -> list[list[str]]:
    """Rows of a TSV file of a package; empty lines and comments left out."""
    lines = _text(package, name).splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def _text(package: str, name: str) -> str:
    return files(package).joinpath(name).read_text(encoding="utf-8")
