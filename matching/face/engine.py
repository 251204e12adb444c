"""The face engine port, and reading a photo with it."""

from dataclasses import replace
from hashlib import sha256
from typing import Protocol

from matching.face.boxes import clipped, eyes_scaled, scaled
from matching.face.photo import Photo, PhotoLimits, RgbPixels, decode_photo
from matching.face.picture_hash import picture_hash
from matching.face.quality import QualityLimits, load_limits, verdict
from matching.face.reading import DetectedFace, PhotoReading, Rejection
from matching.face.rejections import rejection


class FaceEngine(Protocol):
    """Finds faces and turns each into a vector. One instance, one thread."""

    @property
    def name(self) -> str:
        """As in settings and on the command line, for example face-recognition."""

    @property
    def model_id(self) -> str:
        """Name and weights: vectors of different ids never mix."""

    def detect_and_embed(self, pixels: RgbPixels) -> tuple[DetectedFace, ...]:
        """Every face, biggest box first.

        Boxes, eyes and eye distances are in pixels of `pixels`; a box may reach over the edge.
        """


def read_photo(data: bytes, engine: FaceEngine, limits: PhotoLimits) -> PhotoReading:
    """Decode an upload, find its faces, and say for each whether it may be used."""
    digest = sha256(data).hexdigest()
    photo = decode_photo(data, limits)
    if isinstance(photo, Rejection):
        return PhotoReading(photo_sha256=digest, rejected=photo)
    found = engine.detect_and_embed(photo.pixels)
    quality_limits = load_limits()
    return PhotoReading(
        photo_sha256=digest,
        width=photo.width,
        height=photo.height,
        faces=tuple(_on_photo(face, photo, quality_limits) for face in found),
        picture_hash=picture_hash(photo.pixels),
        rejected=None if found else rejection("no_face"),
    )


def _on_photo(face: DetectedFace, photo: Photo, limits: QualityLimits) -> DetectedFace:
    """The face in pixels of the photo as given, with the verdict on its quality."""
    height, width, _ = photo.pixels.shape
    factor_x, factor_y = photo.width / width, photo.height / height
    eyes = face.quality.eyes
    quality = replace(
        face.quality,
        eye_distance_px=face.quality.eye_distance_px * (factor_x + factor_y) / 2,
        eyes=eyes_scaled(eyes, photo.width, photo.height) if eyes else None,
    )
    return replace(
        face,
        box=clipped(scaled(face.box, factor_x, factor_y), photo.width, photo.height),
        quality=quality,
        unusable=verdict(quality, limits),
    )
