import os
from pathlib import Path

import numpy as np
import pytest

from matching.text.syllables import syllable_numbers
from scripts import learn_dialects
from scripts.dialects.misheard import learned_characters, mandarin, split, taken_for
from scripts.dialects.sound_classes import sound_classes

N = syllable_numbers()
PLACE = {char: place for place, char in enumerate(learned_characters())}


def test_a_character_is_taken_for_those_that_sound_like_it() -> None:
    readings = [
        ("湖", "fu"),
        ("福", "fu"),
        ("扶", "fu"),
        ("山", "san"),
        ("三", "san"),
        ("水", "fei"),
    ]
    chances, right = split(taken_for(readings))
    assert right[PLACE["湖"]] == pytest.approx(1 / 3)
    assert right[PLACE["水"]] == 1
    assert chances[PLACE["湖"], N["fu"]] == 1
    assert chances[PLACE["福"], N["hu"]] == 1
    assert chances[PLACE["山"], N["san"]] == 1
    assert chances[PLACE["水"]].sum() == 0


def test_every_reading_counts_and_rare_characters_are_never_written() -> None:
    readings = [("行", "hang"), ("行", "sin"), ("恒", "hang"), ("新", "sin"), ("魃", "sin")]
    chances, right = split(taken_for(readings))
    assert right[PLACE["行"]] == pytest.approx(2 / 4)
    assert chances[PLACE["行"], [N["heng"], N["xin"]]] == pytest.approx([0.5, 0.5])
    assert chances[PLACE["魃"], N["xin"]] == 0.5
    assert chances[:, N["ba"]].sum() == 0


def test_characters_of_one_fate_form_a_class() -> None:
    means = np.zeros((len(learned_characters()), len(N) + 1))
    means[[PLACE["江"], PLACE["讲"]], N["gang"]] = 1
    means[[PLACE["姜"], PLACE["将"]], N["zhang"]] = 1
    counts = (means.sum(1) > 0).astype(np.intp) * 10
    classes = sound_classes({"yue": means}, {"yue": counts})
    own = {char: next(each for each in classes if PLACE[char] in each) for char in "江讲姜将"}
    assert own["江"] == own["讲"] != own["姜"] == own["将"]
    assert sorted(place for each in classes for place in each) == list(range(len(mandarin())))


@pytest.mark.devdata
@pytest.mark.slow
def test_the_shipped_tables_are_learned_again_bit_for_bit() -> None:
    folder = os.environ.get("GUITU_DEVDATA")
    if folder is None:
        pytest.skip("GUITU_DEVDATA is not set")
    for path, content in learn_dialects.packed(
        learn_dialects.learn(Path(folder) / "dialect")
    ).items():
        assert path.read_bytes() == content, path.name
