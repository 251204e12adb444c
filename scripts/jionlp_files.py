"""The dictionaries inside the jionlp wheel (Apache-2.0), read as files: it is never imported."""

import sys
import zipfile
from importlib.util import find_spec
from pathlib import Path


def dictionary_lines(name: str) -> list[str]:
    """The lines of one zipped dictionary."""
    package = find_spec("jionlp")
    if package is None or not package.submodule_search_locations:
        sys.exit("jionlp is not installed: it is a development dependency")
    archive = Path(package.submodule_search_locations[0]) / f"dictionary/{name}.zip"
    with zipfile.ZipFile(archive) as packed:
        return packed.read(f"{name}.txt").decode("utf-8").splitlines()
