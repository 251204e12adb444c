from dataclasses import replace

import pytest

from casework.accounts.one_time_codes import code_at, step_of
from casework.accounts.own_account import view_own_account
from casework.accounts.own_second_factor import (
    begin_second_factor,
    begun_second_factor,
    confirm_second_factor,
    drop_second_factor,
    renew_recovery_codes,
)
from casework.errors import BadInputError, TransitionRefusedError
from tests.office import Office
from tests.plain_passwords import PlainPasswords, counted_bytes
from tests.samples import a_user

PASSWORD = "the current one"
KEEPER = PlainPasswords()


@pytest.fixture
def office() -> Office:
    office = Office()
    with office.open_work() as work:
        work.users.add(replace(a_user(name="name-u1"), password_hash=KEEPER.hash(PASSWORD)))
        work.commit()
    return office


def switch_on(office: Office) -> tuple[str, ...]:
    factor = begin_second_factor(office.context(), KEEPER, PASSWORD, counted_bytes)
    code = code_at(factor.key, step_of(office.now))
    return confirm_second_factor(office.context(), code, counted_bytes)


def is_confirmed(office: Office) -> bool:
    with office.open_work() as work:
        return "u1" in work.sign_ins.confirmed_factors()


def test_it_is_in_force_only_after_the_phone_has_shown_a_code(office: Office) -> None:
    factor = begin_second_factor(office.context(), KEEPER, PASSWORD, counted_bytes)
    assert begun_second_factor(office.context()) == factor
    assert not is_confirmed(office)
    with pytest.raises(BadInputError, match="动态码不对"):
        confirm_second_factor(office.context(), "000000", counted_bytes)
    assert not is_confirmed(office)
    confirm_second_factor(office.context(), code_at(factor.key, step_of(office.now)), counted_bytes)
    assert is_confirmed(office)
    assert office.trail() == ["factor.begin", "factor.confirm"]


def test_beginning_again_makes_another_key_until_one_is_in_force(office: Office) -> None:
    begin_second_factor(office.context(), KEEPER, PASSWORD, counted_bytes)
    other = begin_second_factor(office.context(), KEEPER, PASSWORD, lambda n: b"x" * n)
    assert begun_second_factor(office.context()).key == other.key
    switch_on(office)
    for again in (lambda: switch_on(office), lambda: begun_second_factor(office.context())):
        with pytest.raises(TransitionRefusedError):
            again()


def test_recovery_codes_are_renewed_and_the_factor_dropped_with_the_password(
    office: Office,
) -> None:
    before = switch_on(office)
    renewed = renew_recovery_codes(office.context(), KEEPER, PASSWORD, lambda n: b"z" * n)
    assert set(renewed).isdisjoint(before)
    with pytest.raises(BadInputError):
        drop_second_factor(office.context(), KEEPER, "wrong")
    assert is_confirmed(office)
    drop_second_factor(office.context(), KEEPER, PASSWORD)
    assert view_own_account(office.context()).factor is None


def test_there_are_no_recovery_codes_without_a_factor(office: Office) -> None:
    with pytest.raises(TransitionRefusedError):
        renew_recovery_codes(office.context(), KEEPER, PASSWORD, counted_bytes)
    with pytest.raises(TransitionRefusedError):
        begun_second_factor(office.context())
