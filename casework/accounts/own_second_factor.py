"""Turning one's own second factor on and off: nothing is in force before the phone has shown a code."""

from dataclasses import replace

from casework.accounts.one_time_codes import KEY_BYTES
from casework.accounts.ports import PasswordKeeper, RandomBytes
from casework.accounts.proving import count_try, prove_password
from casework.accounts.second_factor import (
    SecondFactor,
    new_recovery_codes,
    use_code,
    with_recovery,
)
from casework.accounts.sign_in_tries import name_fingerprint
from casework.context import Context
from casework.errors import BadInputError, StaleVersionError, TransitionRefusedError
from casework.ports import UnitOfWork


def begin_second_factor(
    context: Context, keeper: PasswordKeeper, password: str, random_bytes: RandomBytes
) -> SecondFactor:
    """Make a key for the phone; an unfinished earlier one is replaced.

    Raises:
        BadInputError: not the password.
        TooManyTriesError: wrong too often.
        TransitionRefusedError: a second factor is in force already.
    """
    user = prove_password(context, keeper, password)
    factor = SecondFactor(user_id=user.user_id, key=random_bytes(KEY_BYTES))
    with context.open_work() as work:
        _refuse_confirmed(work.sign_ins.second_factor(user.user_id))
        work.sign_ins.drop_second_factor(user.user_id)
        work.sign_ins.put_second_factor(factor)
        context.trace(work, "factor.begin", f"user:{user.user_id}")
        work.commit()
    return factor


def begun_second_factor(context: Context) -> SecondFactor:
    """The key that the phone is to take over.

    Raises:
        TransitionRefusedError: nothing was begun, or it is in force already.
    """
    with context.open_work() as work:
        return _begun(work, context.actor.user_id)


def confirm_second_factor(
    context: Context, code: str, random_bytes: RandomBytes
) -> tuple[str, ...]:
    """Put the factor in force with the first code of the phone; returns the recovery codes.

    Raises:
        BadInputError: not the code of this moment.
        TooManyTriesError: wrong too often.
        TransitionRefusedError: nothing was begun, or it is in force already.
    """
    count_try(context.open_work, context.clock, context.actor.name)
    codes = new_recovery_codes(random_bytes)
    with context.open_work() as work:
        factor = _begun(work, context.actor.user_id)
        used = use_code(factor, code, context.clock())
        if used is None:
            raise BadInputError("动态码不对：请核对手机时间，输入当前显示的 6 位数字。")
        _put(work, with_recovery(replace(used, confirmed=True), codes))
        work.sign_ins.forget_tries(name_fingerprint(context.actor.name))
        context.trace(work, "factor.confirm", f"user:{factor.user_id}")
        work.commit()
    return codes


def renew_recovery_codes(
    context: Context, keeper: PasswordKeeper, password: str, random_bytes: RandomBytes
) -> tuple[str, ...]:
    """Fresh recovery codes in place of all earlier ones.

    Raises:
        BadInputError: not the password.
        TooManyTriesError: wrong too often.
        TransitionRefusedError: no second factor is in force.
    """
    user = prove_password(context, keeper, password)
    codes = new_recovery_codes(random_bytes)
    with context.open_work() as work:
        factor = work.sign_ins.second_factor(user.user_id)
        if factor is None or not factor.confirmed:
            raise TransitionRefusedError("还没有开启两步验证。")
        _put(work, with_recovery(factor, codes))
        context.trace(work, "factor.recovery", f"user:{user.user_id}")
        work.commit()
    return codes


def drop_second_factor(context: Context, keeper: PasswordKeeper, password: str) -> None:
    """Back to the password alone.

    Raises:
        BadInputError: not the password.
        TooManyTriesError: wrong too often.
    """
    user = prove_password(context, keeper, password)
    with context.open_work() as work:
        work.sign_ins.drop_second_factor(user.user_id)
        context.trace(work, "factor.drop", f"user:{user.user_id}")
        work.commit()


def _begun(work: UnitOfWork, user_id: str) -> SecondFactor:
    factor = work.sign_ins.second_factor(user_id)
    if factor is None:
        raise TransitionRefusedError("请先点“开启两步验证”。")
    _refuse_confirmed(factor)
    return factor


def _refuse_confirmed(factor: SecondFactor | None) -> None:
    if factor is not None and factor.confirmed:
        raise TransitionRefusedError("两步验证已经开启；要换手机，请先关闭再重新开启。")


def _put(work: UnitOfWork, factor: SecondFactor) -> None:
    if not work.sign_ins.put_second_factor(factor):
        raise StaleVersionError("两步验证刚在别处改过，请刷新后再试。")
