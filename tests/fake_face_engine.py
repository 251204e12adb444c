"""Engines for tests of the face process. The colour of the photo says what is to happen.

They run in the child process, where nothing of the test can reach them.
"""

import os
import signal
import sys
import time

from matching.face.photo import RgbPixels
from matching.face.reading import Box, DetectedFace, FaceQuality
from runtime.engine_setup import EngineSetup

CALM = (0, 200, 0)
HANG = (200, 0, 0)
CRASH = (0, 0, 200)
RAISE = (200, 200, 0)
PRINT = (0, 200, 200)
SWALLOW_MEMORY = (200, 0, 200)


class ObedientEngine:
    """Does to its process what the first pixel asks for, else answers with one face."""

    name = "obedient"
    model_id = "obedient:0"

    def __init__(self, setup: EngineSetup) -> None:
        assert setup.name == self.name

    def detect_and_embed(self, pixels: RgbPixels) -> tuple[DetectedFace, ...]:
        first = pixels[0, 0]
        colour = (int(first[0]), int(first[1]), int(first[2]))
        if colour == HANG:
            time.sleep(600)
        if colour == CRASH:
            os.kill(os.getpid(), signal.SIGSEGV)
        if colour == RAISE:
            raise RuntimeError("the engine met a picture it cannot bear")
        if colour == PRINT:
            sys.stdout.write("noise from a library\n")
        if colour == SWALLOW_MEMORY:
            bytearray(64 * 1024**3)
        return (self._face(),)

    def _face(self) -> DetectedFace:
        return DetectedFace(
            box=Box(x=1, y=2, width=30, height=40),
            confidence=1.0,
            quality=FaceQuality(eye_distance_px=60.0, sharpness=300.0, brightness=0.5),
            # The process id lets a test see which child answered.
            embedding=(float(os.getpid()), 0.5),
            engine=self.name,
            model_id=self.model_id,
        )


def quits_at_once(setup: EngineSetup) -> ObedientEngine:
    raise ImportError(f"no models in {setup.models}")
