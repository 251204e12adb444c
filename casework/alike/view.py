"""Reading pairs of files that may be one person's, each look leaving a trace.

A reader sees of another station's file how strongly it speaks, never what it says: they know whom to
call. Wordings that speak of a record mean the other file here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from casework.accounts.access import Permission, require_station
from casework.alike.pairs import AlikePair, AlikeState
from casework.alike.rules import policy_for_residents
from casework.cases.case import Case
from casework.cases.sight import check_sight, closed_cases
from casework.cases.words import ALIKE_STATE_WORDS
from casework.context import Context
from casework.errors import NotFoundError
from casework.leads.explaining import score_of
from casework.ports import UnitOfWork
from matching.evidence import Evidence, Lacks, Stance
from matching.explain import (
    SIGNAL_WORDS,
    Explanation,
    Score,
    explain,
    odds_in_words,
    without_details,
)
from matching.policy import MatchPolicy

_MOST_WAITING = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class AlikeFinding:
    """A pair of files as a reader of one of them sees it."""

    pair: AlikePair
    #: The reader's file, and the one beside it.
    case: Case
    other: Case
    #: `probe` is the reader's file, `candidate` the other; no values unless both may be read.
    evidence: tuple[Evidence, ...]
    #: Whether both files may be read: neither another station's nor a child's that is closed to the reader.
    is_open: bool
    #: Display names of whoever judged, by user id.
    deciders: Mapping[str, str]

    @property
    def place(self) -> str:
        """What the reader may know of where the other file is."""
        is_own = self.case.station == self.other.station
        return f"个案 {self.other.number}" if is_own else f"外站个案（{self.other.station}）"

    @property
    def odds(self) -> str:
        """The chance in words."""
        return odds_in_words(self.pair.ranked.probability)

    @property
    def note(self) -> str:
        """One sentence for the desk, without anybody's values."""
        if self.pair.state is not AlikeState.PROPOSED:
            return f"{self.place}：{ALIKE_STATE_WORDS[self.pair.state]}。"
        speaking = [each for each in self.evidence if each.bits > 0]
        speaking.sort(key=lambda each: -each.bits)
        signals = "、".join(SIGNAL_WORDS[each.signal] for each in speaking)
        return (
            f"可能是同一人（{self.place}）：{self.odds}，相符的有{signals}；"
            "请核对是否重复登记或再次求助。"
        )

    @property
    def score(self) -> Score:
        """What the chance is made of, in the words of this reader."""
        return replace(score_of(self.pair.ranked), evidence=self.evidence)

    def explained(self, policy: MatchPolicy) -> Explanation:
        """Rows that add up to the chance, what speaks against, what is missing, what to ask."""
        return explain(self.score, policy_for_residents(policy))


def alike_residents(context: Context, case_id: str) -> tuple[AlikeFinding, ...]:
    """The files that may be (or are) this person's, likeliest first.

    Raises:
        NotPermittedError: the role may not read cases, or the case is another station's.
        MinorProtectedError: a child's file that is closed to this user.
        NotFoundError: no such case.
    """
    context.require(Permission.READ_CASE)
    with context.open_work() as work:
        require_station(context.actor, work.cases.get(case_id).station)
        check_sight(context, work, case_id)
        pairs = [x for x in work.alike.of_case(case_id) if x.state is not AlikeState.WITHDRAWN]
        found = tuple(seen_from(context, work, pair, case_id) for pair in pairs)
        context.trace(work, "case.alike", f"case:{case_id}", shown=str(len(found)))
        work.commit()
    return found


def view_alike(context: Context, pair_id: str) -> AlikeFinding:
    """One pair, from the reader's file; from the later one when both are.

    Raises:
        NotPermittedError: the role may not read cases.
        MinorProtectedError: the reader's file is a child's that is closed to this user.
        NotFoundError: no such pair, or neither file is of this station.
    """
    context.require(Permission.READ_CASE)
    with context.open_work() as work:
        finding = visible_pair(context, work, pair_id)
        check_sight(context, work, finding.case.case_id)
        context.trace(work, "alike.view", f"alike:{pair_id}", case=finding.case.case_id)
        work.commit()
    return finding


def alike_to_judge(context: Context) -> tuple[AlikeFinding, ...]:
    """Pairs with a file of the actor's station that nobody judged, likeliest first.

    Raises:
        NotPermittedError: the role may not read cases.
    """
    context.require(Permission.READ_CASE)
    with context.open_work() as work:
        found = pairs_to_judge(context, work)
        context.trace(work, "alike.list", f"user:{context.actor.user_id}", n=str(len(found)))
        work.commit()
    return found


def pairs_to_judge(context: Context, work: UnitOfWork) -> tuple[AlikeFinding, ...]:
    """The same for whoever has checked the right to see them and leaves the trace."""
    pairs = work.alike.waiting(context.actor.station, _MOST_WAITING)
    return tuple(visible_pair(context, work, pair.pair_id) for pair in pairs)


def visible_pair(context: Context, work: UnitOfWork, pair_id: str) -> AlikeFinding:
    """The pair, if one of its files is of the actor's station.

    Raises:
        NotFoundError: not there, or not for this user (both look the same from outside).
    """
    pair = work.alike.get(pair_id)
    covers = work.cases.covers(pair.case_ids)
    own = [each for each in pair.case_ids if covers[each].station == context.actor.station]
    if not own:
        raise NotFoundError("没有这一对档案，或您无权查看。")
    return seen_from(context, work, pair, own[0])


def seen_from(context: Context, work: UnitOfWork, pair: AlikePair, case_id: str) -> AlikeFinding:
    """The pair as a reader of one of its files may see it."""
    covers = work.cases.covers(pair.case_ids)
    case, other = covers[case_id], covers[pair.beside(case_id)]
    evidence = _of_files(pair.ranked.evidence, is_turned=case_id == pair.earlier_id)
    is_open = case.station == other.station and not closed_cases(context, work, pair.case_ids)
    deciders = {each.decided_by for each in pair.decisions}
    return AlikeFinding(
        pair=pair,
        case=case,
        other=other,
        evidence=evidence if is_open else tuple(map(without_details, evidence)),
        is_open=is_open,
        deciders={each: work.users.get(each).display_name for each in deciders},
    )


def _of_files(evidence: Sequence[Evidence], *, is_turned: bool) -> tuple[Evidence, ...]:
    return tuple(
        replace(
            each,
            detail=each.detail.replace("记录里", "另一份档案里"),
            probe_value=each.candidate_value if is_turned else each.probe_value,
            candidate_value=each.probe_value if is_turned else each.candidate_value,
            # Nobody's family can be asked: whatever is missing is asked of the residents.
            lacks=Lacks.RESIDENT if each.stance is Stance.SILENT else each.lacks,
        )
        for each in evidence
    )
