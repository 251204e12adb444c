"""Reading the tables of this package: TOML and TSV files beside the code."""

import tomllib
from importlib.resources import files
from typing import Any


def toml_table(name: str) -> dict[str, Any]:
    """A parsed TOML file of this package."""
    return tomllib.loads(_text(name))


def tsv_rows(name: str) -> list[list[str]]:
    """Rows of a TSV file of this package, comments left out."""
    lines = _text(name).splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def _text(name: str) -> str:
    return files("matching.text.testimony").joinpath(name).read_text(encoding="utf-8")
