from datetime import UTC, datetime

import pytest

from casework.accounts.one_time_codes import code_at, key_address, key_text, matching_step, step_of
from tests.samples import NOW, minutes

#: The key of the RFC's appendices.
KEY = b"12345678901234567890"


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "287082"),
        (1111111109, "081804"),
        (1111111111, "050471"),
        (1234567890, "005924"),
        (2000000000, "279037"),
        (20000000000, "353130"),
    ],
)
def test_the_codes_are_those_of_rfc_6238(seconds: int, code: str) -> None:
    step = step_of(datetime.fromtimestamp(seconds, UTC))
    assert code_at(KEY, step) == code


def test_a_code_holds_for_its_step_and_the_two_beside_it() -> None:
    step = step_of(NOW)
    assert matching_step(KEY, code_at(KEY, step), NOW, after=0) == step
    assert matching_step(KEY, code_at(KEY, step - 1), NOW, after=0) == step - 1
    assert matching_step(KEY, code_at(KEY, step + 1), NOW, after=0) == step + 1
    assert matching_step(KEY, code_at(KEY, step), NOW + minutes(2), after=0) is None


def test_a_code_is_not_taken_after_it_or_a_later_one_was_used() -> None:
    step = step_of(NOW)
    assert matching_step(KEY, code_at(KEY, step), NOW, after=step) is None
    assert matching_step(KEY, code_at(KEY, step - 1), NOW, after=step) is None


def test_a_code_in_full_width_digits_is_no_code() -> None:
    assert matching_step(KEY, "１２３４５６", NOW, after=0) is None


def test_the_phone_gets_the_key_in_base32() -> None:
    assert key_text(KEY) == "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    assert key_address(KEY, "王芳") == (
        "otpauth://totp/Guitu:%E7%8E%8B%E8%8A%B3?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Guitu"
    )
