"""Random histories of cases with a jumping clock: nothing lost, nothing half-written, no window forgotten."""

from collections.abc import Iterable
from dataclasses import MISSING, fields, replace
from datetime import datetime, timedelta
from typing import get_args, get_type_hints

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from casework.accounts.access import Actor, Role
from casework.accounts.writers import NOT_BY_HAND
from casework.cases.case import Details, Entry
from casework.cases.intake import IntakeCommand, open_case
from casework.cases.recording import RecordCommand, record
from casework.errors import CaseworkError
from casework.windows.case_windows import plan_case_windows
from casework.windows.sweep import sweep
from casework.windows.window import Window, WindowState
from storage.alerts import SHOWN
from tests.office import FakeFaceReader, Office
from tests.samples import STATION, an_actor

#: Somebody who may write nearly everything comes first: refusals by role are the smaller part.
ACTORS = (
    an_actor(Role.SUPERVISOR, Role.POLICE, user_id="u6"),
    an_actor(Role.SPECIALIST),
    an_actor(Role.POLICE, station="公安局", user_id="u2"),
    an_actor(Role.ADMIN, user_id="u7"),
)
actors = st.one_of(st.just(ACTORS[0]), st.sampled_from(ACTORS))
#: Hours between what happened and its being written down; mostly none.
delays = st.one_of(st.just(0), st.integers(-1, 72))
ids = st.sampled_from(["a", "b"])
window_names = st.sampled_from(["interview", "dna_request", "police_identity_feedback:a"])


def kind_of(line: type[Details]) -> str:
    return str(get_args(get_type_hints(line)["kind"])[0])


def a_line(kind: type[Details]) -> st.SearchStrategy[Details]:
    """Any line of one kind: two ids, so that lines often speak of the same request."""
    free = {field.name for field in fields(kind) if field.default is MISSING}
    hints = get_type_hints(kind)
    words = {name: ids for name in free if hints[name] is str}
    if "window" in free:
        words["window"] = window_names
    return st.builds(kind, **words)


lines: st.SearchStrategy[Details] = st.one_of(
    [a_line(kind) for kind in get_args(Details) if kind_of(kind) not in NOT_BY_HAND]
)
RUNNING = {WindowState.OPEN, WindowState.DUE_SOON, WindowState.BREACHED}


def begun(windows: Iterable[Window], now: datetime) -> list[str]:
    """The windows that have begun, without the time of their next look."""
    known = [each for each in windows if each.starts is not None and each.starts <= now]
    return sorted(repr(replace(each, next_look=None)) for each in known)


class CaseHistories(RuleBasedStateMachine):
    """One file, four people, a clock that jumps."""

    @initialize()
    def begin(self) -> None:
        self.office = Office()
        opened = open_case(self.office.context(), IntakeCommand(), FakeFaceReader())
        self.case_id = opened.case.case_id
        self.length = len(self.history())

    @rule(details=lines, actor=actors, ago=delays)
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
        self.nothing_that_fell_due_is_untold()

    def nothing_that_fell_due_is_untold(self) -> None:
        with self.office.open_work() as work:
            stored = work.windows.of_case(self.case_id)
            told = {
                (each.kind, each.subject, each.sequence, each.starts)
                for each in work.alerts.escalations(STATION)
            }
        planned = plan_case_windows(self.history(), now=self.office.now)
        # What begins later is planned when its time comes nearer.
        assert begun(stored, self.office.now) == begun(planned, self.office.now)
        breached = [each for each in stored if each.state is WindowState.BREACHED]
        # Only the newest alerts are listed.
        if len(told) < SHOWN:
            for each in breached:
                assert (each.kind, each.subject or "", each.sequence, each.starts) in told

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

    def history(self) -> tuple[Entry, ...]:
        with self.office.open_work() as work:
            return work.cases.entries(self.case_id)


CaseHistories.TestCase.settings = settings(
    deadline=None,
    stateful_step_count=25,
    suppress_health_check=[HealthCheck.too_slow],
)
TestCaseHistories = CaseHistories.TestCase
