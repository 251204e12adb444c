import os
from pathlib import Path

import pytest

from matching.text.syllables import syllable_numbers
from scripts import learn_dialects


def test_the_merger_channel_of_a_point() -> None:
    readings = [(ord("湖"), "fu"), (ord("福"), "fu"), (ord("扶"), "fu"), (ord("山"), "san")]
    chances = learn_dialects.mergers(readings)
    hu, fu, shan = (syllable_numbers()[each] for each in ("hu", "fu", "shan"))
    assert chances[hu, fu] == pytest.approx(2 / 3)
    assert chances[fu, hu] == pytest.approx(1 / 3)
    assert chances[shan, shan] == 1
    assert chances.sum() == pytest.approx(3)


@pytest.mark.devdata
def test_the_shipped_matrices_are_learned_again_bit_for_bit() -> None:
    folder = os.environ.get("GUITU_DEVDATA")
    if folder is None:
        pytest.skip("GUITU_DEVDATA is not set")
    learned = learn_dialects.packed(learn_dialects.learn(Path(folder) / "dialect"))
    assert learned == learn_dialects.OUT.read_bytes()
