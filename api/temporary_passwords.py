"""Accounts that begin, or begin again, with a password that is shown once."""

from casework.accounts.keeping import NewAccount, add_account
from casework.accounts.managing import AccountChange, reset_password
from casework.accounts.user import User
from casework.context import Context
from runtime.passwords import hash_password, temporary_password


def add_with_temporary(context: Context, name: str, wanted: AccountChange) -> tuple[User, str]:
    """Make an account; returns it and the password that its owner has to change.

    Raises:
        NotPermittedError: only administrators may.
        BadInputError: the name is taken or the account is incomplete.
    """
    password = temporary_password()
    account = NewAccount(
        name=name,
        display_name=wanted.display_name,
        roles=wanted.roles,
        station=wanted.station,
        password_hash=hash_password(password),
        dialects=wanted.dialects,
        password_is_temporary=True,
    )
    return add_account(context, account), password


def reset_to_temporary(context: Context, user_id: str) -> tuple[User, str]:
    """Give an account a temporary password.

    Raises:
        NotPermittedError: only administrators may.
        NotFoundError: no such account.
    """
    password = temporary_password()
    return reset_password(context, user_id, hash_password(password)), password
