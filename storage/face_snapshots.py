"""Snapshots of galleries on disk: sealed, whole, and of no use without their manifest.

1. A new file is written beside the old one: frames of a megabyte, each sealed with a key made for
   this file alone and bound to gallery, generation, place in the file and whether it is the last.
2. The file and its folder are brought to the disk, then the manifest is pinned in the database: that
   commit is the swap. A crash before it leaves the old snapshot in force.
3. Only then the other files of the gallery are removed.
A file is never read without its manifest, and nothing of a frame is looked at before its seal held.
"""

import secrets
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Final

from casework.errors import UnavailableError
from casework.search.gallery import GalleryName, SnapshotPin
from matching.errors import BadModelError
from matching.face.layered_index import LayeredIndex
from matching.face.stored_index import read_index, write_index
from storage.durable_file import DurableFile, durable_file
from storage.keyring import KEY_BYTES, Keyring
from storage.sealing import Place, Sealer

FRAME_BYTES: Final = 1 << 20
_LENGTH_BYTES: Final = 4
#: A frame and what sealing adds to it.
_LONGEST_FRAME: Final = FRAME_BYTES + 64
_SUFFIX: Final = ".faces"


class SnapshotRefusedError(UnavailableError):
    """A snapshot is missing, cut, changed, or not the one that the manifest is of."""

    def __init__(self) -> None:
        super().__init__("人脸库的快照不可用，正在从数据库重建。")


class SnapshotFolder:
    """The snapshots of one workspace."""

    def __init__(self, folder: Path, *, kind: type[LayeredIndex] = LayeredIndex) -> None:
        self._folder = folder
        self._kind = kind

    def write(
        self, gallery: GalleryName, index: LayeredIndex, *, generation: int, revision: int
    ) -> SnapshotPin:
        """Write a snapshot to the disk; it is in force once its pin is committed.

        Raises:
            OSError: the disk is full or not writable; nothing that is in force was touched.
        """
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        whole, key = index.compacted(), secrets.token_bytes(KEY_BYTES)
        with durable_file(self._folder / _stem(gallery)) as file:
            digest = _write_frames(file, _Frames(gallery, generation, key), whole)
            pin = SnapshotPin(
                gallery=gallery,
                generation=generation,
                faces=whole.size,
                dim=whole.dim,
                revision=revision,
                sha256=digest,
                key=key.hex(),
            )
            file.path = self._path(pin)
        return pin

    def read(self, pin: SnapshotPin) -> LayeredIndex:
        """The gallery that the manifest is of.

        Raises:
            SnapshotRefusedError: the file is not exactly the one that was written with it.
        """
        frames = _Frames(pin.gallery, pin.generation, bytes.fromhex(pin.key))
        try:
            with self._path(pin).open("rb") as file:
                source = _Unsealed(frames, file.read)
                index = read_index(source.read, self._kind)
                digest = source.finished()
        except (OSError, UnavailableError, BadModelError) as error:
            raise SnapshotRefusedError from error
        if (digest, index.size, index.dim) != (pin.sha256, pin.faces, pin.dim):
            raise SnapshotRefusedError
        return index

    def tidy(self, gallery: GalleryName, keep: SnapshotPin | None) -> None:
        """Remove every file of this gallery but the one that is pinned."""
        kept = self._path(keep) if keep else None
        for path in self._folder.glob(f"{_stem(gallery)}-*"):
            if path != kept:
                path.unlink(missing_ok=True)

    def has(self, pin: SnapshotPin) -> bool:
        """Whether there is a file; it may still be refused."""
        return self._path(pin).exists()

    def _path(self, pin: SnapshotPin) -> Path:
        name = f"{_stem(pin.gallery)}-{pin.generation}-{pin.sha256[:16]}"
        return self._folder / f"{name}{_SUFFIX}"


class _Frames:
    """Seals and opens the frames of one file."""

    def __init__(self, gallery: GalleryName, generation: int, key: bytes) -> None:
        self._sealer = Sealer(Keyring(active=1, keys={1: key}))
        self._row = f"{gallery.kind.value}/{gallery.model_id}/{generation}"

    def seal(self, plain: bytes, number: int, *, is_last: bool) -> bytes:
        """One frame with its length before it."""
        sealed = self._sealer.seal(plain, self._place(number, is_last=is_last))
        return len(sealed).to_bytes(_LENGTH_BYTES, "big") + sealed

    def open(self, sealed: bytes, number: int, *, is_last: bool) -> bytes:
        """Raises UnavailableError."""
        return self._sealer.open(sealed, self._place(number, is_last=is_last))

    def _place(self, number: int, *, is_last: bool) -> Place:
        return Place("face_snapshot", self._row, f"{number}{'.' if is_last else '+'}")


class _Sealed:
    """Gathers bytes into frames and writes them."""

    def __init__(self, frames: _Frames, write: Callable[[bytes], object]) -> None:
        self._frames = frames
        self._write = write
        self._waiting = bytearray()
        self._number = 0
        self.digest = sha256()

    def write(self, data: bytes) -> int:
        """Take all of `data`."""
        self._waiting += data
        # One byte is kept back, so that the last frame is never empty.
        while len(self._waiting) > FRAME_BYTES:
            self._put(is_last=False)
        return len(data)

    def finish(self) -> None:
        """Write the last frame."""
        self._put(is_last=True)

    def _put(self, *, is_last: bool) -> None:
        plain = bytes(self._waiting[:FRAME_BYTES])
        del self._waiting[:FRAME_BYTES]
        frame = self._frames.seal(plain, self._number, is_last=is_last)
        self._number += 1
        self.digest.update(frame)
        self._write(frame)


class _Unsealed:
    """Gives the plain bytes of a file, each frame once its seal has held."""

    def __init__(self, frames: _Frames, read: Callable[[int], bytes]) -> None:
        self._frames = frames
        self._read = read
        self._plain = memoryview(b"")
        self._digest = sha256()
        self._parts = self._opened()

    def read(self, count: int) -> bytes:
        """At most `count` bytes, none at the end. Raises UnavailableError."""
        if not self._plain:
            self._plain = memoryview(next(self._parts, b""))
        part, self._plain = self._plain[:count], self._plain[count:]
        return bytes(part)

    def finished(self) -> str:
        """The file's SHA-256, once everything was read. Raises SnapshotRefusedError."""
        if self.read(1):
            raise SnapshotRefusedError
        return self._digest.hexdigest()

    def _opened(self) -> Iterator[bytes]:
        frame, number = self._frame(), 0
        while frame:
            following = self._frame()
            yield self._frames.open(frame, number, is_last=not following)
            frame, number = following, number + 1

    def _frame(self) -> bytes:
        head = self._read(_LENGTH_BYTES)
        length = int.from_bytes(head, "big")
        frame = self._read(length) if 0 < length <= _LONGEST_FRAME else b""
        if head and (len(head) < _LENGTH_BYTES or not frame or len(frame) < length):
            raise SnapshotRefusedError
        self._digest.update(head + frame)
        return frame


def _write_frames(file: DurableFile, frames: _Frames, index: LayeredIndex) -> str:
    """Write the sealed frames; the SHA-256 of all of them."""
    sealed = _Sealed(frames, file.write)
    write_index(index, sealed.write)
    sealed.finish()
    return sealed.digest.hexdigest()


def _stem(gallery: GalleryName) -> str:
    """A file name that says nothing and fits every file system."""
    return sha256(f"{gallery.kind.value}/{gallery.model_id}".encode()).hexdigest()[:24]
