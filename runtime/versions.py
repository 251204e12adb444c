"""What made a score: versions of the program, its models and its tables."""

from matching.dialect.matrices import built_in_mergers
from matching.face.calibration import load_calibration
from matching.policy import load_policy
from matching.text.gazetteer import gazetteer
from runtime.model_files import model_sums
from runtime.settings import Settings


def versions(program: str) -> dict[str, object]:
    """Versions as `guitu --version --json` prints them."""
    return {
        "version": program,
        "models": model_sums(),
        "policy": load_policy().version,
        "calibration": load_calibration(Settings().face_engine).version,
        "gazetteer": gazetteer().date,
        "sound": built_in_mergers().version,
    }
