"""`guitu token`: API tokens for scripts."""

from typing import Annotated

import typer

from cli.output import AsJson, print_json, print_words
from runtime.container import running
from runtime.settings import Settings
from runtime.sign_in import issue_token, sign_in

app = typer.Typer(help="访问令牌 · API tokens", no_args_is_help=True)


@app.command("issue")
def issue(
    name: Annotated[str, typer.Argument(help="登录名 · sign-in name")],
    label: Annotated[str, typer.Option("--label", help="用途 · what it is for")] = "命令行",
    password: Annotated[
        str,
        typer.Option(
            "--password",
            envvar="GUITU_PASSWORD",
            prompt="密码（不显示）",
            hide_input=True,
            help="本人密码 · the user's own password",
        ),
    ] = "",
    as_json: AsJson = False,
) -> None:
    """用本人密码签发访问令牌，只显示一次 · issue a token with one's own password; shown once."""
    with running(Settings()) as services:
        sign_in(services.open_work, services.clock, name, password)
        secret, token = issue_token(services.open_work, services.clock, name, label)
    if as_json:
        print_json({"token": secret, "expires_at": token.expires_at.isoformat()})
    else:
        print_words(f"{secret}\n请立即保存：令牌只显示这一次，{token.expires_at:%Y-%m-%d} 到期。")
