"""A file that stands under its name whole and on the disk, or not at all; only its owner can read it."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

#: Ending of a file that is not whole yet; what a power cut leaves of it may be deleted.
DRAFT: Final = ".draft"


class DurableFile:
    """A file that is being written beside its place, in full, whatever the system takes at a time."""

    def __init__(self, handle: int, path: Path) -> None:
        self._handle = handle
        #: Where it will stand; may still be changed while it is written.
        self.path = path

    def write(self, data: bytes | memoryview) -> int:
        """Write everything; returns how much that was. Raises OSError."""
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(self._handle, rest) :]
        return len(data)


@contextmanager
def durable_file(path: Path, *, replaces: bool = True) -> Iterator[DurableFile]:
    """Write beside `path` and put it there in the end: readers see the old file or the new one.

    Args:
        path: its place.
        replaces: False: a file that is there by then stays, and the new one goes.

    Raises:
        OSError: it cannot be written, for example because the disk is full; nothing is left of it.
    """
    # Several processes may be at it: none writes into the file of another.
    draft = path.with_name(f"{path.name}-{secrets.token_hex(8)}{DRAFT}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        file = DurableFile(handle, path)
        try:
            yield file
            os.fsync(handle)
        finally:
            os.close(handle)
        if replaces:
            draft.replace(file.path)
        else:
            with suppress(FileExistsError):
                os.link(draft, file.path)
        _sync_folder(path.parent)
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk, too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
