from casework.jobs.job import FIRST_PAUSE, LONGEST_WAIT, MOST_FAILURES
from runtime.broker import broker_app
from runtime.job_limits import HARD_LIMIT, SOFT_LIMIT, VISIBILITY
from storage.outbox import LEASE


def test_each_limit_lies_inside_the_next() -> None:
    assert SOFT_LIMIT < HARD_LIMIT < LEASE.total_seconds() < VISIBILITY / 2


def test_messages_survive_the_death_of_their_worker_and_carry_no_results() -> None:
    conf = broker_app("redis://nowhere").conf
    assert conf.task_acks_late
    assert conf.task_reject_on_worker_lost
    assert conf.task_ignore_result
    assert conf.worker_prefetch_multiplier == 1
    assert conf.task_time_limit == HARD_LIMIT
    assert conf.broker_transport_options["visibility_timeout"] == VISIBILITY


def test_beat_only_sweeps() -> None:
    schedule = broker_app("redis://nowhere").conf.beat_schedule
    assert [each["task"] for each in schedule.values()] == ["guitu.sweep"]


def test_nothing_waits_for_longer_than_what_shows_that_a_clock_was_set_back() -> None:
    longest_pause = FIRST_PAUSE * 4 ** (MOST_FAILURES - 2)
    assert max(LEASE, longest_pause) < LONGEST_WAIT
