"""Trained figures as TOML tables that go over those of `policy.toml`."""

from collections.abc import Sequence

from matching.policy import MatchPolicy
from matching.training import Estimate, in_order

_DIGITS = 5


def trained_tables(found: Estimate, policy: MatchPolicy, source: str) -> str:
    """The tables with an estimate, each with its source; the rest of a policy stays as it is.

    Raises:
        BadPolicyError: an estimate contradicts itself: its best outcome speaks against.
    """
    parts = [f'version = "{policy.version}+trained"']
    for name, (m, u) in found.outcomes.items():
        table = in_order(m, u, policy.outcomes[name])
        parts.append(f'[{name}]\nm = {_list(table.m)}\nu = {_list(table.u)}\nsource = "{source}"')
    parts += [
        f'[{name}]\nslip = {max(slip, 1e-4):.{_DIGITS}f}\nsource = "{source}"'
        for name, slip in found.slips.items()
    ]
    return "\n\n".join(parts) + "\n"


def _list(shares: Sequence[float]) -> str:
    """Rounded shares that still sum to 1: what rounding leaves goes to the largest."""
    rounded = [max(round(share, _DIGITS), 10**-_DIGITS) for share in shares]
    largest = rounded.index(max(rounded))
    rounded[largest] = round(rounded[largest] + 1 - sum(rounded), _DIGITS)
    return "[" + ", ".join(f"{share:.{_DIGITS}f}" for share in rounded) + "]"
