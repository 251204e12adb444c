"""The figures of `rules.toml`."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from matching.tables import toml_table


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadRules:
    """How long the police have, and when a rejected pair may return."""

    police_answer: timedelta
    new_evidence_bits: float
    verdict_expires: timedelta


@cache
def lead_rules() -> LeadRules:
    """The shipped rules."""
    table = toml_table("casework.leads", "rules.toml")
    return LeadRules(
        police_answer=timedelta(hours=table["police_answer_hours"]),
        new_evidence_bits=float(table["new_evidence_bits"]),
        verdict_expires=timedelta(days=table["verdict_expires_days"]),
    )
