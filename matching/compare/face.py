"""Faces: the nearest pair of photos, already calibrated by the engine's table."""

from dataclasses import dataclass

from matching.evidence import Evidence, Signal


@dataclass(frozen=True, slots=True, kw_only=True)
class FaceMatch:
    """The nearest pair of photos of two people."""

    #: Euclidean distance of the two vectors.
    distance: float
    #: What the calibration says of it.
    bits: float
    detail: str


def compare_face(match: FaceMatch | None, cap: float) -> Evidence:
    """The face as evidence; silent when one side has no usable photo."""
    if match is None:
        return Evidence.silent(Signal.FACE, "一方没有可用照片")
    return Evidence(
        signal=Signal.FACE,
        bits=min(match.bits, cap),
        detail=match.detail,
    )
