"""Runs an ONNX model. The only module that imports ONNX Runtime."""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from onnxruntime import GraphOptimizationLevel, InferenceSession, SessionOptions

from matching.errors import BadModelError

_QUIET: Final = 3


class OnnxSession:
    """A loaded model with one input and one output, on the processor."""

    def __init__(self, model: bytes, *, threads: int) -> None:
        """Load a model.

        Args:
            model: content of an .onnx file.
            threads: how many threads one run may use; at least 1.

        Raises:
            BadModelError: the runtime cannot load it, or it has several inputs or outputs.
        """
        try:
            self._session = InferenceSession(
                model, _options(threads), providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # the runtime's errors have no common class
            raise BadModelError("ONNX Runtime cannot load this model") from error
        inputs, outputs = self._session.get_inputs(), self._session.get_outputs()
        if len(inputs) != 1 or len(outputs) != 1:
            raise BadModelError("a face model has one input and one output")
        self._input: Final[str] = inputs[0].name
        #: Shape of the input; sizes that vary are names or None.
        self.input_shape: Final[tuple[int | str | None, ...]] = tuple(inputs[0].shape)
        self.output_shape: Final[tuple[int | str | None, ...]] = tuple(outputs[0].shape)

    def run(self, values: NDArray[Any]) -> NDArray[np.float32]:
        """The model's output for these values."""
        (result,) = self._session.run(None, {self._input: values})
        output: NDArray[np.float32] = np.asarray(result, dtype=np.float32)
        return output


def _options(threads: int) -> SessionOptions:
    options = SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = _QUIET
    options.graph_optimization_level = GraphOptimizationLevel.ORT_ENABLE_ALL
    # A thread that waits by spinning takes the core from the next photo's decoder.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    # Pictures differ in size: planned memory would be kept for every size ever seen.
    options.enable_mem_pattern = False
    return options
