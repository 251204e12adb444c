"""Reading and writing the files that a verb is given."""

import os
from pathlib import Path

from casework.errors import BadInputError


def read_file(path: Path) -> bytes:
    """The whole file.

    Raises:
        BadInputError: it cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadInputError("读不到文件，请检查路径和权限。") from error


def read_text(path: Path) -> str:
    """The whole file as UTF-8; a byte order mark is dropped.

    Raises:
        BadInputError: it cannot be read, or is not UTF-8.
    """
    try:
        return read_file(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInputError("文件不是 UTF-8 编码，请另存为 UTF-8 再试。") from error


def write_file(path: Path, data: bytes) -> None:
    """Write a file that only its owner can read.

    Raises:
        BadInputError: it exists already or cannot be written.
    """
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise BadInputError("文件写不进去或已经存在，请换一个文件名。") from error
    with os.fdopen(handle, "wb") as file:
        file.write(data)
