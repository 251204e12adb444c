"""The station's table of villages: a bad row is one sentence with its number."""

from pathlib import Path

import pytest

from casework.errors import BadInputError
from matching.text.gazetteer import gazetteer
from runtime.station_places import add_place, added_places, station_gazetteer

TOWN = "湖南省/邵阳市/隆回县/荷田乡"


def test_without_a_table_there_are_the_official_divisions(tmp_path: Path) -> None:
    assert station_gazetteer(tmp_path / "places.tsv") is gazetteer()


def test_what_is_added_is_read_again_and_the_table_explains_itself(tmp_path: Path) -> None:
    table = tmp_path / "new" / "places.tsv"
    places = [add_place(table, TOWN, name) for name in ("枫树坳", "大屋场")]
    assert list(added_places(table)) == places
    assert table.read_text(encoding="utf-8").count("#") == 2
    assert station_gazetteer(table).find("大屋场")


@pytest.mark.parametrize("row", ["没有制表符", f"{TOWN}\t", "火星省\t坳", f"{TOWN}\tabc", "\t坳"])
def test_a_bad_row_is_told_by_its_number(tmp_path: Path, row: str) -> None:
    table = tmp_path / "places.tsv"
    table.write_text(f"# 说明\n\n{row}\n", encoding="utf-8")
    with pytest.raises(BadInputError) as refused:
        station_gazetteer(table)
    assert "places.tsv 第 3 行" in refused.value.sentence


def test_a_place_that_is_there_is_not_added_again(tmp_path: Path) -> None:
    table = tmp_path / "places.tsv"
    add_place(table, TOWN, "枫树坳")
    with pytest.raises(BadInputError):
        add_place(table, TOWN, "枫树坳")
    assert len(added_places(table)) == 1
