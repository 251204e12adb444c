import sys
import time

from casework.jobs.job import Queue
from workers.child import Child, ChildPlan, end_all
from workers.supervisor import plans


def test_each_queue_has_a_process_of_its_own_and_only_beat_serves_the_clock() -> None:
    served = plans(has_broker=True)
    assert sorted(queues for queues in served.values() if queues) == sorted(
        (queue,) for queue in Queue
    )
    workers = [plan.command for plan, queues in served.items() if queues]
    assert all("--concurrency=1" in command for command in workers)
    assert [plan.name for plan, queues in served.items() if not queues] == ["beat"]


def test_without_a_broker_one_process_serves_every_queue() -> None:
    ((_, queues),) = plans(has_broker=False).items()
    assert set(queues) == set(Queue)


def test_a_child_is_started_once_killed_with_its_group_and_started_again() -> None:
    child = Child(ChildPlan(name="sleeper", command=(sys.executable, "-c", "input()")))
    try:
        assert child.start_if_down()
        first = child.pid
        assert not child.start_if_down()
        child.restart()
        assert child.pid not in {first, None}
    finally:
        child.kill()
    # It ended only just now: it is not started again at once.
    assert not child.start_if_down()
    assert child.pid is None


def test_children_that_do_not_stop_in_time_are_killed() -> None:
    stubborn = "import signal, time; signal.signal(15, signal.SIG_IGN); time.sleep(60)"
    child = Child(ChildPlan(name="stubborn", command=(sys.executable, "-c", stubborn)))
    child.start_if_down()
    begun = time.monotonic()
    end_all([child], 0.3)
    assert child.pid is None
    assert time.monotonic() - begun < 30
