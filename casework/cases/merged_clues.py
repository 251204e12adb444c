"""The talks of one person side by side: what was said how often and when, and what contradicts it.

Nothing is overwritten: repeated statements are counted, contradictory ones stand beside each other
with their dates.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from casework.cases.happenings.knowledge import ClueState
from casework.cases.statements import Claim, Statement
from matching.model import Relation, YearRange
from matching.text.testimony.clues import ClueKind, Speaker
from matching.text.testimony.family import ONLY_ONE

#: Of more claims of one kind nobody reads which contradict which.
_MOST_RIVALS: Final = 20
_ORDER: Final = {ClueState.VERIFIED: 0, ClueState.OPEN: 1, ClueState.REFUTED: 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class MergedClue:
    """One claim and every statement that makes it, in the order of the file; never empty."""

    statements: tuple[Statement, ...]
    #: What is claimed instead elsewhere, of what can only be one way.
    contradicted_by: tuple[str, ...] = ()

    @property
    def claim(self) -> Claim:
        """What is claimed."""
        return self.statements[0].claim

    @property
    def kind(self) -> ClueKind:
        """What the claim is about."""
        return self.claim[0]

    @property
    def state(self) -> ClueState:
        """What is known of it."""
        return self.statements[0].state

    @property
    def years(self) -> YearRange | None:
        """The years that it allows."""
        return self.statements[0].clue.years

    @property
    def alternatives(self) -> tuple[str, ...]:
        """Other readings of it, those of any statement."""
        said = (reading for each in self.statements for reading in each.clue.alternatives)
        return tuple(dict.fromkeys(said))

    @property
    def talks(self) -> int:
        """In how many talks it was said."""
        return len({each.talk_id for each in self.statements})

    @property
    def first_said(self) -> datetime:
        """The day and time of the first talk that says so."""
        return min(each.said_at for each in self.statements)

    @property
    def last_said(self) -> datetime:
        """The same of the last one."""
        return max(each.said_at for each in self.statements)

    @property
    def is_guess(self) -> bool:
        """Whether only the worker said so and nobody vouches for it."""
        return all(each.counted.speaker is Speaker.WORKER for each in self.statements)


def merged_clues(statements: Sequence[Statement]) -> tuple[MergedClue, ...]:
    """Every claim once: by kind, verified before open before refuted, often said before seldom."""
    by_claim: dict[Claim, list[Statement]] = {}
    for statement in statements:
        by_claim.setdefault(statement.claim, []).append(statement)
    found = [MergedClue(statements=tuple(each)) for each in by_claim.values()]
    kinds = list(ClueKind)
    found.sort(key=lambda c: (kinds.index(c.kind), _ORDER[c.state], -c.talks, c.first_said))
    rivals: dict[tuple[ClueKind, Relation | None], list[MergedClue]] = {}
    for each in found:
        if each.state is not ClueState.REFUTED and not each.is_guess:
            rivals.setdefault(each.claim[:2], []).append(each)
    return tuple(
        replace(each, contradicted_by=_against(each, rivals.get(each.claim[:2], ())))
        for each in found
    )


def _against(clue: MergedClue, rivals: Sequence[MergedClue]) -> tuple[str, ...]:
    """Claims that cannot be true together with this one; a refuted one or a guess contradicts none."""
    if clue.state is ClueState.REFUTED or clue.is_guess:
        return ()
    others = (each.claim[2] for each in rivals[:_MOST_RIVALS] if _contradict(clue, each))
    return tuple(others)


def _contradict(one: MergedClue, other: MergedClue) -> bool:
    kind, relation, value = one.claim
    if kind is ClueKind.AGE_OR_BIRTH:
        return one.years is not None and other.years is not None and _apart(one.years, other.years)
    is_only = kind is ClueKind.SELF_NAME or relation in ONLY_ONE
    readings = {value, *one.alternatives}
    return is_only and not any(_goes_with(a, b) for a in readings for b in _readings(other))


def _readings(clue: MergedClue) -> tuple[str, ...]:
    return (clue.claim[2], *clue.alternatives)


def _goes_with(one: str, other: str) -> bool:
    """The same name, or one is part of the other: 刘 and 刘福生, 阿娣 and 区阿娣."""
    return one in other or other in one


def _apart(one: YearRange, other: YearRange) -> bool:
    return one.latest < other.earliest or other.latest < one.earliest
