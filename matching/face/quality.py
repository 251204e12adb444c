"""What limits how much a face may say: size, sharpness, light. Numpy only."""

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching.face.reading import EyeLine, FaceQuality, Rejection
from matching.face.rejections import rejection
from matching.tables import toml_table

#: ITU-R BT.601 weights of red, green and blue: luminance as the eye weighs them.
_LUMINANCE: Final = np.array([0.299, 0.587, 0.114])


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityLimits:
    """From when on a face is usable; `quality.toml` gives units and reasons."""

    min_eye_distance_px: float
    min_sharpness: float
    min_brightness: float
    max_turn: float


@cache
def load_limits() -> QualityLimits:
    """The shipped limits."""
    return QualityLimits(**toml_table("matching.face", "quality.toml"))


def measure(
    chip: NDArray[np.uint8], *, eye_distance_px: float, turn: float, eyes: EyeLine | None = None
) -> FaceQuality:
    """Quality of one face from its aligned RGB chip, shape (height, width, 3)."""
    luminance = chip.astype(np.float64) @ _LUMINANCE
    return FaceQuality(
        eye_distance_px=eye_distance_px,
        sharpness=float(_laplacian(luminance).var()),
        brightness=float(luminance.mean() / 255.0),
        turn=turn,
        eyes=eyes,
    )


def verdict(quality: FaceQuality, limits: QualityLimits) -> Rejection | None:
    """Why the face should be taken again, the gravest reason first; None when it may be used."""
    if quality.eye_distance_px < limits.min_eye_distance_px:
        return rejection(
            "face_too_small",
            found=np.floor(quality.eye_distance_px),
            needed=limits.min_eye_distance_px,
        )
    # Darkness flattens the chip as blur does, so it is asked first: its remedy differs.
    if quality.brightness < limits.min_brightness:
        return rejection("dark")
    if quality.sharpness < limits.min_sharpness:
        return rejection("blurred")
    if quality.turn is not None and quality.turn > limits.max_turn:
        return rejection("turned_away")
    return None


def _laplacian(image: NDArray[np.float64]) -> NDArray[np.float64]:
    """Four neighbours less four times the centre, without the border."""
    middle = image[1:-1, 1:-1]
    around = image[:-2, 1:-1] + image[2:, 1:-1] + image[1:-1, :-2] + image[1:-1, 2:]
    difference: NDArray[np.float64] = around - 4.0 * middle
    return difference
