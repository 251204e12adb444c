"""Reads dlib's serialized networks (.dat) without dlib: what is learned, layer by layer.

Only what the two networks of `face_recognition_models` are made of is understood; anything else
is refused by name. The format is that of dlib's `serialize.h` and `dnn/core.h`: a network is
written from its outermost layer inwards as bare version numbers, then the input layer, then every
layer's details from the inside outwards.
"""

import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching.errors import BadModelError

Weights = NDArray[np.float32]

#: Version numbers by which dlib tells the kinds of network layers apart.
_TAG_OR_SKIP: Final = 1
_LAYER: Final = 2
_FIRST_LAYER: Final = 3
_TENSOR_VERSION: Final = 2
_ALIAS_VERSION: Final = 1
_INT_BYTES: Final = 8
_NEGATIVE: Final = 0x80
_SPECIAL_EXPONENTS: Final = {32000: float("inf"), 32001: float("-inf"), 32002: float("nan")}
#: Settings of the trainer, which say nothing about what a layer computes.
_TRAINING_NUMBERS: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Convolution:
    """Cross-correlation: filters (out, in, rows, columns) and one bias per filter."""

    filters: Weights
    biases: Weights
    stride: tuple[int, int]
    padding: tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Affine:
    """`gamma * x + beta`, per channel, in double precision."""

    gamma: NDArray[np.float64]
    beta: NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Relu:
    """`max(x, 0)`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """Greatest or mean value of a window; a window of (0, 0) is the whole picture."""

    is_maximum: bool
    window: tuple[int, int]
    stride: tuple[int, int]
    padding: tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class TagOrSkip:
    """Remembers its input, or goes back to what was remembered; the file does not say which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddPrevious:
    """Adds what a tag remembered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FullyConnected:
    """`x @ matrix`; matrix (inputs, outputs)."""

    matrix: Weights


Layer = Convolution | Affine | Relu | Pool | TagOrSkip | AddPrevious | FullyConnected


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """A network from its input to its output."""

    #: Subtracted from red, green and blue before dividing by 256.
    means: tuple[float, float, float]
    layers: tuple[Layer, ...]
    #: Name of the loss it was trained with; tells the networks apart.
    loss: str
    #: Numbers of the loss in the order of the file; for `loss_mmod_` window and overlap limits.
    loss_numbers: tuple[float, ...]


def read_network(data: bytes) -> Network:
    """The network of a whole .dat file.

    Raises:
        BadModelError: the file is torn, longer than the network, or holds an unknown layer.
    """
    reader = _Reader(data)
    try:
        network = _network(reader)
    except (struct.error, UnicodeDecodeError, ValueError) as error:
        raise BadModelError("the weight file is damaged") from error
    if reader.rest:
        raise BadModelError("the weight file is longer than its network")
    return network


class _Reader:
    """dlib's primitives, one after another."""

    def __init__(self, data: bytes) -> None:
        self._data = memoryview(data)
        self._at = 0

    @property
    def rest(self) -> int:
        """Bytes not yet read."""
        return len(self._data) - self._at

    def take(self, count: int) -> memoryview:
        """The next bytes. Raises BadModelError at the end of the file."""
        if count > self.rest:
            raise BadModelError("the weight file ends too early")
        self._at += count
        return self._data[self._at - count : self._at]

    def integer(self) -> int:
        """A control byte (sign and length), then the magnitude, little-endian."""
        control = self.take(1)[0]
        count = control & 0x0F
        if not 1 <= count <= _INT_BYTES:
            raise BadModelError("the weight file is damaged: a number of impossible length")
        magnitude = int.from_bytes(self.take(count), "little")
        return -magnitude if control & _NEGATIVE else magnitude

    def number(self) -> float:
        """A mantissa and a binary exponent."""
        mantissa, exponent = self.integer(), self.integer()
        special = _SPECIAL_EXPONENTS.get(exponent)
        return float(mantissa) * 2.0**exponent if special is None else special

    def numbers(self, count: int) -> tuple[float, ...]:
        """Several numbers."""
        return tuple(self.number() for _ in range(count))

    def integers(self, count: int) -> tuple[int, ...]:
        """Several integers."""
        return tuple(self.integer() for _ in range(count))

    def pair(self) -> tuple[int, int]:
        """Rows, then columns."""
        return self.integer(), self.integer()

    def text(self) -> str:
        """A length, then so many bytes."""
        return bytes(self.take(self.integer())).decode("ascii")

    def flags(self, count: int) -> None:
        """Booleans nobody needs, each written as the digit 0 or 1."""
        if not set(self.take(count)) <= set(b"01"):
            raise BadModelError("the weight file is damaged: neither true nor false")

    def tensor(self) -> Weights:
        """Shape (n, k, rows, columns), then raw little-endian float32."""
        self._expect(_TENSOR_VERSION)
        shape = self.integers(4)
        if min(shape) < 0:
            raise BadModelError("the weight file is damaged: a negative size")
        count = int(np.prod(shape, dtype=object))
        return np.frombuffer(self.take(4 * count), dtype="<f4").reshape(shape)

    def alias(self) -> tuple[int, ...]:
        """The shape of a part of a layer's weights."""
        self._expect(_ALIAS_VERSION)
        return self.integers(4)

    def _expect(self, version: int) -> None:
        found = self.integer()
        if found != version:
            raise BadModelError(f"the weight file has an unknown format, version {found}")


def _network(reader: _Reader) -> Network:
    reader.integer()  # version of the loss layer
    loss, loss_numbers = _loss(reader)
    kinds = _kinds(reader)
    means = _input(reader)
    layers: list[Layer] = []
    for kind in reversed(kinds):
        if kind == _TAG_OR_SKIP:
            layers.append(TagOrSkip())
            continue
        layers.append(_layer(reader))
        _skip_training_state(reader, is_first=kind == _FIRST_LAYER)
    return Network(means=means, layers=tuple(layers), loss=loss, loss_numbers=loss_numbers)


def _loss(reader: _Reader) -> tuple[str, tuple[float, ...]]:
    name = reader.text()
    if name == "loss_metric_2":
        return name, reader.numbers(2)
    if name == "loss_mmod_":
        reader.integer()  # version of the options
        window = reader.integers(2)
        return name, (*map(float, window), *reader.numbers(3 + 2 + 2))
    raise BadModelError(f"the network was trained with an unknown loss: {name}")


def _kinds(reader: _Reader) -> list[int]:
    kinds = [reader.integer()]
    while kinds[-1] != _FIRST_LAYER:
        kinds.append(reader.integer())
    if not set(kinds) <= {_TAG_OR_SKIP, _LAYER, _FIRST_LAYER}:
        raise BadModelError("the weight file has an unknown kind of layer")
    return kinds


def _input(reader: _Reader) -> tuple[float, float, float]:
    name = reader.text()
    red, green, blue = reader.numbers(3)
    if name == "input_rgb_image_sized":
        reader.integers(2)
    elif name != "input_rgb_image_pyramid":
        raise BadModelError(f"the network has an unknown input layer: {name}")
    return red, green, blue


def _skip_training_state(reader: _Reader, *, is_first: bool) -> None:
    reader.flags(3)
    for _ in range(3):
        reader.tensor()
    if is_first:
        reader.integer()


def _layer(reader: _Reader) -> Layer:
    name = reader.text()
    read = _LAYERS.get(name)
    if read is None:
        raise BadModelError(f"the network has an unknown layer: {name}")
    return read(reader)


def _convolution(reader: _Reader) -> Layer:
    params = reader.tensor().ravel()
    count = reader.integer()
    reader.pair()  # rows and columns, which the shape of the filters repeats
    stride, padding = reader.pair(), reader.pair()
    shape = reader.alias()
    reader.alias()
    reader.numbers(_TRAINING_NUMBERS)
    size = int(np.prod(shape))
    if size + count != params.size:
        raise BadModelError("the weight file is damaged: filters and biases do not add up")
    return Convolution(
        filters=params[:size].reshape(shape), biases=params[size:], stride=stride, padding=padding
    )


def _affine(reader: _Reader) -> Layer:
    gamma, beta = _gamma_beta(reader)
    reader.integer()  # after a convolution or after a full connection
    return Affine(gamma=gamma, beta=beta)


def _batch_norm(reader: _Reader) -> Layer:
    """Normalisation with the running statistics: what dlib's inference makes of it."""
    gamma, beta = _gamma_beta(reader)
    reader.tensor(), reader.tensor()  # of the last batch
    means = reader.tensor().ravel().astype(np.float64)
    variances = reader.tensor().ravel().astype(np.float64)
    reader.integers(2)
    reader.numbers(_TRAINING_NUMBERS)
    scale = gamma / np.sqrt(variances + reader.number())
    return Affine(gamma=scale, beta=beta - scale * means)


def _gamma_beta(reader: _Reader) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    gamma, beta = np.split(reader.tensor().ravel().astype(np.float64), 2)
    reader.alias(), reader.alias()
    return gamma, beta


def _pool(reader: _Reader, *, is_maximum: bool) -> Layer:
    window, stride, padding = reader.pair(), reader.pair(), reader.pair()
    return Pool(is_maximum=is_maximum, window=window, stride=stride, padding=padding)


def _full(reader: _Reader) -> Layer:
    outputs, inputs = reader.integers(2)
    matrix = reader.tensor().reshape(inputs, outputs)
    reader.alias(), reader.alias()
    if reader.integer() != 1:
        raise BadModelError("the network's last layer has a bias, which is not understood")
    reader.numbers(_TRAINING_NUMBERS)
    return FullyConnected(matrix=matrix)


_LAYERS: Final[Mapping[str, Callable[[_Reader], Layer]]] = {
    "con_4": _convolution,
    "affine_": _affine,
    "bn_con2": _batch_norm,
    "relu_": lambda _: Relu(),
    "add_prev_": lambda _: AddPrevious(),
    "max_pool_2": lambda reader: _pool(reader, is_maximum=True),
    "avg_pool_2": lambda reader: _pool(reader, is_maximum=False),
    "fc_2": _full,
}
