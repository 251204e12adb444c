import json
from xml.etree import ElementTree as ET

from benchmarks.population.measures import Bin
from benchmarks.population.plot import OUT, RESULTS, drawing, points
from benchmarks.population.report import reliability_rows

GROUPS = [Bin(leads=30, said=0.1, true=0.2), Bin(leads=30, said=0.9, true=0.8)]


def test_the_points_are_those_of_the_report() -> None:
    assert points(reliability_rows(GROUPS)) == [(30, 0.1, 0.2), (30, 0.9, 0.8)]


def test_calibrated_groups_lie_on_the_line() -> None:
    svg = ET.fromstring(drawing([(10, 0.0, 0.0), (10, 1.0, 1.0)]))  # our own text
    circles = [each for each in svg if each.tag.endswith("circle")]
    line = next(each for each in svg if each.get("stroke-dasharray"))
    ends = [(line.get("x1"), line.get("y1")), (line.get("x2"), line.get("y2"))]
    assert [(each.get("cx"), each.get("cy")) for each in circles] == ends


def test_the_picture_is_that_of_the_frozen_results() -> None:
    report = json.loads(RESULTS.read_text(encoding="utf-8"))
    assert OUT.read_text(encoding="utf-8") == drawing(points(report["rows"]))
