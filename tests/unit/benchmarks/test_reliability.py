import json
from xml.etree import ElementTree as ET

import pytest

from benchmarks.population.measures import Bin
from benchmarks.population.report import reliability_rows
from benchmarks.reliability import GUESSES, LEADS, Picture

GROUPS = [Bin(leads=30, said=0.1, true=0.2), Bin(leads=30, said=0.9, true=0.8)]


def test_the_points_are_those_of_the_report() -> None:
    assert LEADS.points(reliability_rows(GROUPS)) == [(30, 0.1, 0.2), (30, 0.9, 0.8)]


def test_calibrated_groups_lie_on_the_line() -> None:
    svg = ET.fromstring(LEADS.drawing([(10, 0.0, 0.0), (10, 1.0, 1.0)]))  # our own text
    circles = [each for each in svg if each.tag.endswith("circle")]
    line = next(each for each in svg if each.get("stroke-dasharray"))
    ends = [(line.get("x1"), line.get("y1")), (line.get("x2"), line.get("y2"))]
    assert [(each.get("cx"), each.get("cy")) for each in circles] == ends


def test_guesses_are_placed_by_what_was_said_of_them() -> None:
    rows = [
        {"metric": "猜方言区，说 45% 的 70 次中猜对", "ours": 0.5},
        {"metric": "其他", "ours": 1},
    ]
    assert GUESSES.points(rows) == [(70, 0.45, 0.5)]


@pytest.mark.parametrize("picture", [LEADS, GUESSES], ids=lambda each: each.name)
def test_the_picture_is_that_of_the_frozen_results(picture: Picture) -> None:
    report = json.loads(picture.results.read_text(encoding="utf-8"))
    drawn = picture.drawing(picture.points(report["rows"]))
    assert picture.out.read_text(encoding="utf-8") == drawn
    assert "<circle" in drawn
