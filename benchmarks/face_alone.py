"""One side alone in a process of its own: `python -m benchmarks.face_alone SIDE MODELS PHOTO…`.

Says `ready` when its models are loaded, waits for a line, reads every photo, and prints seconds
and memory as JSON. Run by `benchmarks.face_running`.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

Read = Callable[[Path], object]


def _ours(models: Path) -> Read:
    from matching.face.engine import read_photo  # noqa: PLC0415 - its loading is what is measured
    from matching.face.photo import PhotoLimits  # noqa: PLC0415
    from runtime.engine_setup import EngineSetup  # noqa: PLC0415
    from runtime.face_engines import dlib_onnx  # noqa: PLC0415

    engine = dlib_onnx(EngineSetup(name="dlib-onnx", models=models))
    limits = PhotoLimits()
    return lambda path: read_photo(path.read_bytes(), engine, limits)


def _theirs(_models: Path) -> Read:
    import face_recognition  # noqa: PLC0415 - its loading is what is measured

    return lambda path: face_recognition.face_encodings(face_recognition.load_image_file(path))


def main(side: str, models: Path, photos: list[Path]) -> None:
    """Load, wait, read, report."""
    read = {"ours": _ours, "peer": _theirs}[side](models)
    print("ready", flush=True)
    sys.stdin.readline()
    begun = time.perf_counter()
    for photo in photos:
        read(photo)
    seconds = time.perf_counter() - begun
    print(json.dumps({"seconds": seconds, **_memory()}), flush=True)


def _memory() -> dict[str, float]:
    """Resident memory now and at its peak, in megabytes."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    lines = dict(line.split(":", 1) for line in status.splitlines())
    return {
        "resident": int(lines["VmRSS"].split()[0]) / 1024,
        "peak": int(lines["VmHWM"].split()[0]) / 1024,
    }


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), [Path(word) for word in sys.argv[3:]])
