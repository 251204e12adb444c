"""The rule table of the legal windows as typed values; the data is in `rules.toml`."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from importlib.resources import files
from typing import Any, Final

from casework.clock.events import ClockEventKind
from casework.clock.time_spans import TimeSpan, Unit
from casework.errors import BadInputError
from casework.windows.window import WindowOwner


class Pattern(StrEnum):
    """How many windows a row makes."""

    #: One for every starting event.
    ONCE = "once"
    #: Interviews: counted slices after admission, then calendar days.
    SLICES = "slices"
    #: One after the other while the person is placed.
    EVERY = "every"
    #: The station: after every month in which anyone was placed.
    MONTH_END = "month_end"
    #: The station: after every quarter.
    QUARTER_END = "quarter_end"
    #: The station: more people at one institution than a limit.
    CROWD = "crowd"


STATION_PATTERNS: Final = frozenset({Pattern.MONTH_END, Pattern.QUARTER_END, Pattern.CROWD})


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowRule:
    """One row of the table; the file itself explains every column."""

    kind: str
    title: str
    explain: str
    source: str
    owner: WindowOwner
    due: TimeSpan
    met_by: tuple[ClockEventKind, ...]
    pattern: Pattern = Pattern.ONCE
    starts: tuple[ClockEventKind, ...] = ()
    start_only_after: ClockEventKind | None = None
    delay: TimeSpan | None = None
    house_default: bool = False
    owner_while_placed: WindowOwner | None = None
    channels: tuple[tuple[str, ...], ...] = ()
    excused_by: ClockEventKind | None = None
    while_unidentified: bool = False
    ended_by: frozenset[ClockEventKind] = frozenset()
    withheld_by: frozenset[ClockEventKind] = frozenset()
    numbers: Mapping[str, int] = field(default_factory=dict)
    #: The station changed a value of this row.
    overridden: bool = False

    def __post_init__(self) -> None:
        if self.pattern is Pattern.SLICES and self.due.unit not in {Unit.HOUR, Unit.DAY}:
            raise BadInputError(f"时限“{self.title}”只能以小时或天计。")

    @property
    def for_station(self) -> bool:
        """Whether the row belongs to the station as a whole and not to a case."""
        return self.pattern in STATION_PATTERNS


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowRules:
    """The whole table."""

    rows: tuple[WindowRule, ...]
    #: Event kind -> what is written beside a window it stopped or withheld.
    reasons: Mapping[ClockEventKind, str]

    def row(self, kind: str) -> WindowRule:
        """The row of a kind.

        Raises:
            BadInputError: there is no such kind.
        """
        for rule in self.rows:
            if rule.kind == kind:
                return rule
        raise BadInputError(f"时限表中没有“{kind}”这一项。")

    def with_overrides(self, overrides: Mapping[str, str]) -> "WindowRules":
        """The table with a station's own values, for example `{"dna_sampling.due": "3 days"}`.

        A key is `kind.due`, `kind.delay` or `kind.` and one of the row's numbers.

        Raises:
            BadInputError: no such row or value, or a value that cannot be read.
        """
        rows = {rule.kind: rule for rule in self.rows}
        for key, value in overrides.items():
            kind, _, name = key.partition(".")
            rows[kind] = _override(rows.get(kind) or self.row(kind), name, value)
        return replace(self, rows=tuple(rows.values()))


def _override(rule: WindowRule, name: str, value: str) -> WindowRule:
    if name == "due":
        return replace(rule, due=TimeSpan.parse(value), overridden=True)
    if name == "delay" and rule.delay:
        return replace(rule, delay=TimeSpan.parse(value), overridden=True)
    if name not in rule.numbers:
        raise BadInputError(f"时限“{rule.title}”没有可调整的“{name}”。")
    if not (value.isascii() and value.isdigit() and int(value)):
        raise BadInputError(f"时限“{rule.title}”的“{name}”必须是正整数。")
    return replace(rule, numbers={**rule.numbers, name: int(value)}, overridden=True)


def load_rules() -> WindowRules:
    """The table that comes with the program."""
    return read_rules(files("casework.windows").joinpath("rules.toml").read_text(encoding="utf-8"))


def read_rules(table: str) -> WindowRules:
    """A rule table from its text.

    Raises:
        BadInputError: a row is incomplete, contradicts itself or stands twice.
    """
    try:
        document = tomllib.loads(table)
        rows = tuple(_row(row) for row in document["window"])
        reasons = {ClockEventKind(kind): words for kind, words in document["reasons"].items()}
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise BadInputError("时限表无法读取，请对照文件开头的说明检查。") from error
    if len({rule.kind for rule in rows}) != len(rows):
        raise BadInputError("时限表中有重复的行。")
    return WindowRules(rows=rows, reasons=reasons)


def _row(row: Mapping[str, Any]) -> WindowRule:
    unknown = row.keys() - _COLUMNS
    if unknown:
        raise ValueError(unknown)
    return WindowRule(
        kind=row["kind"],
        title=row["title"],
        explain=row["explain"],
        source=row["source"],
        owner=WindowOwner(row["owner"]),
        due=TimeSpan.parse(row["due"]),
        met_by=tuple(_kinds(row, "met_by")),
        pattern=Pattern(row.get("pattern", "once")),
        starts=tuple(_kinds(row, "starts")),
        start_only_after=_kind(row, "start_only_after"),
        delay=TimeSpan.parse(row["delay"]) if "delay" in row else None,
        house_default=row.get("house_default", False),
        owner_while_placed=_owner(row),
        channels=tuple(tuple(group) for group in row.get("channels", [])),
        excused_by=_kind(row, "excused_by"),
        while_unidentified={"always": False, "unidentified": True}[row.get("while", "always")],
        ended_by=frozenset(_kinds(row, "ended_by")),
        withheld_by=frozenset(_kinds(row, "withheld_by")),
        numbers=row.get("numbers", {}),
    )


_COLUMNS: Final = {each.name for each in fields(WindowRule)} - {"while_unidentified"} | {"while"}


def _kinds(row: Mapping[str, Any], name: str) -> Iterator[ClockEventKind]:
    return (ClockEventKind(kind) for kind in row.get(name, []))


def _kind(row: Mapping[str, Any], name: str) -> ClockEventKind | None:
    return ClockEventKind(row[name]) if name in row else None


def _owner(row: Mapping[str, Any]) -> WindowOwner | None:
    return WindowOwner(row["owner_while_placed"]) if "owner_while_placed" in row else None
