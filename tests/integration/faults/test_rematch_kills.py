"""A run of re-matching whose workers are killed ends as one that was left in peace."""

import os
import signal
import time
from pathlib import Path

import pytest

from casework.accounts.access import Role
from casework.rematch.orders import RunView, order_run, view_run
from casework.rematch.runs import Depth, RematchOrder, RunState
from tests.integration.faults.station import Station, judge, station, wait_until
from tests.integration.faults.test_kills import worker_pids
from tests.samples import STATION, an_actor

pytestmark = pytest.mark.integration
RESIDENTS = 8
#: After a third death the job would be put aside.
KILLS = 2
EVERYTHING = RematchOrder(station=STATION, depth=Depth.EVERYTHING)


def run_of(office: Station, run_id: str) -> RunView:
    return view_run(office.services.context(an_actor(Role.SPECIALIST)), run_id)


def test_a_run_goes_on_after_every_kill_and_doubles_nothing(tmp_path: Path) -> None:
    with station(tmp_path, full=False) as office:
        for _ in range(RESIDENTS):
            office.take_in()
        office.drain()
        view = order_run(office.services.context(an_actor(Role.SPECIALIST)), EVERYTHING)
        for _ in range(KILLS):
            wait_until(lambda: bool(worker_pids(office)), 30)
            time.sleep(1.0)
            for pid in worker_pids(office):
                os.kill(pid, signal.SIGKILL)
        wait_until(lambda: run_of(office, view.run.run_id).run.state is RunState.DONE, 120)
        office.drain()
        done = run_of(office, view.run.run_id)
        assert done.progress.scored == done.progress.cases == RESIDENTS
        assert judge(office).lost == judge(office).doubled == 0
        with office.services.open_work() as work:
            actions = [row.entry.action for row in work.audit.rows()]
        assert actions.count("rematch.done") == actions.count("rematch.begin")
