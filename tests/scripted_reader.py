"""A face reader that sees what the photo's last byte says, for tests without a face process."""

from matching.face.reading import (
    Box,
    DetectedFace,
    FaceQuality,
    PhotoReading,
    Rejection,
    RejectionCode,
)

JPEG = b"\xff\xd8\xff"


class ScriptedReader:
    """Sees as many faces as the last byte of a photo says; refuses what is no JPEG, or says none."""

    def read(self, photo: bytes) -> PhotoReading:
        faces = photo[-1] if photo.startswith(JPEG) else 0
        if not faces:
            rejected = Rejection(
                code=RejectionCode.NO_FACE, message="没有找到人脸。", remedy="请重拍正面照片。"
            )
            return PhotoReading(photo_sha256="0" * 64, rejected=rejected)
        return PhotoReading(
            photo_sha256="0" * 64,
            width=100 * faces,
            height=100,
            faces=tuple(_face(left=100 * n) for n in range(faces)),
        )


def _face(left: int) -> DetectedFace:
    return DetectedFace(
        box=Box(x=left, y=20, width=60, height=60),
        confidence=1.0,
        quality=FaceQuality(eye_distance_px=40, sharpness=100, brightness=0.5),
        embedding=(1.0,) + (0.0,) * 127,
        engine="scripted",
        model_id="scripted",
    )
