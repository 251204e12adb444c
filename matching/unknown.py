"""What is not known of a person at all, whoever they are compared with."""

from matching.compare.setting import Setting
from matching.compare.table import compare
from matching.dialect.matrices import costs_without_dialect
from matching.evidence import Evidence
from matching.model import Probe
from matching.policy import MatchPolicy
from matching.registry.registry import Registry


def unknown_of(probe: Probe, policy: MatchPolicy) -> tuple[Evidence, ...]:
    """The signals that are silent about every record, each with why."""
    nobody = Setting(registry=Registry.build(()), policy=policy, sound=costs_without_dialect())
    return tuple(each.evidence(0) for each in compare(probe, nobody) if each.bits is None)
