"""The weight files of the face models, found without importing their packages."""

from functools import cache
from hashlib import file_digest
from importlib.metadata import PackageNotFoundError, files


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
