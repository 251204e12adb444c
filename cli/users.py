"""`guitu user`: accounts."""

from typing import Annotated, Any

import typer

from casework.accounts.access import Role
from casework.accounts.keeping import NewAccount, add_account, first_account
from casework.accounts.managing import (
    AccountChange,
    AccountRow,
    change_account,
    disable_account,
    enable_account,
    list_accounts,
    reset_password,
    reset_second_factor,
)
from casework.accounts.own_account import PasswordChange, change_password
from casework.accounts.user import User
from casework.context import Context
from casework.errors import NotFoundError
from cli.acting import AsUser, acting
from cli.output import AsJson, print_json, print_words
from cli.own_password import NewPassword, OneTimeCode, OwnPassword
from runtime.container import Services, running
from runtime.passwords import Argon2Passwords, hash_password, temporary_password
from runtime.settings import Settings
from runtime.sign_in import prove

app = typer.Typer(help="账号 · accounts", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="登录名 · sign-in name")]


@app.command("add")
def add(
    name: Name,
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
        password_hash=hash_password(password, name, display_name),
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


@app.command("list")
def list_users(as_user: AsUser = None, as_json: AsJson = False) -> None:
    """列出全部账号 · every account."""
    with running(Settings()) as services:
        rows = [_row(each) for each in list_accounts(acting(services, as_user))]
    if as_json:
        print_json(rows)
    else:
        print_words("\n".join(_line(row) for row in rows))


@app.command("change")
def change(
    name: Name,
    role: Annotated[
        list[Role] | None, typer.Option("--role", help="改为这些角色 · these roles instead")
    ] = None,
    station: Annotated[str | None, typer.Option("--station", help="所属站或单位 · station")] = None,
    display_name: Annotated[str | None, typer.Option("--display-name", help="显示姓名")] = None,
    dialect: Annotated[
        list[str] | None, typer.Option("--dialect", help="听得懂的方言区 · dialect groups")
    ] = None,
    as_user: AsUser = None,
) -> None:
    """改账号的角色、单位、姓名或方言；没写的不变 · change an account; what is left out stays."""
    with running(Settings()) as services:
        context = acting(services, as_user)
        user = _named(context, name)
        wanted = AccountChange(
            display_name=user.display_name if display_name is None else display_name,
            roles=user.roles if role is None else frozenset(role),
            station=user.station if station is None else station,
            dialects=user.dialects if dialect is None else frozenset(dialect),
        )
        change_account(context, user.user_id, wanted)
    print_words(f"已修改 {name}。")


@app.command("disable")
def disable(name: Name, as_user: AsUser = None) -> None:
    """停用账号，登录立即结束 · shut an account; its sessions end at once."""
    with running(Settings()) as services:
        context = acting(services, as_user)
        disable_account(context, _named(context, name).user_id)
    print_words(f"已停用 {name}。")


@app.command("enable")
def enable(name: Name, as_user: AsUser = None) -> None:
    """重新启用账号 · open a shut account again."""
    with running(Settings()) as services:
        context = acting(services, as_user)
        enable_account(context, _named(context, name).user_id)
    print_words(f"已启用 {name}。")


@app.command("reset-password")
def reset(name: Name, as_user: AsUser = None, as_json: AsJson = False) -> None:
    """重设为临时密码，只显示一次；本人登录后必须改掉 · a temporary password, shown once."""
    password = temporary_password()
    with running(Settings()) as services:
        context = acting(services, as_user)
        user_id = _named(context, name).user_id
        reset_password(context, user_id, hash_password(password))
    if as_json:
        print_json({"name": name, "password": password})
    else:
        print_words(f"{password}\n请当面交给本人：只显示这一次，登录后必须改成自己的密码。")


@app.command("reset-code")
def reset_code(name: Name, as_user: AsUser = None) -> None:
    """手机丢失时关闭两步验证 · switch the second factor off, for a lost phone."""
    with running(Settings()) as services:
        context = acting(services, as_user)
        reset_second_factor(context, _named(context, name).user_id)
    print_words(f"{name} 的两步验证已关闭，请提醒本人重新开启。")


@app.command("password")
def own_password(
    name: Name, password: OwnPassword = "", new: NewPassword = "", code: OneTimeCode = ""
) -> None:
    """改自己的密码，其他登录全部结束 · change one's own password; other sessions end."""
    with running(Settings()) as services:
        actor, _ = prove(services.open_work, services.clock, name, password, code)
        wanted = PasswordChange(current=password, new=new)
        change_password(services.context(actor), Argon2Passwords(), wanted, session=None)
    print_words("密码已修改。")


def _named(context: Context, name: str) -> User:
    for row in list_accounts(context):
        if row.user.name == name:
            return row.user
    raise NotFoundError("没有这个用户，请先用 guitu user list 查看。")


def _row(row: AccountRow) -> dict[str, Any]:
    user = row.user
    return {
        "user_id": user.user_id,
        "name": user.name,
        "display_name": user.display_name,
        "roles": sorted(user.roles),
        "station": user.station,
        "dialects": sorted(user.dialects),
        "disabled": user.disabled,
        "password_is_temporary": user.password_is_temporary,
        "has_second_factor": row.has_factor,
    }


def _line(row: dict[str, Any]) -> str:
    state = "已停用" if row["disabled"] else "启用"
    return (
        f"{row['name']}\t{row['display_name']}\t{','.join(row['roles'])}\t{row['station']}\t{state}"
    )
