import os
from pathlib import Path

import pytest

from matching.text.gazetteer import gazetteer
from scripts import compile_dialect_places
from scripts.dialects.field_data import Point, read_points


def rows(*points: Point) -> dict[str, list[str]]:
    lines = compile_dialect_places.table([*points], gazetteer()).splitlines()
    split = [line.split("\t") for line in lines if not line.startswith("#")]
    return {path: rest for path, *rest in split}


def point(group: str, *place: str) -> Point:
    return Point("x", group, place, None, None)  # type: ignore[arg-type]  # three levels


def test_a_county_has_its_own_points_and_something_of_what_is_above() -> None:
    found = rows(
        point("xiang", "湖南", "邵阳", "隆回"),
        point("xiang", "湖南", "邵阳", "隆回"),
        point("gan", "湖南", "邵阳", ""),
        point("gan", "湖南", "", "浏阳"),
    )
    assert found["湖南省"] == ["xiang=0.500 gan=0.500", "4"]
    assert found["湖南省/邵阳市"] == ["xiang=0.600 gan=0.400", "3"]
    assert found["湖南省/邵阳市/隆回县"] == ["xiang=0.800 gan=0.200", "2"]
    assert found["湖南省/邵阳市/绥宁县"] == ["xiang=0.600 gan=0.400", "0"]
    assert found["湖南省/长沙市/浏阳市"][1] == "1"
    assert "广东省" not in found


def test_a_former_county_counts_for_what_it_is_now() -> None:
    found = rows(
        point("southwest-huguang", "湖北", "襄樊", "襄阳"), point("wu", "浙江", "杭州", "余杭")
    )
    assert found["湖北省/襄阳市"][1] == "1"


@pytest.mark.devdata
def test_the_shipped_table_is_compiled_again() -> None:
    folder = os.environ.get("GUITU_DEVDATA")
    if folder is None:
        pytest.skip("GUITU_DEVDATA is not set")
    points = read_points(Path(folder) / "dialect" / "register.tsv")
    text = compile_dialect_places.table(points, gazetteer())
    assert compile_dialect_places.OUT.read_text(encoding="utf-8") == text
