"""Relatives: a brother's name that agrees is worth as much as one's own."""

from matching.compare.setting import Setting
from matching.evidence import Evidence, Signal
from matching.model import PersonFacts, Relation, Relative
from matching.text.name_costs import NameOutcome, name_similarity

#: Relations that a talk may mix up; the more general one agrees with each.
_KIN = {
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


def compare_relatives(ours: PersonFacts, theirs: PersonFacts, setting: Setting) -> Evidence:
    """All relatives with a name that both sides know; silent when there is none."""
    scored = [
        pair
        for said in ours.relatives
        if (pair := _best(said, theirs.relatives, setting)) is not None
    ]
    if not scored:
        return Evidence.silent(Signal.RELATIVES, "没有双方都有姓名的亲属")
    scored.sort(key=lambda each: (-each.bits, each.detail))
    weights = setting.policy.relatives
    first, rest = scored[0], scored[1:]
    bits = first.bits + sum(max(each.bits, 0.0) * weights.each_after_first for each in rest)
    return Evidence(
        signal=Signal.RELATIVES,
        bits=min(bits, weights.most),
        detail="；".join(each.detail for each in scored),
        probe_value=first.probe_value,
        candidate_value=first.candidate_value,
    )


def _best(said: Relative, known: tuple[Relative, ...], setting: Setting) -> Evidence | None:
    pairs = [
        _pair(said.name, each.name, setting)
        for each in known
        if said.name and each.name and _same_kin(said.relation, each.relation)
    ]
    return max(pairs, key=lambda each: (each.bits, each.detail), default=None)


def _same_kin(one: Relation, other: Relation) -> bool:
    return one is other or other in _KIN.get(one, ()) or one in _KIN.get(other, ())


def _pair(said: str, known: str, setting: Setting) -> Evidence:
    match = name_similarity(said, known)
    weights = setting.policy.relatives
    bits = {
        NameOutcome.EXACT: weights.same_name,
        NameOutcome.HOMOPHONE: weights.homophone,
        NameOutcome.NEAR: weights.homophone / 2,
        NameOutcome.PET_NAME: weights.surname,
        NameOutcome.SURNAME: weights.surname,
        NameOutcome.DIFFERENT: weights.different,
    }[match.outcome]
    words = "、".join(match.rules) or "姓名不同"
    return Evidence(
        signal=Signal.RELATIVES,
        bits=bits,
        detail=f"亲属“{said}”与“{known}”{words}",
        probe_value=said,
        candidate_value=known,
    )
