"""The figures of `rules.toml`."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from matching.tables import toml_table


@dataclass(frozen=True, slots=True, kw_only=True)
class RematchRules:
    """How many new leads a day, who comes first, and when a run is stopped."""

    new_leads_per_reviewer: int
    long_stay: timedelta
    brake_factor: float
    brake_least: int
    brake_per_case: float
    brake_runs: int
    night_hour: int
    keep: timedelta


@cache
def rematch_rules() -> RematchRules:
    """The shipped rules."""
    table = toml_table("casework.rematch", "rules.toml")
    return RematchRules(
        new_leads_per_reviewer=table["new_leads_per_reviewer"],
        long_stay=timedelta(days=table["long_stay_days"]),
        brake_factor=float(table["brake_factor"]),
        brake_least=table["brake_least"],
        brake_per_case=float(table["brake_per_case"]),
        brake_runs=table["brake_runs"],
        night_hour=table["night_hour"],
        keep=timedelta(days=table["keep_days"]),
    )
