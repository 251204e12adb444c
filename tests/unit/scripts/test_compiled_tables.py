"""What is shipped as data is what its sources give."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


def checked(script: str, *arguments: str) -> None:
    command = [sys.executable, "-m", f"scripts.{script}", *arguments, "--check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("script", ["compile_characters", "compile_gazetteer"])
def test_compiled_tables_are_up_to_date(script: str) -> None:
    checked(script)


@pytest.mark.devdata
@pytest.mark.slow
def test_former_places_are_what_the_code_history_gives() -> None:
    folder = os.environ.get("GUITU_DEVDATA")
    if not folder:
        pytest.skip("GUITU_DEVDATA names no development data folder")
    checked("compile_former_places", folder)
