"""The keyboard as `keymap.toml` has it, for the `?` sheet and for the script that obeys it."""

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files


class Where(StrEnum):
    """On which pages a key works."""

    REVIEW = "review"
    LIST = "list"
    ANY = "any"


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """One binding; exactly one of `press`, `row` and `go` is set."""

    keys: str
    words: str
    page: Where
    press: str = ""
    row: int = 0
    go: str = ""

    @property
    def caps(self) -> tuple[str, ...]:
        """The key caps to draw: `g q` is two, `Ctrl+Enter` is two."""
        return tuple(self.keys.replace("Enter", "↵").replace("+", " ").split())


@cache
def keymap() -> tuple[Key, ...]:
    """Every binding in the order of the sheet."""
    text = files("api.pages").joinpath("keymap.toml").read_text(encoding="utf-8")
    rows = tomllib.loads(text)["key"]
    return tuple(Key(**{**row, "page": Where(row["page"])}) for row in rows)
