"""Turns dlib's networks into ONNX graphs that compute the same numbers up to float rounding.

Rules that differ from what one would guess, each from dlib's source and each measured:
`(pixel - mean) / 256`, not 255; the smaller operand of an addition is padded with zeros at the
END of every dimension; a network's own affine layers always follow a convolution and are folded
into it in double precision.

Speed comes from never leaving the blocked layout in which ONNX Runtime convolves. A `Pad` would
leave it, and take every addition and `Relu` after it along; so zeros are padded by a convolution
with an identity, which the runtime merges with the addition and the `Relu` that follow.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching.errors import BadModelError
from matching.face.dlib_weights import (
    AddPrevious,
    Affine,
    Convolution,
    FullyConnected,
    Layer,
    Network,
    Pool,
    Relu,
    TagOrSkip,
)
from matching.face.onnx_format import Attribute, Graph, Node, Port

#: Grows when the graphs made here change: files written by an older program are then made anew.
GRAPH_VERSION: Final = 2
#: Side of the aligned face that the recognition network takes.
CHIP_SIZE: Final = 150
_DIVISOR: Final = 256.0
_CHANNEL_BLOCK: Final = 16

Constant = NDArray[np.float32] | NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Value:
    """A tensor under construction: its name, and its channels, rows and columns where known."""

    name: str
    channels: int
    rows: int = 0
    columns: int = 0


@dataclass(slots=True, kw_only=True)
class _Drawing:
    """Nodes and constants so far."""

    nodes: list[Node] = field(default_factory=list)
    constants: dict[str, Constant] = field(default_factory=dict)

    def add(
        self, operation: str, *inputs: str, attributes: Mapping[str, Attribute] | None = None
    ) -> str:
        """Append an operation; returns the name of its output."""
        output = f"v{len(self.nodes)}"
        self.nodes.append(
            Node(operation=operation, inputs=inputs, output=output, attributes=attributes or {})
        )
        return output

    def constant(self, value: Constant) -> str:
        """Keep a constant; returns its name."""
        name = f"c{len(self.constants)}"
        self.constants[name] = value
        return name


def embedding_graph(network: Network) -> Graph:
    """Aligned faces to vectors: uint8 (n, 150, 150, 3) RGB -> float32 (n, 128), not normalised.

    Raises:
        BadModelError: the network is of another make.
    """
    _expect(network, "loss_metric_2")
    source = Port(name="chips", dtype="uint8", shape=("n", CHIP_SIZE, CHIP_SIZE, 3))
    drawing = _Drawing()
    planes = drawing.add("Transpose", source.name, attributes={"perm": (0, 3, 1, 2)})
    pixels = drawing.add("Cast", planes, attributes={"to": 1})
    start = _Value(name=pixels, channels=3, rows=CHIP_SIZE, columns=CHIP_SIZE)
    first, *others = folded(network.layers)
    end = _draw(drawing, start, (fed_with_pixels(first, network.means), *others))
    return _finished(drawing, source, end, ("n", end.channels))


def detection_graph(network: Network) -> Graph:
    """A normalised pyramid to scores: float32 (1, 3, rows, columns) -> (1, 1, rows', columns').

    Raises:
        BadModelError: the network is of another make.
    """
    _expect(network, "loss_mmod_")
    source = Port(name="pyramid", dtype="float32", shape=(1, 3, "rows", "columns"))
    drawing = _Drawing()
    layers = widened(split_at_the_end(folded(network.layers)))
    end = _draw(drawing, _Value(name=source.name, channels=3), layers)
    return _finished(drawing, source, end, (1, 1, "score_rows", "score_columns"))


def folded(layers: tuple[Layer, ...]) -> tuple[Layer, ...]:
    """The same layers with every affine one merged into the convolution before it."""
    merged: list[Layer] = []
    for layer in layers:
        if isinstance(layer, Affine):
            before = merged.pop() if merged else None
            if not isinstance(before, Convolution):
                raise BadModelError("an affine layer that follows no convolution")
            merged.append(_scaled(before, layer))
        else:
            merged.append(layer)
    return tuple(merged)


def fed_with_pixels(layer: Layer, means: tuple[float, float, float]) -> Convolution:
    """The first convolution, taking pixels as they are instead of `(pixel - mean) / 256`.

    Raises:
        BadModelError: it is none, or it pads the picture: with zeros, which are then no means.
    """
    if not isinstance(layer, Convolution) or layer.padding != (0, 0):
        raise BadModelError("the network begins in an unknown way")
    filters = layer.filters.astype(np.float64) / _DIVISOR
    offset = np.einsum("ocyx,c->o", filters, np.array(means, np.float64))
    return replace(
        layer,
        filters=filters.astype(np.float32),
        biases=(layer.biases - offset).astype(np.float32),
    )


def split_at_the_end(layers: tuple[Layer, ...]) -> tuple[Layer, ...]:
    """The same layers with a last convolution of one output taken apart into two cheap ones.

    The first computes each column of the window as a channel of its own, the second adds the
    columns up at their places. A fast convolution makes at least sixteen outputs: of one, fifteen
    sixteenths are wasted.
    """
    *others, last = layers
    if not isinstance(last, Convolution) or last.filters.shape[0] != 1 or last.stride != (1, 1):
        raise BadModelError("the network ends in an unknown way")
    _, _, _, columns = last.filters.shape
    rows_first = replace(
        last,
        filters=np.ascontiguousarray(last.filters.transpose(3, 1, 2, 0)),
        biases=np.zeros(columns, np.float32),
        padding=(last.padding[0], 0),
    )
    sum_up = replace(
        last,
        filters=np.eye(columns, dtype=np.float32).reshape(1, columns, 1, columns),
        padding=(0, last.padding[1]),
    )
    return (*others, rows_first, sum_up)


def widened(layers: tuple[Layer, ...]) -> tuple[Layer, ...]:
    """A plain chain of convolutions with empty channels added inside, and the same output.

    ONNX Runtime's fast convolutions need channels in sixteens; the detector has 45. An empty
    channel is zero, stays zero through `Relu`, and meets zero filters in the next convolution.
    """
    last = len(layers) - 1
    wider: list[Layer] = []
    added = 0
    for at, layer in enumerate(layers):
        if isinstance(layer, Convolution):
            before, added = added, 0 if at == last else -layer.biases.size % _CHANNEL_BLOCK
            channels = ((0, added), (0, before), (0, 0), (0, 0))
            wider.append(
                replace(
                    layer,
                    filters=np.pad(layer.filters, channels),
                    biases=np.pad(layer.biases, (0, added)),
                )
            )
        else:
            wider.append(layer)
    return tuple(wider)


def _scaled(convolution: Convolution, affine: Affine) -> Convolution:
    filters = convolution.filters.astype(np.float64) * affine.gamma[:, None, None, None]
    biases = convolution.biases.astype(np.float64) * affine.gamma + affine.beta
    return replace(
        convolution, filters=filters.astype(np.float32), biases=biases.astype(np.float32)
    )


def _expect(network: Network, loss: str) -> None:
    if network.loss != loss:
        raise BadModelError(f"a network with {loss} was expected, not with {network.loss}")


def _finished(drawing: _Drawing, source: Port, end: _Value, shape: tuple[int | str, ...]) -> Graph:
    return Graph(
        source=source,
        result=Port(name=end.name, dtype="float32", shape=shape),
        nodes=tuple(drawing.nodes),
        constants=drawing.constants,
    )


def _draw(drawing: _Drawing, value: _Value, layers: tuple[Layer, ...]) -> _Value:
    """Appends layers. Blocks are tag1 … add, or with a shortcut tag1 … tag2 skip1 pool add."""
    tagged: list[_Value] = []
    for layer, following in zip(layers, (*layers[1:], None), strict=True):
        if isinstance(layer, AddPrevious):
            value = _added(drawing, value, tagged[-1])
            tagged.clear()
        elif isinstance(layer, TagOrSkip):
            is_skip = len(tagged) == 2  # noqa: PLR2004 - tag1, tag2, then skip1
            if not is_skip and tagged and not isinstance(following, TagOrSkip):
                raise BadModelError("the network's tags are in an unknown order")
            if is_skip:
                value = tagged[0]
            else:
                tagged.append(value)
        else:
            value = _applied(drawing, value, layer)
    return value


def _applied(
    drawing: _Drawing, value: _Value, layer: Convolution | Affine | Relu | Pool | FullyConnected
) -> _Value:
    match layer:
        case Convolution():
            return _convolved(drawing, value, layer)
        case Relu():
            return replace(value, name=drawing.add("Relu", value.name))
        case Pool():
            return _pooled(drawing, value, layer)
        case FullyConnected():
            matrix = drawing.constant(layer.matrix)
            name = drawing.add("MatMul", value.name, matrix)
            return _Value(name=name, channels=layer.matrix.shape[1])
        case Affine():
            raise BadModelError("an affine layer was not folded")


def _convolved(drawing: _Drawing, value: _Value, layer: Convolution) -> _Value:
    count, channels, *window = layer.filters.shape
    if channels != value.channels:
        raise BadModelError("two layers of the network do not fit together")
    name = drawing.add(
        "Conv",
        value.name,
        drawing.constant(layer.filters),
        drawing.constant(layer.biases),
        attributes={"strides": layer.stride, "pads": (*layer.padding, *layer.padding)},
    )
    rows, columns = _sizes(value, (window[0], window[1]), layer.stride, layer.padding)
    return _Value(name=name, channels=count, rows=rows, columns=columns)


def _pooled(drawing: _Drawing, value: _Value, layer: Pool) -> _Value:
    if layer.window == (0, 0):
        mean = drawing.add("ReduceMean", value.name, attributes={"axes": (2, 3), "keepdims": 0})
        return _Value(name=mean, channels=value.channels)
    name = drawing.add(
        "MaxPool" if layer.is_maximum else "AveragePool",
        value.name,
        attributes={
            "kernel_shape": layer.window,
            "strides": layer.stride,
            "pads": (*layer.padding, *layer.padding),
        },
    )
    rows, columns = _sizes(value, layer.window, layer.stride, layer.padding)
    return replace(value, name=name, rows=rows, columns=columns)


def _sizes(
    value: _Value, window: tuple[int, int], stride: tuple[int, int], padding: tuple[int, int]
) -> tuple[int, int]:
    rows = (value.rows + 2 * padding[0] - window[0]) // stride[0] + 1
    columns = (value.columns + 2 * padding[1] - window[1]) // stride[1] + 1
    return rows, columns


def _added(drawing: _Drawing, one: _Value, other: _Value) -> _Value:
    channels = max(one.channels, other.channels)
    rows, columns = max(one.rows, other.rows), max(one.columns, other.columns)
    total = _Value(name="", channels=channels, rows=rows, columns=columns)
    name = drawing.add("Add", _padded(drawing, one, total), _padded(drawing, other, total))
    return replace(total, name=name)


def _padded(drawing: _Drawing, value: _Value, target: _Value) -> str:
    """The value with zeros at the end of every dimension, up to the target's sizes."""
    if value == replace(target, name=value.name):
        return value.name
    identity = np.eye(target.channels, value.channels, dtype=np.float32)
    end = (target.rows - value.rows, target.columns - value.columns)
    return drawing.add(
        "Conv",
        value.name,
        drawing.constant(identity.reshape(target.channels, value.channels, 1, 1)),
        attributes={"pads": (0, 0, *end)},
    )
