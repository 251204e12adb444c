"""`guitu policy`: the figures that turn comparisons into leads, and learning them."""

from pathlib import Path
from random import Random
from typing import Annotated

import typer

from casework.search.policy_training import Trained, train_policy
from cli.acting import AsUser, acting
from cli.files import write_file
from cli.output import AsJson, print_json, print_words
from runtime.container import running
from runtime.settings import Settings

#: Which random pairs are drawn; the same data give the same figures.
_SEED = 20200413


def _rng() -> Random:
    return Random(_SEED)  # noqa: S311 - draws a sample, keeps no secret


app = typer.Typer(help="比对参数 · matching policy", no_args_is_help=True)


@app.callback()
def policy() -> None:
    """比对参数 · matching policy."""


@app.command("train")
def train(
    out: Annotated[Path, typer.Option("--out", "-o", help="参数写到这个文件 · TOML to write")],
    as_user: AsUser = None,
    as_json: AsJson = False,
) -> None:
    """由已核实的线索和未核实的比对估计参数；只写文件，不改现用参数 · estimate m and u."""
    with running(Settings()) as services:
        found = train_policy(acting(services, as_user), services.matcher.policy, _rng())
    write_file(out, found.tables.encode())
    if as_json:
        print_json(_document(found))
    else:
        print_words(
            f"用 {found.residents} 名受助人员的 {found.pairs} 对比对（确认 {found.confirmed}、"
            f"否定 {found.refuted}）估计了参数，写入 {out}。核对后把 GUITU_POLICY_FILE 指向它即可启用。"
        )


def _document(found: Trained) -> dict[str, object]:
    return {
        "residents": found.residents,
        "pairs": found.pairs,
        "confirmed": found.confirmed,
        "refuted": found.refuted,
        "share": found.estimate.share,
        "slips": dict(found.estimate.slips),
        "outcomes": {
            name: {"m": list(m), "u": list(u)} for name, (m, u) in found.estimate.outcomes.items()
        },
    }
