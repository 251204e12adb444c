"""Passwords on the command line: asked for without showing them, or given by a script."""

from typing import Annotated

import typer

OwnPassword = Annotated[
    str,
    typer.Option(
        "--password",
        envvar="GUITU_PASSWORD",
        prompt="密码（不显示）",
        hide_input=True,
        help="本人密码 · the user's own password",
    ),
]
NewPassword = Annotated[
    str,
    typer.Option(
        "--new-password",
        envvar="GUITU_NEW_PASSWORD",
        prompt="新密码（不显示）",
        hide_input=True,
        confirmation_prompt=True,
        help="省略则安全输入 · asked for when left out",
    ),
]
OneTimeCode = Annotated[
    str, typer.Option("--code", help="开启两步验证的账号填动态码 · one-time code, where set up")
]
