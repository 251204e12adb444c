"""The weight files of the face models, found without importing their packages."""

from functools import cache
from hashlib import file_digest
from importlib.metadata import PackageNotFoundError, files
from typing import Final

from casework.errors import UnavailableError

#: Engine -> the weight file that decides what its vectors mean.
_WEIGHTS: Final = {"face-recognition": "dlib_face_recognition_resnet_model_v1.dat"}


@cache
def model_sums() -> dict[str, str]:
    """File name -> SHA-256 (hex) of every installed weight file; empty when there is none."""
    try:
        listed = files("face_recognition_models") or []
    except PackageNotFoundError:
        return {}
    paths = [entry.locate() for entry in listed if entry.name.endswith(".dat")]
    sums = {}
    for path in sorted(paths, key=str):
        with open(path, "rb") as handle:  # noqa: PTH123 - locate() gives an os.PathLike
            sums[str(path).rsplit("/", 1)[-1]] = file_digest(handle, "sha256").hexdigest()
    return sums


def face_model_id(engine: str) -> str:
    """The model id that an engine's vectors carry, worked out without loading the engine.

    Raises:
        UnavailableError: the engine's weights are not installed.
    """
    weights = _WEIGHTS.get(engine)
    digest = model_sums().get(weights) if weights else None
    if digest is None:
        raise UnavailableError("没有找到人脸模型，请重新运行 make setup。")
    return f"{engine}:{digest[:16]}"
