"""Learning a station's own figures from what its people and the police have decided."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Final

from casework.accounts.access import Permission
from casework.cases.case import Case
from casework.context import Context
from casework.errors import BadInputError
from casework.leads.lead import LeadState
from casework.ports import UnitOfWork
from casework.search.probe import probe_of
from matching.compare.setting import Setting
from matching.dialect.matrices import costs_without_dialect
from matching.errors import BadPolicyError
from matching.model import Probe
from matching.policy import MatchPolicy
from matching.policy_writing import trained_tables
from matching.registry.registry import Registry
from matching.training import Estimate, Pairs, estimate
from matching.training_pairs import training_pairs

_PAGE: Final = 200
#: Confirmed by the police, and refuted or rejected: what a pair is known to be.
_DECIDED: Final = {
    LeadState.CONFIRMED: True,
    LeadState.REFUTED: False,
    LeadState.REJECTED: False,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Trained:
    """A policy's figures as this database has them."""

    #: TOML tables that go over the shipped ones.
    tables: str
    estimate: Estimate
    residents: int
    pairs: int
    confirmed: int
    refuted: int


def train_policy(context: Context, policy: MatchPolicy, rng: Random) -> Trained:
    """Estimate m, u and slips from decided leads and, by EM, from everything undecided.

    `rng` draws the pairs that stand for all others. Changes nothing: the tables are for somebody to read, compare, and put in force.

    Raises:
        NotPermittedError: the role may not re-match.
        BadInputError: there are no residents or no records to learn from.
    """
    context.require(Permission.REMATCH)
    with context.open_work() as work:
        registry = Registry.build(record.candidate() for record in work.records.changed_since(0))
        people = tuple(_people(context, work))
        context.trace(work, "policy.train", "registry", residents=str(len(people)))
        work.commit()
    if not people or not registry.size:
        raise BadInputError("还没有可供训练的受助人员或走失记录。")
    setting = Setting(registry=registry, policy=policy, sound=costs_without_dialect())
    pairs = Pairs.joined(
        [training_pairs(probe, setting, decided, rng) for probe, decided in people]
    )
    found = estimate(pairs, policy, share=policy.share_with_record / registry.size)
    return _trained(found, pairs, policy, len(people))


def _trained(found: Estimate, pairs: Pairs, policy: MatchPolicy, residents: int) -> Trained:
    confirmed = int((pairs.labels == 1).sum())
    refuted = int((pairs.labels == 0).sum())
    source = f"estimated: {residents} residents, {confirmed} confirmed, {refuted} refuted"
    try:
        tables = trained_tables(found, policy, source)
    except BadPolicyError as error:
        raise BadInputError(
            "数据太少或互相矛盾，估计不出可用的参数；请积累更多核实结果。"
        ) from error
    return Trained(
        tables=tables,
        estimate=found,
        residents=residents,
        pairs=len(pairs.labels),
        confirmed=confirmed,
        refuted=refuted,
    )


def _people(context: Context, work: UnitOfWork) -> Iterator[tuple[Probe, dict[str, bool]]]:
    for case in _cases(context, work):
        entries = work.cases.entries(case.case_id)
        leads = work.leads.of_case(case.case_id)
        decided = {x.record_id: _DECIDED[x.state] for x in leads if x.state in _DECIDED}
        yield probe_of(case.case_id, entries), decided


def _cases(context: Context, work: UnitOfWork) -> Iterator[Case]:
    """Every file of the station."""
    cursor = None
    while True:
        page = work.cases.page(
            station=context.actor.station, state=None, cursor=cursor, limit=_PAGE
        )
        yield from page.items
        cursor = page.next_cursor
        if cursor is None:
            return
