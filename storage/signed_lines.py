"""A file of lines that is whole or refused: gzip, and an HMAC over every line at the end."""

import gzip
import hmac
import json
import zlib
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO, Final, cast

from casework.errors import BadInputError, UnavailableError
from storage.durable_file import DurableFile, durable_file

_LEVEL: Final = 6


def write_lines(path: Path, key: bytes, lines: Iterable[Any]) -> int:
    """Write JSON values, one a line, to a new file that only its owner can read; returns how many.

    The file appears under its name when it is whole and on the disk, or not at all.

    Raises:
        BadInputError: a file of this name is there.
        UnavailableError: it cannot be written, for example because the disk is full.
    """
    if path.exists():
        raise BadInputError("已有同名文件，备份不会覆盖它；请换一个文件名。")
    try:
        with durable_file(path) as file:
            count = _write(file, key, lines)
    except OSError as error:
        raise UnavailableError("备份写不进去：磁盘已满或没有权限；没有留下残缺的文件。") from error
    return count


def read_lines(path: Path, key: bytes) -> Iterator[Any]:
    """The values of a file; nothing may be done with them before the last one has come.

    Raises:
        BadInputError: not such a file, cut short, changed, or signed with another key.
    """
    mac = hmac.new(key, digestmod=sha256)
    try:
        with gzip.open(path, "rb") as file:
            for line in file:
                if not line.startswith(b'"'):
                    mac.update(line)
                    yield json.loads(line)
                    continue
                if hmac.compare_digest(json.loads(line), mac.hexdigest()) and not file.read(1):
                    return
                raise _damaged()
    except (OSError, EOFError, ValueError, TypeError, zlib.error) as error:
        raise _damaged() from error
    raise _damaged()


def _write(raw: DurableFile, key: bytes, lines: Iterable[Any]) -> int:
    mac, count = hmac.new(key, digestmod=sha256), 0
    with gzip.GzipFile(
        fileobj=cast("BinaryIO", raw), mode="wb", compresslevel=_LEVEL, mtime=0
    ) as file:
        for value in lines:
            count += 1
            _put(file, value, mac)
        # The signature is the only line that is a text.
        file.write(json.dumps(mac.hexdigest()).encode() + b"\n")
    return count


def _put(file: gzip.GzipFile, value: Any, mac: hmac.HMAC) -> None:
    line = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
    mac.update(line)
    file.write(line)


def _damaged() -> BadInputError:
    return BadInputError("这份备份不完整、被改动过，或不是用这把密钥做的，没有恢复任何内容。")
