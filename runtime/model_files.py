"""The weight files of the face models, found without importing their packages."""

import tomllib
from functools import cache
from hashlib import file_digest
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path
from typing import Final

from casework.errors import BadInputError, UnavailableError

_MISSING: Final = "没有找到人脸模型，请重新运行 make setup。"
_RESNET: Final = "dlib_face_recognition_resnet_model_v1.dat"
#: Beginning of the names of engines that a station adds with a manifest.
ADDED: Final = "onnx:"
#: Engine -> the weight file that decides what its vectors mean.
_WEIGHTS: Final = {"dlib-onnx": _RESNET, "face-recognition": _RESNET}


@cache
def model_sums() -> dict[str, str]:
    """File name -> SHA-256 (hex) of every installed weight file; empty when there is none."""
    sums = {}
    for path in _weight_files():
        with path.open("rb") as handle:
            sums[path.name] = file_digest(handle, "sha256").hexdigest()
    return sums


def weight_file(name: str) -> Path:
    """Where a weight file is. Raises UnavailableError."""
    for path in _weight_files():
        if path.name == name:
            return path
    raise UnavailableError(_MISSING)


def _weight_files() -> tuple[Path, ...]:
    try:
        listed = files("face_recognition_models") or []
    except PackageNotFoundError:
        return ()
    return tuple(
        sorted(Path(str(entry.locate())) for entry in listed if entry.name.endswith(".dat"))
    )


def face_model_id(engine: str) -> str:
    """The model id that an engine's vectors carry, worked out without loading the engine.

    Raises:
        UnavailableError: the engine's weights are not installed.
    """
    weights = _WEIGHTS.get(engine)
    digest = model_sums().get(weights) if weights else None
    if digest is None:
        raise UnavailableError(_MISSING)
    return f"{engine}:{digest[:16]}"


def added_model_id(engine: str, models: Path) -> str:
    """The model id of an engine that the station added with a manifest, `onnx:NAME`.

    Raises:
        BadInputError: its manifest is missing or names no SHA-256.
    """
    path = models / f"{engine.removeprefix(ADDED)}.toml"
    try:
        digest = str(tomllib.loads(path.read_text(encoding="utf-8"))["sha256"])
    except (OSError, ValueError, KeyError) as error:
        raise BadInputError(
            "读不到这个人脸引擎的清单，请检查数据目录里的 models 文件夹。"
        ) from error
    return f"{engine}:{digest.lower()[:16]}"


def model_id_of(engine: str, models: Path) -> str:
    """The model id that an engine's vectors carry today, whichever kind of engine it is.

    Raises:
        UnavailableError: the engine's weights are not installed.
        BadInputError: its manifest is missing or names no SHA-256.
    """
    return added_model_id(engine, models) if engine.startswith(ADDED) else face_model_id(engine)
