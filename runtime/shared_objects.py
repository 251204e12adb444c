"""An object that other processes of this program read without copying its arrays.

The arrays lie in one anonymous file in memory, never on a disk; whoever gets its descriptor maps it
read-only. Everything else of the object goes to each reader as a pickle: these processes are our own,
started by the one that packs, and read nothing else.
"""

import mmap
import os
import pickle  # noqa: TID251 - between a process and its own children, never stored
from dataclasses import dataclass
from typing import Any, Final, Self

#: Arrays begin at multiples of this.
_ALIGN: Final = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedObject:
    """An object as others get it: the descriptor of its arrays, and the rest."""

    descriptor: int
    pickled: bytes
    #: Where each array lies: (first byte, bytes).
    spans: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, shared: object) -> Self:
        """Write the arrays of an object into a file of their own; `close` gives its memory back."""
        buffers: list[pickle.PickleBuffer] = []
        pickled = pickle.dumps(shared, protocol=5, buffer_callback=buffers.append)
        descriptor = os.memfd_create("guitu-snapshot")
        spans, at = [], 0
        with os.fdopen(os.dup(descriptor), "wb") as file:
            for buffer in buffers:
                plain = buffer.raw()
                file.seek(at)
                file.write(plain)
                spans.append((at, plain.nbytes))
                at = -(-(at + plain.nbytes) // _ALIGN) * _ALIGN
            file.truncate(max(at, 1))
        return cls(descriptor=descriptor, pickled=pickled, spans=tuple(spans))

    def opened(self, descriptor: int) -> Any:
        """The object in another process; `descriptor` is this file's there."""
        mapped = memoryview(mmap.mmap(descriptor, 0, prot=mmap.PROT_READ))
        arrays = [mapped[at : at + size] for at, size in self.spans]
        return pickle.loads(self.pickled, buffers=arrays)  # noqa: S301 - our own parent packed it

    def close(self) -> None:
        """Readers that have mapped it keep it."""
        os.close(self.descriptor)
