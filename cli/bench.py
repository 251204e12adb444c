"""`guitu bench`: the benchmarks of a checkout, each with its peer in the same run."""

from importlib import import_module
from importlib.util import find_spec
from typing import Annotated

import typer

from cli.exits import Exit, leave
from cli.output import STDERR, AsJson, print_json, print_words


def bench(
    name: Annotated[str | None, typer.Argument(help="只跑这一项 · only this one")] = None,
    size: Annotated[
        int | None, typer.Option("--size", min=1_000, help="库的大小 · size of the registry")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """运行基准测试，同场比较同类软件 · run the benchmarks, peers in the same run."""
    if find_spec("benchmarks") is None or find_spec("benchmarks.catalogue") is None:
        leave("基准测试只随源码提供，请在代码仓库里运行。", Exit.UNAVAILABLE)
    catalogue = import_module("benchmarks.catalogue")
    names = [name] if name else sorted(catalogue.BENCHMARKS)
    if name and name not in catalogue.BENCHMARKS:
        leave(
            f"没有这项基准测试；可用的有：{'、'.join(sorted(catalogue.BENCHMARKS))}。",
            Exit.BAD_INPUT,
        )
    if size is not None and name not in catalogue.SIZED:
        leave(f"--size 只用于：{'、'.join(sorted(catalogue.SIZED))}。", Exit.BAD_INPUT)
    reports = []
    for each in names:
        with STDERR.status(f"正在运行 {each} …"):
            reports.append(catalogue.run(each, size))
    if as_json:
        print_json(reports[0] if name else reports)
    else:
        print_words("\n\n".join(catalogue.table(report) for report in reports))
