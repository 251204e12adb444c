"""One signal of one person against a whole registry, and against one record in words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from matching.evidence import Evidence, Lacks, Signal

Floats = NDArray[np.float64]

#: The outcome of a pair of which one side knows nothing.
SILENT = -1


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Comparison:
    """Bits of every record at once; `evidence` works the same out for one record, with its words."""

    signal: Signal
    #: Shape (N,), 0 where silent; None when this signal is silent about every record.
    bits: Floats | None
    #: The evidence of one row.
    evidence: Callable[[int], Evidence]
    #: For training: the outcomes of every record by tables of the policy, `SILENT` where not compared.
    outcomes: Mapping[str, NDArray[np.integer[Any]]] = field(default_factory=dict)
    #: The likelihood ratios of a channel, NaN where not compared.
    ratios: Floats | None = None

    @classmethod
    def silent(cls, signal: Signal, why: str) -> Self:
        """Nothing is known of the person."""
        nothing = Evidence.silent(signal, why, Lacks.RESIDENT)
        return cls(signal=signal, bits=None, evidence=lambda _row: nothing)


def bits_of_outcomes(outcomes: NDArray[np.integer[Any]], worth: tuple[float, ...]) -> Floats:
    """The bits of every record's outcome; 0 where `SILENT`."""
    found: Floats = np.array([*worth, 0.0])[outcomes]
    return found
