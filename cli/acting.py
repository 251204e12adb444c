"""On whose behalf a verb acts: the holder of GUITU_TOKEN, or `--as USER` in a demo workspace."""

from typing import Annotated

import typer

from casework.accounts.access import Actor
from casework.accounts.keeping import actor_named
from casework.context import Context
from casework.errors import BadInputError, NotSignedInError
from runtime.container import Services
from runtime.sign_in import token_actor

AsUser = Annotated[
    str | None,
    typer.Option("--as", metavar="USER", help="以演示账号执行，仅限演示环境 · demo workspace only"),
]
#: What a deed rests on: it is refused when somebody else was quicker.
SeenVersion = Annotated[
    int | None, typer.Option("--version", help="所见版本，缺省取当前 · version you saw")
]


def acting(services: Services, as_user: str | None) -> Context:
    """The context of the user on whose behalf this command runs.

    Raises:
        NotSignedInError: no token, or one that is not valid.
        BadInputError: `--as` outside a demo workspace, or an unknown name.
    """
    actor = _demo_actor(services, as_user) if as_user else _token_actor(services)
    return services.context(actor)


def _demo_actor(services: Services, name: str) -> Actor:
    if not services.is_demo():
        raise BadInputError("--as 只能在演示环境里用；请设置环境变量 GUITU_TOKEN。")
    actor = actor_named(services.open_work, name)
    if actor is None:
        raise BadInputError("没有这个演示账号；可用的账号见 guitu demo 的输出。")
    return actor


def _token_actor(services: Services) -> Actor:
    secret = services.settings.token.get_secret_value()
    if not secret:
        raise NotSignedInError(
            "请先设置 GUITU_TOKEN（用 guitu token issue 签发），演示环境可用 --as 用户名。"
        )
    return token_actor(services.open_work, services.clock, secret)
