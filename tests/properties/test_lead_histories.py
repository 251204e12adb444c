"""Random histories of leads: nothing is lost, nothing illegal happens, everything can be undone."""

from datetime import timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from casework.accounts.access import Actor, Role
from casework.cases.consequences import standing_identity
from casework.errors import CaseworkError
from casework.leads.lapsing import lapse_overdue
from casework.leads.lead import EvidenceClass, Lead, LeadState, LeadTask, Verdict
from casework.leads.moves import ANSWERABLE, MOVES
from casework.leads.review import DecideCommand
from casework.leads.undoing import decide_or_undo
from casework.search.search import search_case
from matching.evidence import Evidence, Signal
from matching.fusion import Band
from matching.ranking import RankedLead
from tests.office import FakeMatcher, Office
from tests.samples import a_case, a_record, an_actor, an_admission

ACTORS = (
    an_actor(Role.SPECIALIST),
    an_actor(Role.SPECIALIST, user_id="u5"),
    an_actor(Role.SUPERVISOR, user_id="u6"),
    an_actor(Role.POLICE, station="公安局", user_id="u2"),
    an_actor(Role.INTAKE, user_id="u7"),
)
CASES, RECORDS = ("c1", "c2"), ("r1", "r2", "r3")


def found(record_id: str, bits: float) -> RankedLead:
    return RankedLead(
        rank=1,
        record_id=record_id,
        probability=0.9,
        bits=bits,
        prior_bits=0.0,
        band=Band.STRONG if bits > 8 else Band.WEAK,
        evidence=(Evidence(signal=Signal.NAME, bits=bits, detail="同音"),),
    )


class LeadHistories(RuleBasedStateMachine):
    """Two residents, three records, five people, one clock."""

    @initialize()
    def begin(self) -> None:
        self.office = Office()
        self.seen: set[str] = set()
        with self.office.open_work() as work:
            for number, case_id in enumerate(CASES, start=1):
                work.cases.add(a_case(case_id, number=f"2026-{number:04d}"))
                work.cases.append(an_admission(f"e-{case_id}", case_id))
            work.records.add_many(a_record(each, source_number=each) for each in RECORDS)
            work.commit()

    @rule(
        case_id=st.sampled_from(CASES),
        bits=st.dictionaries(st.sampled_from(RECORDS), st.floats(1, 12), max_size=3),
    )
    def search(self, case_id: str, bits: dict[str, float]) -> None:
        leads = tuple(found(record_id, each) for record_id, each in sorted(bits.items()))
        outcome = search_case(self.office.context(), FakeMatcher(leads=leads), case_id)
        pairs = [(lead.case_id, lead.record_id) for lead in outcome.leads]
        assert len(pairs) == len(set(pairs))

    @rule(
        actor=st.sampled_from(ACTORS),
        verdict=st.sampled_from([each for each in Verdict if each is not Verdict.LAPSE]),
        pick=st.integers(0, 5),
        is_stale=st.booleans(),
    )
    def decide(self, actor: Actor, verdict: Verdict, pick: int, *, is_stale: bool) -> None:
        leads = self.leads()
        if not leads:
            return
        lead = leads[pick % len(leads)]
        before = self.decision_count(lead.lead_id)
        command = DecideCommand(
            lead_id=lead.lead_id,
            verdict=verdict,
            read_version=lead.version - 1 if is_stale else lead.version,
            reason="年龄不符",
            evidence_class=EvidenceClass.VISIT,
            task=LeadTask(what="再问", who="u1", until=self.office.now + timedelta(hours=3)),
        )
        try:
            after = decide_or_undo(self.office.context(actor), command)
        except CaseworkError:
            assert self.decision_count(lead.lead_id) == before
            assert self.lead(lead.lead_id) == lead
            return
        assert not is_stale
        assert self.decision_count(lead.lead_id) == before + 1
        if verdict is not Verdict.UNDO:
            assert (lead.state, verdict) in MOVES
            assert not lead.in_conflict
        assert after.version > lead.version

    @rule(hours=st.integers(0, 60))
    def wait(self, hours: int) -> None:
        self.office.now += timedelta(hours=hours)
        lapse_overdue(self.office.context())
        for lead in self.leads():
            if lead.state in {LeadState.FORWARDED, LeadState.RECEIVED}:
                assert lead.due is not None
                assert lead.due > self.office.now

    @invariant()
    def no_lead_is_ever_lost(self) -> None:
        if hasattr(self, "office"):
            ids = {lead.lead_id for lead in self.leads()}
            assert ids >= self.seen
            self.seen = ids

    @invariant()
    def whoever_awaits_the_police_has_a_due_time(self) -> None:
        for lead in self.leads() if hasattr(self, "office") else ():
            assert (lead.due is not None) == (
                lead.state in {*ANSWERABLE, LeadState.NEEDS_MORE, LeadState.DEFERRED}
            )

    @invariant()
    def identity_rests_on_exactly_one_undisputed_confirmation(self) -> None:
        if not hasattr(self, "office"):
            return
        confirmed = [lead for lead in self.leads() if lead.state is LeadState.CONFIRMED]
        for lead in confirmed:
            rivals = [
                each
                for each in confirmed
                if each.lead_id != lead.lead_id
                and (each.case_id == lead.case_id or each.record_id == lead.record_id)
            ]
            assert lead.in_conflict == bool(rivals)
        for case_id in CASES:
            sure = [x.lead_id for x in confirmed if x.case_id == case_id and not x.in_conflict]
            assert self.identity(case_id) == (sure[0] if sure else None)

    def leads(self) -> list[Lead]:
        with self.office.open_work() as work:
            return [lead for case_id in CASES for lead in work.leads.of_case(case_id)]

    def lead(self, lead_id: str) -> Lead:
        with self.office.open_work() as work:
            return work.leads.get(lead_id)

    def identity(self, case_id: str) -> str | None:
        with self.office.open_work() as work:
            return standing_identity(entry.details for entry in work.cases.entries(case_id))

    def decision_count(self, lead_id: str) -> int:
        with self.office.open_work() as work:
            return len(work.leads.decisions(lead_id))


LeadHistories.TestCase.settings = settings(
    deadline=None,
    stateful_step_count=25,
    suppress_health_check=[HealthCheck.too_slow],
)
TestLeadHistories = LeadHistories.TestCase
