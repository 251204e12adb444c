"""`guitu user`: accounts."""

from typing import Annotated

import typer

from casework.access import Role
from casework.accounts import NewAccount, add_account, first_account
from casework.users import User
from cli.acting import AsUser, acting
from cli.output import AsJson, print_json, print_words
from runtime.container import Services, running
from runtime.settings import Settings
from runtime.sign_in import hash_password

app = typer.Typer(help="账号 · accounts", no_args_is_help=True)


@app.command("add")
def add(
    name: Annotated[str, typer.Argument(help="登录名 · sign-in name")],
    role: Annotated[list[Role], typer.Option("--role", help="角色，可重复 · role, repeatable")],
    station: Annotated[str, typer.Option("--station", help="所属站或单位 · station or agency")],
    display_name: Annotated[str, typer.Option("--display-name", help="显示姓名 · shown name")] = "",
    dialect: Annotated[
        list[str] | None,
        typer.Option("--dialect", help="听得懂的方言区，可重复 · dialect group, repeatable"),
    ] = None,
    password: Annotated[
        str,
        typer.Option(
            "--password",
            envvar="GUITU_NEW_PASSWORD",
            prompt="密码（不显示）",
            hide_input=True,
            confirmation_prompt=True,
            help="省略则安全输入 · asked for when left out",
        ),
    ] = "",
    as_user: AsUser = None,
    as_json: AsJson = False,
) -> None:
    """添加用户；空环境里的第一个账号不需要登录 · add a user; the first one needs no sign-in."""
    account = NewAccount(
        name=name,
        display_name=display_name,
        roles=frozenset(role),
        station=station,
        password_hash=hash_password(password),
        dialects=frozenset(dialect or ()),
    )
    with running(Settings()) as services:
        user = _add(services, account, as_user)
    if as_json:
        print_json({"user_id": user.user_id, "name": user.name, "roles": sorted(user.roles)})
    else:
        print_words(f"已添加用户 {user.name}。")


def _add(services: Services, account: NewAccount, as_user: str | None) -> User:
    with services.open_work() as work:
        is_empty = not work.users.all_users()
    if is_empty:
        return first_account(services.open_work, services.clock, services.new_id, account)
    return add_account(acting(services, as_user), account)
