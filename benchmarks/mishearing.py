"""Simulated mishearings from dialect points that nothing learns from (scripts/draw_mishearings.py)."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

_DATA: Final = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class MisheardPlace:
    """What a clerk wrote, the full path that was meant, and how the speaker speaks."""

    heard: str
    path: tuple[str, ...]
    province: str
    group: str


@dataclass(frozen=True, slots=True)
class MisheardName:
    """What a clerk wrote, the full name that was meant, and how the speaker speaks."""

    heard: str
    meant: str
    group: str


def misheard_places() -> list[MisheardPlace]:
    """The rows of `data/misheard_places.tsv`."""
    rows = _rows("misheard_places.tsv")
    return [MisheardPlace(heard, (*meant.split("/"),), *rest) for heard, meant, *rest in rows]


def misheard_names() -> list[MisheardName]:
    """The rows of `data/misheard_names.tsv`."""
    return [MisheardName(*row) for row in _rows("misheard_names.tsv")]


def _rows(file: str) -> list[list[str]]:
    lines = (_DATA / file).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines[1:]]
