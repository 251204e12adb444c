"""What a face engine saw on one photo: plain values that cross the process border."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

#: Copies of a photo differ in at most so many bits of the hash. Measured on the eleven development
#: photos: recompressed, shrunk to a tenth, brightened or trimmed by 2 % at most 44; different
#: photos at least 98.
_COPY_BITS: Final = 56


class RejectionCode(StrEnum):
    """Why a photo, or a face on it, cannot be used."""

    UNREADABLE = "unreadable"
    TOO_LARGE = "too_large"
    NO_FACE = "no_face"
    SEVERAL_FACES = "several_faces"
    TOO_SMALL = "too_small"
    BLURRED = "blurred"
    DARK = "dark"
    TURNED_AWAY = "turned_away"
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


Point = tuple[float, float]
"""x and y in pixels of the photo as given, after EXIF turning."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EyeLine:
    """Where the middles of both eyes are, so that pages can show faces upright and eye to eye."""

    #: The eye at the left of the upright face.
    left: Point
    right: Point
    #: Size of the photo in the same pixels.
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
    #: How far the base of the nose is off the middle between the eyes, in eye distances; 0 is
    #: seen from the front. None for faces stored before it was measured.
    turn: float | None = None
    #: None for faces stored before it was kept.
    eyes: EyeLine | None = None


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
    #: Perceptual hash of its photo; set when the face is chosen as the person's.
    picture_hash: str | None = None
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
    #: Perceptual hash of the picture, 64 hex digits; alike for copies of one photo, whatever their
    #: size and compression. None when the file could not be read.
    picture_hash: str | None = None
    #: Set when the photo as a whole cannot be used; `faces` is then empty.
    rejected: Rejection | None = None

    def is_copy_of(self, other: "PhotoReading") -> bool:
        """Whether both are one photo, perhaps shrunk, recompressed, brightened or trimmed."""
        return is_one_picture(self.picture_hash, other.picture_hash)


def is_one_picture(one: str | None, other: str | None) -> bool:
    """Whether two perceptual hashes are of one picture; False when either is not known."""
    if one is None or other is None:
        return False
    return (int(one, 16) ^ int(other, 16)).bit_count() <= _COPY_BITS
