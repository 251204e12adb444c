"""Random histories of cases with a jumping clock: nothing lost, nothing half-written, no window forgotten."""

from datetime import timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from casework.access import Actor, Role
from casework.cases import Details
from casework.errors import CaseworkError
from casework.happenings import care, knowledge, police, public, registration
from casework.intake import IntakeCommand, open_case
from casework.recording import RecordCommand, record
from casework.sweep import sweep
from casework.windows import WindowState
from tests.office import FakeFaceReader, Office
from tests.samples import an_actor

ACTORS = (
    an_actor(Role.SPECIALIST),
    an_actor(Role.SUPERVISOR, user_id="u6"),
    an_actor(Role.POLICE, station="公安局", user_id="u2"),
    an_actor(Role.ADMIN, user_id="u7"),
)
ids = st.sampled_from(["a", "b"])
lines: st.SearchStrategy[Details] = st.one_of(
    st.builds(police.IdentityRequestSent, request_id=ids, agency=st.just("某分局")),
    st.builds(police.IdentityRequestReceived, request_id=ids),
    st.builds(police.IdentityAnswered, request_id=ids, answer=st.sampled_from(police.Answer)),
    st.builds(police.DnaRequested, request_id=ids),
    st.builds(police.DnaSampled, request_id=ids),
    st.builds(police.DnaResult, request_id=ids, answer=st.sampled_from(police.Answer)),
    st.builds(police.AbductionSuspected, reason=st.just("被人带出来")),
    st.builds(police.AbductionFinding, crime_likely=st.booleans()),
    st.builds(knowledge.InterviewHeld, transcript=st.just("答：不晓得。")),
    st.builds(knowledge.InterviewAttempted, reason=st.just("拒绝交谈")),
    st.builds(knowledge.ClueMarked, clue_id=ids, text=st.just("隆回")),
    st.builds(public.NoticeLogged, channel=st.sampled_from(public.Channel)),
    st.builds(public.WithholdLifted, police_reference=st.just("1号")),
    st.builds(public.WishRecorded, wish=st.sampled_from(public.ContactWish)),
    st.builds(care.Placed, institution=ids),
    st.builds(care.PlacementEnded),
    st.builds(care.VisitRecorded),
    st.builds(care.IncidentHappened, incident=st.sampled_from(care.IncidentKind), incident_id=ids),
    st.builds(care.IncidentNotified, incident_id=ids),
    st.builds(care.Departed, how=st.sampled_from(care.DepartureKind)),
    st.builds(care.Admitted),
    st.builds(care.Died),
    st.builds(
        registration.WindowStopped,
        window=st.sampled_from(["interview", "dna_request"]),
        reason=st.sampled_from(registration.StopReason),
    ),
)
RUNNING = {WindowState.OPEN, WindowState.DUE_SOON, WindowState.BREACHED}


class CaseHistories(RuleBasedStateMachine):
    """One file, four people, a clock that jumps."""

    @initialize()
    def begin(self) -> None:
        self.office = Office()
        opened = open_case(self.office.context(), IntakeCommand(), FakeFaceReader())
        self.case_id = opened.case.case_id
        self.length = len(self.history())

    @rule(details=lines, actor=st.sampled_from(ACTORS), ago=st.integers(-1, 72))
    def write(self, details: Details, actor: Actor, ago: int) -> None:
        before, trail = self.history(), len(self.office.trail())
        at = self.office.now - timedelta(hours=ago)
        command = RecordCommand(case_id=self.case_id, details=details, happened_at=at)
        try:
            recorded = record(self.office.context(actor), command)
        except CaseworkError:
            assert self.history() == before
            assert len(self.office.trail()) == trail
            return
        after = self.history()
        assert after[: len(before)] == before
        assert recorded.entry in after
        assert len(self.office.trail()) == trail + 1

    @rule(hours=st.integers(0, 400))
    def wait(self, hours: int) -> None:
        self.office.now += timedelta(hours=hours)
        sweep(self.office.context())
        assert sweep(self.office.context()).alerts == 0

    @invariant()
    def no_running_window_is_forgotten(self) -> None:
        if not hasattr(self, "case_id"):
            return
        with self.office.open_work() as work:
            windows = work.windows.of_case(self.case_id)
        for window in windows:
            if window.state in RUNNING:
                assert window.next_look is not None
        with self.office.open_work() as work:
            latest = self.office.now + timedelta(days=3650)
            looked_at = work.windows.claim_looks(latest, 1) == (self.case_id,)
        assert looked_at or not any(window.next_look for window in windows)

    @invariant()
    def history_only_grows(self) -> None:
        if hasattr(self, "case_id"):
            assert len(self.history()) >= self.length
            self.length = len(self.history())

    def history(self) -> tuple[object, ...]:
        with self.office.open_work() as work:
            return work.cases.entries(self.case_id)


CaseHistories.TestCase.settings = settings(
    deadline=None,
    stateful_step_count=25,
    suppress_health_check=[HealthCheck.too_slow],
)
TestCaseHistories = CaseHistories.TestCase
