from datetime import timedelta

import pytest

from casework.accounts.proving import count_try
from casework.accounts.sign_in_tries import FORGOTTEN_AFTER, FREE, LONGEST_PAUSE, Tries, next_try
from casework.errors import TooManyTriesError
from tests.office import Office
from tests.samples import NOW, minutes


def tried(count: int) -> Tries:
    return Tries(name_sha256="0" * 64, count=count, last_at=NOW)


def test_the_first_tries_are_free_and_then_each_waits_twice_as_long() -> None:
    assert next_try(None, "wangfang", NOW).count == 1
    assert next_try(tried(FREE - 1), "wangfang", NOW).count == FREE
    for count, pause in ((FREE, 1), (FREE + 1, 2), (FREE + 2, 4), (FREE + 3, 8), (FREE + 4, 15)):
        with pytest.raises(TooManyTriesError, match=f"约 {pause} 分钟"):
            next_try(tried(count), "wangfang", NOW)
        almost = NOW + minutes(pause) - timedelta(seconds=1)
        with pytest.raises(TooManyTriesError, match="约 1 分钟"):
            next_try(tried(count), "wangfang", almost)
        assert next_try(tried(count), "wangfang", NOW + minutes(pause)).count == count + 1


def test_no_pause_is_longer_than_the_longest() -> None:
    assert next_try(tried(10**6), "wangfang", NOW + LONGEST_PAUSE).count == 10**6 + 1


def test_the_name_is_not_kept_because_it_may_be_a_password() -> None:
    assert "my secret" not in repr(next_try(None, "my secret", NOW))


def test_tries_are_counted_across_requests_and_forgotten_after_a_quiet_day() -> None:
    office = Office()
    for number in range(1, FREE + 1):
        assert count_try(office.open_work, office.clock, "wangfang").count == number
    with pytest.raises(TooManyTriesError):
        count_try(office.open_work, office.clock, "wangfang")
    assert count_try(office.open_work, office.clock, "chenxia").count == 1
    office.now += FORGOTTEN_AFTER + minutes(1)
    assert count_try(office.open_work, office.clock, "wangfang").count == 1


def test_a_refused_try_does_not_lengthen_the_pause() -> None:
    office = Office()
    for _ in range(FREE):
        count_try(office.open_work, office.clock, "wangfang")
    for _ in range(20):
        with pytest.raises(TooManyTriesError):
            count_try(office.open_work, office.clock, "wangfang")
    office.now += minutes(1)
    assert count_try(office.open_work, office.clock, "wangfang").count == FREE + 1
