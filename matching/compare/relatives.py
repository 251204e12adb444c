"""Relatives: a brother's name that agrees is worth as much as one's own."""

from dataclasses import dataclass
from math import fsum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching.compare.comparison import Comparison, Floats
from matching.compare.likelihood import Anybody
from matching.compare.name_chances import NameChances, name_chances
from matching.compare.setting import Setting
from matching.evidence import Evidence, Signal
from matching.model import Probe, Relation, Relative
from matching.registry.registry import Registry
from matching.registry.rows import RELATIONS, Several
from matching.text.name_costs import NameOutcome, name_similarity

#: Relations that a talk may mix up; the more general one agrees with each.
_KIN: Final = {
    Relation.CHILD: {Relation.SON, Relation.DAUGHTER},
    Relation.SIBLING: {
        Relation.ELDER_BROTHER,
        Relation.YOUNGER_BROTHER,
        Relation.ELDER_SISTER,
        Relation.YOUNGER_SISTER,
    },
    Relation.ELDER_BROTHER: {Relation.YOUNGER_BROTHER},
    Relation.ELDER_SISTER: {Relation.YOUNGER_SISTER},
}
#: They bear the person's own surname as a rule; that it agrees is said by the own name already.
_SAME_SURNAME: Final = frozenset(
    {
        Relation.FATHER,
        Relation.ELDER_BROTHER,
        Relation.YOUNGER_BROTHER,
        Relation.ELDER_SISTER,
        Relation.YOUNGER_SISTER,
        Relation.SIBLING,
        Relation.SON,
        Relation.DAUGHTER,
        Relation.CHILD,
        Relation.GRANDFATHER,
        Relation.UNCLE,
    }
)


@dataclass(frozen=True, slots=True, eq=False)
class _Heard:
    """One relative as heard. `chances` has one for each relative of the registry, -1 for other kin."""

    said: Relative
    name: str
    chances: Floats
    anybody: Anybody

    def ratios(self) -> Floats:
        """Likelihood ratios by relative of the registry, -1 for other kin."""
        return np.where(self.chances < 0, -1.0, self.anybody.ratios(self.chances))


@dataclass(frozen=True, slots=True, eq=False)
class _Relatives:
    """Everything that was heard of the family against a registry."""

    heard: tuple[_Heard, ...]
    setting: Setting

    def evidence(self, row: int) -> Evidence:
        judged = [each for heard in self.heard if (each := self._best(heard, row)) is not None]
        if not judged:
            return Evidence.silent(Signal.RELATIVES, "没有双方都有姓名的亲属")
        judged.sort(key=lambda each: (-each[0], each[1], each[2]))
        first, *rest = (bits for bits, _, _ in judged)
        further = self.setting.policy.each_after_first * fsum(max(bits, 0.0) for bits in rest)
        return Evidence(
            signal=Signal.RELATIVES,
            bits=min(first + further, self.setting.policy.relatives.most),
            detail="；".join(_detail(said, known, self.setting) for _, said, known in judged),
            probe_value="、".join(said for _, said, _ in judged),
            candidate_value="、".join(known for _, _, known in judged),
        )

    def _best(self, heard: _Heard, row: int) -> tuple[float, str, str] | None:
        registry = self.setting.registry
        named = [each for each in registry.candidates[row].facts.relatives if each.name]
        places = registry.several(Several.RELATIVES).of_row(row)
        return max(
            (
                (self.setting.policy.relatives.bits(ratio), heard.name, each.name)
                for place, each in zip(places, named, strict=True)
                if each.name and same_kin(heard.said.relation, each.relation)
                for ratio in [heard.anybody.ratio(float(heard.chances[place]))]
            ),
            default=None,
        )


def compare_relatives(probe: Probe, setting: Setting) -> Comparison:
    """All relatives with a name that both sides know; silent when there is none."""
    found = (_heard(said, setting) for said in dict.fromkeys(probe.facts.relatives))
    heard = tuple(each for each in found if each is not None)
    if not heard:
        return Comparison.silent(Signal.RELATIVES, "还没有问到亲属的姓名")
    owners = setting.registry.several(Several.RELATIVES)
    channel = setting.policy.relatives
    best, positive = np.full(owners.size, np.nan), np.zeros(owners.size)
    likeliest = np.full(owners.size, np.nan)
    for each in heard:
        ratios = owners.best(each.ratios(), -1.0)
        ratios = np.where(ratios < 0, np.nan, ratios)
        likeliest = np.fmax(likeliest, ratios)
        bits = channel.all_bits(ratios)
        best = np.fmax(best, bits)
        positive += np.fmax(bits, 0.0)
    further = setting.policy.each_after_first * (positive - np.fmax(best, 0.0))
    bits = np.nan_to_num(np.minimum(best + further, channel.most))
    return Comparison(
        signal=Signal.RELATIVES,
        bits=bits,
        evidence=_Relatives(heard, setting).evidence,
        ratios=likeliest,
    )


def same_kin(one: Relation, other: Relation) -> bool:
    """Whether two words for a relative may mean one relative."""
    return one is other or other in _KIN.get(one, ()) or one in _KIN.get(other, ())


def _heard(said: Relative, setting: Setting) -> _Heard | None:
    """None when nothing that could tell families apart was heard."""
    if not said.name:
        return None
    registry, shares = setting.registry, said.relation in _SAME_SURNAME
    readings = [
        each
        for name in (said.name, *said.other_readings)
        for each in name_chances(name, registry.relatives, setting.sound)
        if each.has_given or not shares
    ]
    if not readings:
        return None
    chances = np.max([_chances(each, said, registry) for each in readings], axis=0)
    kin = _kin(said.relation, registry)
    population = max(
        each.anybody_given * (1.0 if shares else each.anybody_surname) for each in readings
    )
    anybody = setting.anybody(f"{said.relation} {said.name}", chances[kin], population)
    return _Heard(said, said.name, np.where(kin, chances, -1.0), anybody)


def _chances(readings: NameChances, said: Relative, registry: Registry) -> Floats:
    column = registry.relatives
    given = readings.given[column.given_of].astype(np.float64)
    if said.relation in _SAME_SURNAME:
        return given
    return given * readings.surname[column.surname_of]


def _kin(relation: Relation, registry: Registry) -> NDArray[np.bool_]:
    allowed = np.array([same_kin(relation, each) for each in RELATIONS])
    return allowed[registry.several(Several.RELATIVES).values[:, 0]]


def _detail(said: str, known: str, setting: Setting) -> str:
    match = name_similarity(said, known, setting.sound)
    words = "、".join(match.rules) if match.outcome is not NameOutcome.DIFFERENT else ""
    return f"亲属“{said}”与“{known}”{words or '姓名不同'}"
