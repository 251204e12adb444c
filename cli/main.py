"""The `guitu` command: one typer app, one file per verb."""

from importlib.metadata import version
from typing import Annotated

import typer

from cli import (
    alike,
    backup,
    bench,
    case_clues,
    cases,
    clues,
    demo,
    dialect,
    doctor,
    face,
    imports,
    intake,
    leads,
    names,
    places,
    policy,
    rematch,
    serve,
    sight,
    tokens,
    users,
    windows,
)
from cli.exits import refusals_as_exits
from cli.output import AsJson, print_json, print_words
from runtime.logs import configure_logs
from runtime.versions import versions

app = typer.Typer(
    name="guitu",
    help="归途：帮无法说清身份的受助人员找到家。Guitu: the way home.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("demo")(demo.demo)
app.command("serve")(serve.serve)
app.command("worker")(serve.worker)
app.command("doctor")(doctor.doctor)
app.command("intake")(intake.intake)
app.command("rematch")(rematch.rematch_verb)
app.command("rematch-runs")(rematch.rematch_runs_verb)
app.command("backup")(backup.backup)
app.command("restore")(backup.restore)
app.command("bench")(bench.bench)
app.command("clues")(clues.clues)
alike.register(cases.app)
cases.app.command("clues")(case_clues.case_clues)
app.add_typer(imports.app, name="import")
app.add_typer(leads.app, name="leads")
app.add_typer(face.app, name="face")
app.add_typer(places.app, name="places")
app.add_typer(names.app, name="names")
app.add_typer(dialect.app, name="dialect")
app.add_typer(cases.app, name="case")
app.add_typer(windows.app, name="windows")
app.add_typer(sight.app, name="sight")
app.add_typer(users.app, name="user")
app.add_typer(tokens.app, name="token")
app.add_typer(policy.app, name="policy")


@app.callback(invoke_without_command=True)
def root(
    context: typer.Context,
    show_version: Annotated[
        bool, typer.Option("--version", help="版本与模型 · versions of program and models")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """归途：帮无法说清身份的受助人员找到家。 Guitu: the way home."""
    configure_logs()
    if show_version:
        _print_versions(as_json=as_json)
        raise typer.Exit
    if context.invoked_subcommand is None:
        print_words(context.get_help())
        raise typer.Exit(2)


def _print_versions(*, as_json: bool) -> None:
    facts = versions(version("guitu"))
    if as_json:
        print_json(facts)
    else:
        print_words(f"归途 guitu {facts['version']}（匹配策略 {facts['policy']}）")


def main() -> None:
    """Entry point: refusals become one sentence and an exit code, never a traceback."""
    with refusals_as_exits():
        app()
