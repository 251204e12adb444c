"""Accounts in the JSON API, for administrators."""

from fastapi import APIRouter

from api.account_schemas import AccountIn, AccountOut, NewAccountIn, TemporaryPasswordOut
from api.auth import ApiContext
from api.temporary_passwords import add_with_temporary, reset_to_temporary
from casework.accounts.managing import (
    change_account,
    disable_account,
    enable_account,
    list_accounts,
    reset_second_factor,
    view_account,
)

router = APIRouter(prefix="/users", tags=["users"])


@router.get("", operation_id="list_users", summary="全部账号")
def read_users(context: ApiContext) -> list[AccountOut]:
    """Every account by name."""
    return [AccountOut.of(row) for row in list_accounts(context)]


@router.post("", status_code=201, operation_id="add_user", summary="添加账号")
def add_user(context: ApiContext, wanted: NewAccountIn) -> TemporaryPasswordOut:
    """Make an account with a temporary password, told this once."""
    user, password = add_with_temporary(context, wanted.name, wanted.change())
    return TemporaryPasswordOut(user_id=user.user_id, password=password)


@router.get("/{user_id}", operation_id="read_user", summary="一个账号")
def read_user(context: ApiContext, user_id: str) -> AccountOut:
    """One account."""
    return AccountOut.of(view_account(context, user_id))


@router.put("/{user_id}", operation_id="change_user", summary="修改账号")
def put_user(context: ApiContext, user_id: str, wanted: AccountIn) -> AccountOut:
    """Other roles, station, name or dialects."""
    change_account(context, user_id, wanted.change())
    return AccountOut.of(view_account(context, user_id))


@router.post("/{user_id}/disable", status_code=204, operation_id="disable_user", summary="停用账号")
def disable(context: ApiContext, user_id: str) -> None:
    """Shut an account; its sessions end at once."""
    disable_account(context, user_id)


@router.post("/{user_id}/enable", status_code=204, operation_id="enable_user", summary="启用账号")
def enable(context: ApiContext, user_id: str) -> None:
    """Open a shut account again."""
    enable_account(context, user_id)


@router.post("/{user_id}/password", operation_id="reset_user_password", summary="重设为临时密码")
def reset(context: ApiContext, user_id: str) -> TemporaryPasswordOut:
    """A temporary password, told this once; sessions end and tokens are revoked."""
    user, password = reset_to_temporary(context, user_id)
    return TemporaryPasswordOut(user_id=user.user_id, password=password)


@router.delete(
    "/{user_id}/second-factor",
    status_code=204,
    operation_id="reset_user_factor",
    summary="手机丢失时关闭两步验证",
)
def reset_factor(context: ApiContext, user_id: str) -> None:
    """Back to the password alone; sessions end."""
    reset_second_factor(context, user_id)
