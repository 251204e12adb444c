"""Budgets that hold for every file, so that no part grows into what nobody wants to inherit."""

import ast
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[2]
SHIPPED = ("matching", "casework", "storage", "runtime", "workers", "api", "cli", "fixtures")
LONGEST_FILE = 400
LONGEST_FUNCTION = 60
MEDIAN_FUNCTION = 8
GRAB_BAGS = {"utils", "util", "helpers", "helper", "common", "misc", "manager"}


def modules(*folders: str) -> list[Path]:
    return [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


def functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [node for node in ast.walk(tree) if isinstance(node, kinds)]


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    assert function.end_lineno is not None
    return function.end_lineno - function.lineno + 1


def test_no_file_is_too_long_to_read() -> None:
    everything = modules(*SHIPPED, "benchmarks", "tests", "scripts")
    long = {
        str(path.relative_to(ROOT)): lines
        for path in everything
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST_FILE
    }
    assert long == {}


def test_functions_are_short_and_none_is_very_long() -> None:
    lengths = {
        f"{path.relative_to(ROOT)}:{function.name}": length(function)
        for path in modules(*SHIPPED)
        if "migrations" not in path.parts
        for function in functions(path)
    }
    assert {name: n for name, n in lengths.items() if n > LONGEST_FUNCTION} == {}
    assert median(lengths.values()) <= MEDIAN_FUNCTION


def test_no_module_is_a_grab_bag() -> None:
    assert {path.stem for path in modules(*SHIPPED)} & GRAB_BAGS == set()
