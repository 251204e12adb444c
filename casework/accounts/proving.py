"""Asking for the password again: before an account is changed, whoever sits there proves who they are."""

from datetime import timedelta

from casework.accounts.ports import PasswordKeeper
from casework.accounts.sign_in_tries import (
    FORGOTTEN_AFTER,
    Tries,
    name_fingerprint,
    next_try,
    too_many,
)
from casework.accounts.user import User
from casework.context import Context
from casework.errors import BadInputError
from casework.ports import Clock, OpenWork


def count_try(open_work: OpenWork, clock: Clock, name: str) -> Tries:
    """Count a try of a sign-in name before it is made; what is long past is forgotten.

    Raises:
        TooManyTriesError: it comes too soon after wrong ones.
    """
    now = clock()
    with open_work() as work:
        work.sign_ins.forget_tries_before(now - FORGOTTEN_AFTER)
        tries = next_try(work.sign_ins.tries(name_fingerprint(name)), name, now)
        if not work.sign_ins.put_tries(tries):
            # Another try with the same count got in first: whoever guesses in parallel waits too.
            raise too_many(timedelta(0))
        work.commit()
    return tries


def prove_password(context: Context, keeper: PasswordKeeper, password: str) -> User:
    """The actor's own account, once its password was given again.

    Raises:
        BadInputError: not the password.
        TooManyTriesError: wrong too often.
    """
    count_try(context.open_work, context.clock, context.actor.name)
    with context.open_work() as work:
        user = work.users.get(context.actor.user_id)
        if not keeper.verify(password, user.password_hash):
            context.trace(work, "password.refused", f"user:{user.user_id}")
            work.commit()
            raise BadInputError("现用密码不对，请重新输入。")
        work.sign_ins.forget_tries(name_fingerprint(user.name))
        work.commit()
    return user
