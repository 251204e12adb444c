import gzip
from pathlib import Path

from scripts.dialects.field_data import Point, held_back, read_points, read_readings, simplified

HEAD = "point\tclass\tprovince\tcity\tcounty\ttown\tvillage\tlon\tlat\n"


def points_of(path: Path, *rows: str) -> list[Point]:
    table = path / "points.tsv"
    table.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    return read_points(table)


def test_a_point_gets_its_group_and_simplified_place(tmp_path: Path) -> None:
    (point,) = points_of(tmp_path, "清遠\t粤語－廣府片\t廣東\t清遠\t清城\t\t\t113.0\t23.7")
    assert point == Point("清遠", "yue", ("广东", "清远", "清城"), 113.0, 23.7)


def test_the_longest_class_decides_and_unknown_classes_are_left_out(tmp_path: Path) -> None:
    points = points_of(
        tmp_path,
        "莆田\t閩語-莆仙片\t福建\t莆田\t\t\t\t\t",
        "建甌\t閩語-閩北片-建甌小片\t福建\t南平\t建甌\t\t\t\t",
        "麻陽鄉話\t鄕話\t湖南\t懷化\t麻陽\t\t\t\t",
        "東干語\t中原官話-隴中片\t海外\t\t\t\t\t\t",
        "普通話\t北京官話-京承片-京師小片\t北京\t\t\t\t\t\t",
    )
    assert [(each.name, each.group) for each in points] == [("莆田", "minnan"), ("建甌", "minbei")]


def test_readings_lose_tone_and_layer_marks(tmp_path: Path) -> None:
    table = tmp_path / "readings.tsv.gz"
    with gzip.open(table, "wt", encoding="utf-8") as out:
        out.write("point\tchar\tipa\n東安\t蘭\tlan2=\n蒙山\t姜\tkiɔŋ1\n曹縣\t□\t3\n")
    assert list(read_readings(table)) == [("東安", "兰", "lan"), ("蒙山", "姜", "kiɔŋ")]


def test_counties_are_held_back_whole_and_by_hash() -> None:
    points = [
        Point(f"{county}{village}", "yue", ("广东", "清远", f"{county}"), None, None)
        for county in range(50)
        for village in range(2)
    ]
    kept = held_back(points)
    assert {name[:-1] for name in kept if name.endswith("0")} == {
        name[:-1] for name in kept if name.endswith("1")
    }
    assert 8 <= len(kept) <= 32
    assert held_back(points[::-1]) == kept


def test_a_small_group_gives_one_county_unless_it_has_only_one() -> None:
    one = Point("三亞", "qiongwen", ("海南", "三亚", ""), None, None)
    other = Point("屯昌", "qiongwen", ("海南", "", "屯昌"), None, None)
    assert len(held_back([one, other])) == 1
    assert held_back([one]) == frozenset()


def test_characters_are_simplified_one_by_one() -> None:
    assert simplified("湘語乾隆") == "湘语干隆"
