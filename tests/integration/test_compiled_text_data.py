"""The shipped tables are what their sources give."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def _check(module: str, *words: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", f"scripts.{module}", *words, "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("module", ["compile_characters", "compile_gazetteer"])
def test_a_compiled_table_is_what_its_sources_give(module: str) -> None:
    _check(module)


@pytest.mark.slow
@pytest.mark.devdata
def test_former_places_are_what_the_data_give() -> None:
    folder = os.environ.get("GUITU_DEVDATA")
    if folder is None:
        pytest.skip("GUITU_DEVDATA is not set")
    _check("compile_former_places", folder)
