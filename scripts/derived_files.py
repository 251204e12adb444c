"""Files derived from sources: written, or compared with what would be written."""

import sys
from pathlib import Path


def write_or_check(file: Path, content: bytes) -> None:
    """Write the file; with `--check` on the command line compare instead, and exit 1 on a difference."""
    if "--check" in sys.argv:
        same = file.exists() and file.read_bytes() == content
        print(file.name, "is", "up to date" if same else "not what the sources give")
        sys.exit(0 if same else 1)
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(content)
    print(f"{file}: {len(content):,} bytes")
