"""Writes ONNX models: the few protocol-buffer messages that a feed-forward network needs.

Field numbers are those of `onnx.proto` (ONNX 1.23, IR version 10). Written by hand so that running
Guitu needs ONNX Runtime only; the tests hold every graph to the `onnx` package's own checker.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

_IR_VERSION: Final = 10
_OPSET: Final = 13
#: `TensorProto.DataType` of what is written or fed.
_DATA_TYPES: Final[Mapping[str, int]] = {"float32": 1, "uint8": 2, "int64": 7}
#: `AttributeProto.AttributeType`.
_INT, _INTS = 2, 7
#: Seven bits a byte; the eighth says that more follow.
_CONTINUED: Final = 0x80

Attribute = int | Sequence[int]
Dimension = int | str
"""A size, or the name of one that varies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One operation of the standard operator set."""

    operation: str
    inputs: tuple[str, ...]
    output: str
    attributes: Mapping[str, Attribute]


@dataclass(frozen=True, slots=True, kw_only=True)
class Port:
    """An input or output of the model."""

    name: str
    dtype: str
    shape: tuple[Dimension, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Graph:
    """A model in the order of computation."""

    source: Port
    result: Port
    nodes: tuple[Node, ...]
    constants: Mapping[str, NDArray[np.float32] | NDArray[np.int64]]


def model_bytes(graph: Graph) -> bytes:
    """The content of an .onnx file; the same graph always gives the same bytes."""
    body = [
        *(_field(1, _node(node)) for node in graph.nodes),
        _field(2, b"guitu"),
        *(_field(5, _tensor(name, value)) for name, value in graph.constants.items()),
        _field(11, _port(graph.source)),
        _field(12, _port(graph.result)),
    ]
    return _joined(
        [
            _number(1, _IR_VERSION),
            _field(2, b"guitu"),
            _field(7, _joined(body)),
            _field(8, _number(2, _OPSET)),
        ]
    )


def _node(node: Node) -> bytes:
    return _joined(
        [
            *(_field(1, name.encode()) for name in node.inputs),
            _field(2, node.output.encode()),
            _field(3, node.output.encode()),
            _field(4, node.operation.encode()),
            *(_field(5, _attribute(name, value)) for name, value in node.attributes.items()),
        ]
    )


def _attribute(name: str, value: Attribute) -> bytes:
    if isinstance(value, int):
        return _field(1, name.encode()) + _number(3, value) + _number(20, _INT)
    numbers = _joined(_number(8, each) for each in value)
    return _field(1, name.encode()) + numbers + _number(20, _INTS)


def _tensor(name: str, value: NDArray[np.float32] | NDArray[np.int64]) -> bytes:
    little_endian = value.astype(value.dtype.newbyteorder("<"))
    return _joined(
        [
            *(_number(1, size) for size in value.shape),
            _number(2, _DATA_TYPES[value.dtype.name]),
            _field(8, name.encode()),
            _field(9, little_endian.tobytes()),
        ]
    )


def _port(port: Port) -> bytes:
    sizes = _joined(_field(1, _dimension(size)) for size in port.shape)
    tensor = _number(1, _DATA_TYPES[port.dtype]) + _field(2, sizes)
    return _field(1, port.name.encode()) + _field(2, _field(1, tensor))


def _dimension(size: Dimension) -> bytes:
    return _number(1, size) if isinstance(size, int) else _field(2, size.encode())


def _field(number: int, content: bytes) -> bytes:
    """A length-delimited field."""
    return _varint(number << 3 | 2) + _varint(len(content)) + content


def _number(number: int, value: int) -> bytes:
    """An integer field; negative ones are written as 64-bit two's complement."""
    return _varint(number << 3) + _varint(value % (1 << 64))


def _varint(value: int) -> bytes:
    encoded = bytearray()
    while value >= _CONTINUED:
        encoded.append(value % _CONTINUED | _CONTINUED)
        value //= _CONTINUED
    encoded.append(value)
    return bytes(encoded)


def _joined(parts: Iterable[bytes]) -> bytes:
    return b"".join(parts)
