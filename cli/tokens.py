"""`guitu token`: API tokens for scripts."""

from typing import Annotated

import typer

from casework.accounts.own_account import revoke_token, view_own_account
from casework.accounts.user import SessionStage
from casework.clock.station_time import in_station_time
from casework.errors import TemporaryPasswordError
from cli.acting import AsUser, acting
from cli.output import AsJson, print_json, print_words
from cli.own_password import OneTimeCode, OwnPassword
from runtime.container import running
from runtime.settings import Settings
from runtime.sign_in import issue_token, prove

app = typer.Typer(help="访问令牌 · API tokens", no_args_is_help=True)


@app.command("issue")
def issue(
    name: Annotated[str, typer.Argument(help="登录名 · sign-in name")],
    label: Annotated[str, typer.Option("--label", help="用途 · what it is for")] = "命令行",
    password: OwnPassword = "",
    code: OneTimeCode = "",
    as_json: AsJson = False,
) -> None:
    """用本人密码签发访问令牌，只显示一次 · issue a token with one's own password; shown once."""
    with running(Settings()) as services:
        _, stage = prove(services.open_work, services.clock, name, password, code)
        if stage is not SessionStage.OPEN:
            raise TemporaryPasswordError
        secret, token = issue_token(services.open_work, services.clock, name, label)
    if as_json:
        print_json({"token": secret, "expires_at": token.expires_at.isoformat()})
    else:
        print_words(f"{secret}\n请立即保存：令牌只显示这一次，{token.expires_at:%Y-%m-%d} 到期。")


@app.command("list")
def list_tokens(as_user: AsUser = None, as_json: AsJson = False) -> None:
    """列出自己的访问令牌 · one's own tokens."""
    with running(Settings()) as services:
        tokens = view_own_account(acting(services, as_user)).tokens
    rows = [
        {
            "token_id": each.token_id,
            "label": each.label,
            "issued_at": in_station_time(each.issued_at).isoformat(),
            "expires_at": in_station_time(each.expires_at).isoformat(),
            "revoked": each.revoked,
        }
        for each in tokens
    ]
    if as_json:
        print_json(rows)
    else:
        words = (f"{row['token_id']}\t{row['label']}\t{row['expires_at']}" for row in rows)
        print_words("\n".join(words) or "没有访问令牌。")


@app.command("revoke")
def revoke(
    token_id: Annotated[str, typer.Argument(help="guitu token list 列出的编号 · id as listed")],
    as_user: AsUser = None,
) -> None:
    """作废自己的一个访问令牌 · make one of one's own tokens worthless."""
    with running(Settings()) as services:
        revoke_token(acting(services, as_user), token_id)
    print_words("已作废。")
