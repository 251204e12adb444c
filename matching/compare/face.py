"""Faces: the nearest pair of photos, already calibrated by the engine's table."""

from dataclasses import dataclass
from typing import Final, Self

from matching.evidence import Evidence, Lacks, Signal

_PENDING: Final = "人脸库正在重建，人脸尚未比对；重建完成后会自动补比"
_COPY: Final = "警告：双方用的是同一张照片（或它的翻版），人脸不作依据，请查清照片来源"


@dataclass(frozen=True, slots=True, kw_only=True)
class FaceMatch:
    """The nearest pair of photos of two people."""

    #: Euclidean distance of the two vectors.
    distance: float
    #: What the calibration says of it.
    bits: float
    detail: str
    #: The two photos are one: the distance says nothing, and somebody must look into it.
    is_copy: bool = False

    @classmethod
    def pending(cls) -> Self:
        """Nobody could look yet: not the same as having no photo."""
        return cls(distance=0.0, bits=0.0, detail=_PENDING)

    @classmethod
    def copy(cls) -> Self:
        """Both sides have the same photo."""
        return cls(distance=0.0, bits=0.0, detail=_COPY, is_copy=True)


def compare_face(match: FaceMatch | None, cap: float) -> Evidence:
    """The face as evidence; silent when one side has no usable photo."""
    if match is None:
        return Evidence.silent(Signal.FACE, "一方没有可用照片", Lacks.COMMON)
    return Evidence(
        signal=Signal.FACE,
        bits=min(match.bits, cap),
        detail=match.detail,
    )
