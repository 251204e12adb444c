"""The keyboard as `keymap.toml` has it, for the `?` sheet and for the script that obeys it."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from matching.tables import toml_table


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
    rows = toml_table("api.pages", "keymap.toml")["key"]
    return tuple(Key(**{**row, "page": Where(row["page"])}) for row in rows)
