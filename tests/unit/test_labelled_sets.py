"""The hand-written labelled sets have the shape that the benchmarks read."""

from pathlib import Path
from typing import Final

_DATA: Final = Path(__file__).parents[1] / "data"
_SMALLEST_SET: Final = 320
_FEWEST_DIFFERENT: Final = 60
_GROUPS: Final = frozenset(
    [
        "yue",
        "hakka",
        "pinghua",
        "minnan",
        "mindong",
        "minbei",
        "leizhou",
        "qiongwen",
        "wu",
        "hui",
        "xiang",
        "gan",
        "southwest",
        "southwest-chuanqian",
        "southwest-xishu",
        "southwest-huguang",
        "southwest-guiliu",
        "southwest-yunnan",
        "jianghuai",
        "jin",
        "lanyin",
        "zhongyuan",
        "jilu",
        "jiaoliao",
        "dongbei",
        "beijing",
    ]
)


def _rows(name: str) -> list[list[str]]:
    lines = (_DATA / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


def test_heard_places_name_a_path_a_group_and_a_reason() -> None:
    rows = _rows("heard_places.tsv")
    assert len(rows) >= _SMALLEST_SET
    assert {len(row) for row in rows} == {5}
    for heard, _, path, dialect, reason in rows:
        assert heard
        assert reason
        assert len(path.split("/")) > 1
        assert not dialect or dialect in _GROUPS


def test_heard_places_say_each_thing_once_and_cover_the_country() -> None:
    rows = _rows("heard_places.tsv")
    assert len({(heard, path) for heard, _, path, _, _ in rows}) == len(rows)
    assert len({path.split("/")[0] for _, _, path, _, _ in rows}) >= 25
    assert {dialect for _, _, _, dialect, _ in rows} >= _GROUPS - {"southwest"}


def test_heard_names_say_how_the_two_names_relate() -> None:
    rows = _rows("heard_names.tsv")
    assert len(rows) >= _SMALLEST_SET
    assert {len(row) for row in rows} == {5}
    assert all(heard and meant and reason for heard, meant, _, reason, _ in rows)
    assert {dialect for _, _, dialect, _, _ in rows} <= _GROUPS | {""}
    assert {relation for _, _, _, _, relation in rows} == {"same", "nickname", "different"}


def test_heard_names_hold_enough_pairs_that_must_stay_apart() -> None:
    rows = _rows("heard_names.tsv")
    assert sum(row[-1] == "different" for row in rows) >= _FEWEST_DIFFERENT
    assert len({frozenset(row[:2]) for row in rows}) == len(rows)
