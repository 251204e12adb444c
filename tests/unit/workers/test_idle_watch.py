from datetime import timedelta

from casework.jobs.job import Backlog, Queue
from tests.samples import NOW, minutes
from workers.idle_watch import IdleWatch


def a_backlog(*, waiting: bool, held: int = 0) -> Backlog:
    return Backlog(
        queue=Queue.TEXT,
        pending=1,
        held=held,
        given_up=0,
        oldest_waiting=NOW if waiting else None,
    )


def test_a_queue_with_work_and_nobody_at_it_is_reported_after_the_patience() -> None:
    watch = IdleWatch(timedelta(minutes=2))
    assert watch.look([a_backlog(waiting=True)], NOW) == frozenset()
    assert watch.look([a_backlog(waiting=True)], NOW + minutes(1)) == frozenset()
    assert watch.look([a_backlog(waiting=True)], NOW + minutes(2)) == {Queue.TEXT}


def test_a_restarted_queue_gets_its_time_again() -> None:
    watch = IdleWatch(timedelta(minutes=2))
    watch.look([a_backlog(waiting=True)], NOW)
    watch.look([a_backlog(waiting=True)], NOW + minutes(2))
    assert watch.look([a_backlog(waiting=True)], NOW + minutes(3)) == frozenset()
    assert watch.look([a_backlog(waiting=True)], NOW + minutes(5)) == {Queue.TEXT}


def test_busy_or_empty_queues_are_left_alone() -> None:
    for seen in (a_backlog(waiting=True, held=1), a_backlog(waiting=False)):
        watch = IdleWatch(timedelta(minutes=2))
        watch.look([a_backlog(waiting=True)], NOW)
        watch.look([seen], NOW + minutes(1))
        assert watch.look([a_backlog(waiting=True)], NOW + minutes(2)) == frozenset()
