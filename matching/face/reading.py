"""What a face engine saw on one photo: plain values that cross the process border."""

from dataclasses import dataclass
from enum import StrEnum


class RejectionCode(StrEnum):
    """Why a photo, or a face on it, cannot be used."""

    UNREADABLE = "unreadable"
    TOO_LARGE = "too_large"
    NO_FACE = "no_face"
    SEVERAL_FACES = "several_faces"
    TOO_SMALL = "too_small"
    BLURRED = "blurred"
    DARK = "dark"
    ENGINE_DOWN = "engine_down"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejection:
    """A reason in Chinese, and what to do about it."""

    code: RejectionCode
    #: What is wrong, one sentence.
    message: str
    #: What the clerk should do, one sentence.
    remedy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """Pixels after EXIF turning: left, top, width, height."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FaceQuality:
    """What limits how much a face may say."""

    #: Distance between the eye centres in pixels of the photo as given (after turning).
    eye_distance_px: float
    #: Variance of the Laplacian on the aligned chip; low is blurred.
    sharpness: float
    #: Mean luminance of the aligned chip, 0..1.
    brightness: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DetectedFace:
    """One face with its vector. The vector is present also when the face is not usable."""

    box: Box
    #: The detector's own score; larger is surer. Its scale depends on the detector.
    confidence: float
    quality: FaceQuality
    #: float32 components as a tuple, so that the value is hashable and crosses processes.
    embedding: tuple[float, ...]
    engine: str
    #: Engine name and the SHA-256 of its weights: vectors of different ids never mix.
    model_id: str
    #: None when the face may be used, else why it should be taken again.
    unusable: Rejection | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoReading:
    """Every face of a photo, biggest first, or why there is none."""

    #: SHA-256 of the file as uploaded, hex.
    photo_sha256: str
    #: Size after EXIF turning; None when the file could not be read.
    width: int | None = None
    height: int | None = None
    faces: tuple[DetectedFace, ...] = ()
    #: Set when the photo as a whole cannot be used; `faces` is then empty.
    rejected: Rejection | None = None
