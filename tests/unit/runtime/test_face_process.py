import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image

from casework.errors import BadInputError, UnavailableError
from matching.face.reading import PhotoReading, RejectionCode
from runtime.engine_setup import EngineSetup
from runtime.face_process import MEMORY_BYTES, FaceProcess
from tests.fake_face_engine import CALM, CRASH, HANG, PRINT, RAISE, SWALLOW_MEMORY
from tests.hostile_jpeg import slow_jpeg
from tests.portraits import as_png, grace_hopper

FACTORIES = {
    "obedient": "tests.fake_face_engine:ObedientEngine",
    "broken": "tests.fake_face_engine:quits_at_once",
    "missing": "tests.fake_face_engine:no_such_engine",
}


def setup_of(engine: str) -> EngineSetup:
    return EngineSetup(name=engine, models=Path("unused"))


def photo(colour: tuple[int, int, int]) -> bytes:
    return as_png(Image.new("RGB", (64, 64), colour))


def child_of(reading: PhotoReading) -> int:
    """The process id of the child that answered."""
    return int(reading.faces[0].embedding[0])


@pytest.fixture
def process() -> Iterator[FaceProcess]:
    process = FaceProcess(
        setup=setup_of("obedient"), seconds=5.0, factories=FACTORIES, photos_per_child=3
    )
    yield process
    process.close()


def test_a_photo_is_read_in_another_process(process: FaceProcess) -> None:
    reading = process.read(photo(CALM))
    assert reading.rejected is None
    assert child_of(reading) != os.getpid()


def test_one_child_reads_one_photo_after_another(process: FaceProcess) -> None:
    first, second = process.read(photo(CALM)), process.read(photo(CALM))
    assert child_of(first) == child_of(second)


def test_a_child_is_replaced_after_its_share_of_photos(process: FaceProcess) -> None:
    children = [child_of(process.read(photo(CALM))) for _ in range(4)]
    assert len(set(children[:3])) == 1
    assert children[3] != children[0]


def test_a_photo_that_hangs_is_stopped_and_the_next_one_is_read() -> None:
    process = FaceProcess(setup=setup_of("obedient"), seconds=0.5, factories=FACTORIES)
    try:
        process.start()
        refused = process.read(photo(HANG)).rejected
        assert refused is not None
        assert "0.5 秒" in refused.message
        assert process.read(photo(CALM)).rejected is None
    finally:
        process.close()


@pytest.mark.slow
def test_a_valid_file_made_to_keep_the_decoder_busy_is_stopped_and_the_next_one_is_read() -> None:
    process = FaceProcess(setup=setup_of("obedient"), seconds=1.0, factories=FACTORIES)
    try:
        process.start()
        refused = process.read(slow_jpeg()).rejected
        assert refused is not None
        assert "1 秒" in refused.message
        assert process.read(photo(CALM)).rejected is None
    finally:
        process.close()


@pytest.mark.parametrize("colour", [CRASH, RAISE, SWALLOW_MEMORY])
def test_a_photo_that_ends_the_child_is_refused_and_the_next_one_is_read(
    process: FaceProcess, colour: tuple[int, int, int]
) -> None:
    refused = process.read(photo(colour)).rejected
    assert refused is not None
    assert refused.code is RejectionCode.UNREADABLE
    assert "已跳过" in refused.message
    assert process.read(photo(CALM)).rejected is None


def test_a_child_that_died_between_two_photos_costs_neither(process: FaceProcess) -> None:
    first = process.read(photo(CALM))
    os.kill(child_of(first), 9)
    second = process.read(photo(CALM))
    assert second.rejected is None
    assert child_of(second) != child_of(first)


def test_a_library_that_prints_does_not_spoil_the_answer(process: FaceProcess) -> None:
    assert process.read(photo(PRINT)).rejected is None


def test_a_file_that_is_no_photo_is_refused_by_the_child(process: FaceProcess) -> None:
    refused = process.read(b"no photo").rejected
    assert refused is not None
    assert refused.code is RejectionCode.UNREADABLE


def test_threads_take_turns(process: FaceProcess) -> None:
    with ThreadPoolExecutor(4) as pool:
        readings = list(pool.map(process.read, [photo(CALM)] * 12))
    assert all(reading.rejected is None for reading in readings)


def test_a_closed_process_has_no_child_and_starts_again_when_asked(process: FaceProcess) -> None:
    child = child_of(process.read(photo(CALM)))
    process.close()
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)
    assert process.read(photo(CALM)).rejected is None


@pytest.mark.parametrize("engine", ["broken", "missing"])
def test_an_engine_that_cannot_start_says_what_to_do(engine: str) -> None:
    process = FaceProcess(setup=setup_of(engine), factories=FACTORIES)
    with pytest.raises(UnavailableError, match="guitu doctor"):
        process.start()
    with pytest.raises(UnavailableError):
        process.read(photo(CALM))


def test_an_unknown_engine_is_bad_input_that_names_the_known_ones() -> None:
    with pytest.raises(BadInputError, match="face-recognition"):
        FaceProcess(setup=setup_of("nobody"))


def test_the_child_gets_nothing_of_the_environment(
    process: FaceProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GUITU_TOKEN", "a-secret-token")
    child = child_of(process.read(photo(CALM)))
    assert b"a-secret-token" not in Path(f"/proc/{child}/environ").read_bytes()


def test_the_child_is_bounded_and_leaves_no_core_dump(process: FaceProcess) -> None:
    child = child_of(process.read(photo(CALM)))
    assert resource.prlimit(child, resource.RLIMIT_CORE) == (0, 0)
    assert resource.prlimit(child, resource.RLIMIT_AS) == (MEMORY_BYTES, MEMORY_BYTES)
    assert 5 < resource.prlimit(child, resource.RLIMIT_CPU)[0] < 60


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["dlib-onnx", "face-recognition"])
def test_the_serving_process_reads_faces_without_loading_a_decoder_or_an_engine(
    engine: str, tmp_path: Path
) -> None:
    program = """
import sys
from pathlib import Path
from runtime.engine_setup import EngineSetup
from runtime.face_process import FaceProcess

setup = EngineSetup(name=sys.argv[1], models=Path(sys.argv[2]))
process = FaceProcess(setup=setup)
reading = process.read(sys.stdin.buffer.read())
process.close()
heavy = {"dlib", "face_recognition", "faiss", "onnxruntime", "PIL", "pillow_heif"} & set(sys.modules)
print(len(reading.faces), len(reading.faces[0].embedding), sorted(heavy))
"""
    done = subprocess.run(
        [sys.executable, "-c", program, engine, str(tmp_path)],
        input=grace_hopper(),
        capture_output=True,
        check=True,
    )
    assert done.stdout == b"1 128 []\n"
    assert not done.stderr
