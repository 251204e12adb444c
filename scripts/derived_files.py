"""Files derived from sources: written, or compared with what would be written."""

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path


def data_folder(description: str | None) -> Path:
    """The development data named by `--data`; `--check` is allowed beside it."""
    options = argparse.ArgumentParser(description=description)
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--check", action="store_true")
    folder: Path = options.parse_args().data
    return folder


def write_or_check(contents: Mapping[Path, bytes]) -> None:
    """Write the files; with `--check` on the command line compare instead, and exit 1 on a difference."""
    if "--check" in sys.argv:
        same = {
            file: file.exists() and file.read_bytes() == each for file, each in contents.items()
        }
        for file, is_same in same.items():
            print(file.name, "is", "up to date" if is_same else "not what the sources give")
        sys.exit(0 if all(same.values()) else 1)
    for file, content in contents.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        print(f"{file}: {len(content):,} bytes")
