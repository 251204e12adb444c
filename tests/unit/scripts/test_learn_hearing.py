import os
from pathlib import Path

import numpy as np
import pytest

from matching.dialect.groups import group_numbers
from matching.dialect.hearing import heard_parts
from matching.text.sound_classes import sound_classes
from matching.text.syllables import syllable_numbers
from scripts import learn_hearing as script

INITIALS = heard_parts()[0]
H, F = (int(INITIALS[syllable_numbers()[each]]) for each in ("hu", "fu"))
ROW = sound_classes().row("湖", syllable_numbers()["hu"])


def learned(*points: tuple[str, script.Readings]) -> script.Chances:
    return script._learned(points, 0)


def test_a_group_hears_what_its_points_have() -> None:
    found = learned(*[("xiang", [("湖", "fu")])] * 9, ("jilu", [("湖", "xu")]))
    xiang, jilu = (found[group_numbers()[each], ROW] for each in ("xiang", "jilu"))
    assert xiang[F] > 2 * xiang[H]
    assert jilu[H] > jilu[F]


def test_a_group_without_points_has_its_familys_chances() -> None:
    found = learned(("gan", [("湖", "fu")]))
    hakka, yue = (found[group_numbers()[each], ROW, F] for each in ("hakka", "yue"))
    assert hakka > yue


def test_every_row_is_a_distribution() -> None:
    found = learned(("wu", [("湖", "ɦu"), ("湖", "xu"), ("？", "?")]))
    assert np.allclose(found.sum(2), 1)
    assert found.min() > 0


def test_a_point_has_one_vote_however_many_readings() -> None:
    once, often = (learned(("wu", [("湖", "fu")] * times)) for times in (1, 5))
    assert np.allclose(once, often)


@pytest.mark.devdata
def test_the_shipped_table_is_learned_again() -> None:
    folder = os.environ.get("GUITU_DEVDATA")
    if folder is None:
        pytest.skip("GUITU_DEVDATA is not set")
    assert script.packed(Path(folder) / "dialect") == script.OUT.read_bytes()
