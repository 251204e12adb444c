"""The figures of `rules.toml`, laid over a match policy."""

from dataclasses import replace

from matching.policy import MatchPolicy
from matching.tables import toml_table


def policy_for_residents(policy: MatchPolicy) -> MatchPolicy:
    """The same weights with the prior and the limits of comparing residents with each other."""
    table = toml_table("casework.alike", "rules.toml")
    limits = replace(
        policy.limits, leads=table["pairs"], least_probability=table["least_probability"]
    )
    return replace(
        policy,
        share_with_record=table["share_with_another_file"],
        whole_registry=table["whole_registry"],
        limits=limits,
    )
