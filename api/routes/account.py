"""One's own account in the JSON API."""

import secrets

from fastapi import APIRouter

from api.account_schemas import (
    CodeIn,
    FactorKeyOut,
    PasswordChangeIn,
    PasswordIn,
    RecoveryCodesOut,
    SessionOut,
    TokenOut,
)
from api.auth import ApiContext
from casework.accounts.one_time_codes import key_address, key_text
from casework.accounts.own_account import (
    PasswordChange,
    change_password,
    end_session,
    revoke_token,
    view_own_account,
)
from casework.accounts.own_second_factor import (
    begin_second_factor,
    confirm_second_factor,
    drop_second_factor,
    renew_recovery_codes,
)
from runtime.passwords import Argon2Passwords

router = APIRouter(prefix="/account", tags=["account"])


@router.put("/password", status_code=204, operation_id="change_password", summary="修改自己的密码")
def put_password(context: ApiContext, asked: PasswordChangeIn) -> None:
    """Another password; every browser session ends, tokens stay."""
    change = PasswordChange(current=asked.current, new=asked.new)
    change_password(context, Argon2Passwords(), change, session=None)


@router.get("/sessions", operation_id="list_sessions", summary="自己登录中的设备")
def read_sessions(context: ApiContext) -> list[SessionOut]:
    """One's own sessions, the one seen last first."""
    return [SessionOut.of(each) for each in view_own_account(context).sessions]


@router.delete(
    "/sessions/{session_id}", status_code=204, operation_id="end_session", summary="结束一个登录"
)
def delete_session(context: ApiContext, session_id: str) -> None:
    """End one of one's own sessions."""
    end_session(context, session_id)


@router.get("/tokens", operation_id="list_tokens", summary="自己的访问令牌")
def read_tokens(context: ApiContext) -> list[TokenOut]:
    """One's own tokens, newest first."""
    return [TokenOut.of(each) for each in view_own_account(context).tokens]


@router.delete(
    "/tokens/{token_id}", status_code=204, operation_id="revoke_token", summary="作废一个访问令牌"
)
def delete_token(context: ApiContext, token_id: str) -> None:
    """Make one of one's own tokens worthless."""
    revoke_token(context, token_id)


@router.post("/second-factor", operation_id="begin_factor", summary="取得手机验证器的密钥")
def begin(context: ApiContext, asked: PasswordIn) -> FactorKeyOut:
    """A key for the phone; in force only once a code was shown."""
    keeper = Argon2Passwords()
    factor = begin_second_factor(context, keeper, asked.password, secrets.token_bytes)
    address = key_address(factor.key, context.actor.name)
    return FactorKeyOut(key=key_text(factor.key), address=address)


@router.post("/second-factor/confirm", operation_id="confirm_factor", summary="开启两步验证")
def confirm(context: ApiContext, asked: CodeIn) -> RecoveryCodesOut:
    """Put the factor in force; the recovery codes are told this once."""
    codes = confirm_second_factor(context, asked.code, secrets.token_bytes)
    return RecoveryCodesOut(codes=list(codes))


@router.post("/second-factor/recovery", operation_id="renew_recovery", summary="换一批备用码")
def renew(context: ApiContext, asked: PasswordIn) -> RecoveryCodesOut:
    """Fresh recovery codes in place of all earlier ones."""
    keeper = Argon2Passwords()
    codes = renew_recovery_codes(context, keeper, asked.password, secrets.token_bytes)
    return RecoveryCodesOut(codes=list(codes))


@router.post(
    "/second-factor/drop", status_code=204, operation_id="drop_factor", summary="关闭两步验证"
)
def drop(context: ApiContext, asked: PasswordIn) -> None:
    """Back to the password alone."""
    drop_second_factor(context, Argon2Passwords(), asked.password)
