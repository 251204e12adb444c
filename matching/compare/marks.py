"""Marks: scars, moles and disabilities that both sides describe on the same part of the body."""

from functools import cache
from itertools import product

from matching.compare.setting import Setting
from matching.evidence import Evidence, Signal
from matching.model import PersonFacts
from matching.tables import toml_table


@cache
def _words() -> tuple[dict[str, str], dict[str, str]]:
    """(word -> part of the body, word -> kind of mark)."""
    table = toml_table("matching.compare", "marks.toml")
    parts = {word: name for name, words in table["parts"].items() for word in words}
    kinds = {word: name for name, words in table["kinds"].items() for word in words}
    return parts, kinds


def compare_marks(ours: PersonFacts, theirs: PersonFacts, setting: Setting) -> Evidence:
    """Marks that agree in place and kind. Marks that only one side mentions say nothing."""
    if not ours.marks or not theirs.marks:
        return Evidence.silent(Signal.MARKS, "一方没有体貌特征")
    shared = _seen(ours.marks) & _seen(theirs.marks)
    if not shared:
        return Evidence.silent(Signal.MARKS, "两边描述的特征不在同一处，不能比较")
    return Evidence(
        signal=Signal.MARKS,
        bits=min(len(shared) * setting.policy.marks_shared, setting.policy.marks_most),
        detail="、".join(f"{part}{kind}" for part, kind in sorted(shared)) + "一致",
        probe_value="；".join(ours.marks),
        candidate_value="；".join(theirs.marks),
    )


def _seen(marks: tuple[str, ...]) -> frozenset[tuple[str, str]]:
    parts, kinds = _words()
    return frozenset(
        (part_name, kind_name)
        for mark in marks
        for (part, part_name), (kind, kind_name) in product(parts.items(), kinds.items())
        if part in mark and kind in mark
    )
