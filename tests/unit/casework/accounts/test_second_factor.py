from itertools import count

from casework.accounts.one_time_codes import code_at, step_of
from casework.accounts.second_factor import (
    RECOVERY_CODES,
    SecondFactor,
    new_recovery_codes,
    use_code,
    with_recovery,
)
from tests.samples import NOW, minutes

FACTOR = SecondFactor(user_id="u1", key=b"12345678901234567890", confirmed=True)


def random_codes() -> tuple[str, ...]:
    numbers = count()
    return new_recovery_codes(lambda length: next(numbers).to_bytes(length, "big"))


def test_a_code_of_the_phone_is_taken_once() -> None:
    code = code_at(FACTOR.key, step_of(NOW))
    used = use_code(FACTOR, f"{code[:3]} {code[3:]}", NOW)
    assert used is not None
    assert used.version == FACTOR.version + 1
    assert use_code(used, code, NOW) is None
    assert use_code(used, code_at(FACTOR.key, step_of(NOW + minutes(1))), NOW + minutes(1))


def test_a_recovery_code_is_taken_once_however_it_is_typed() -> None:
    codes = random_codes()
    assert len(set(codes)) == RECOVERY_CODES
    factor = with_recovery(FACTOR, codes)
    assert not any(code in repr(factor) for code in codes)
    used = use_code(factor, codes[3].lower().replace("-", " "), NOW)
    assert used is not None
    assert len(used.recovery) == RECOVERY_CODES - 1
    assert use_code(used, codes[3], NOW) is None
    assert use_code(used, codes[4], NOW) is not None


def test_nothing_and_nonsense_are_not_codes() -> None:
    for code in ("", "000", "ABCD-EFGH", "一二三四五六"):
        assert use_code(FACTOR, code, NOW) is None
