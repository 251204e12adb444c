"""`guitu face evaluate` on the two portraits that come inside ordinary wheels."""

from pathlib import Path

import pytest
from PIL import Image

from tests.portraits import as_png, astronaut, grace_hopper, opened
from tests.unit.cli.conftest import Guitu

HEADER = "file_a,file_b,same,sex"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    one, other = opened(astronaut()), opened(grace_hopper())
    pictures = {
        "a1": one,
        "a2": one.resize((400, 400)),
        "b1": other,
        "b2": other.convert("L"),
        "wall": Image.new("RGB", (200, 200), "grey"),
    }
    for name, picture in pictures.items():
        (tmp_path / f"{name}.png").write_bytes(as_png(picture))
    return tmp_path


def listed(folder: Path, *rows: str, header: str = HEADER) -> str:
    path = folder / "pairs.csv"
    path.write_text("\n".join([header, *rows]), encoding="utf-8-sig")
    return str(path)


PAIRS = (
    "a1.png,a2.png,1,女",
    "b1.png,b2.png,是,女",
    "a1.png,b1.png,0,女",
    "a2.png,b2.png,否,",
    "a1.png,wall.png,0,女",
)


@pytest.mark.slow
def test_error_rates_enrolment_and_groups_are_reported(guitu: Guitu, folder: Path) -> None:
    answer = guitu("face", "evaluate", listed(folder, *PAIRS), "--gallery-size", "100", "--json")
    assert answer.code == 0
    report = answer.json
    assert (report["pairs"], report["mated"], report["others"]) == (5, 2, 2)
    assert report["failure_to_enrol"] == {
        "photos": 5,
        "failed": 1,
        "rate": 0.2,
        "reasons": {"no_face": 1},
    }
    assert all(row["fnmr"] == 0.0 for row in report["fnmr_at_fmr"])
    assert {row["rank"] for row in report["fnir"]} == {1, 10, 50}
    assert all(row["fnir"] <= row["fnir_cautious"] for row in report["fnir"])
    (group,) = report["groups"]
    assert (group["value"], group["pairs"], group["mated"]) == ("女", 4, 2)
    assert report["det"][-1]["fmr"] == 1.0
    assert any("太少" in warning for warning in report["warnings"])


@pytest.mark.slow
def test_a_handful_of_pairs_makes_no_table(guitu: Guitu, folder: Path) -> None:
    table = folder / "table.toml"
    answer = guitu("face", "evaluate", listed(folder, *PAIRS), "--write-table", str(table))
    assert answer.code == 2
    assert "换算表至少要" in answer.err
    assert not table.exists()


@pytest.mark.parametrize(
    ("rows", "header", "sentence"),
    [
        (["a1.png,a2.png"], "file_a,file_b", "缺少栏目：same"),
        (["a1.png,a2.png,perhaps,"], HEADER, "第 2 行"),
        (["a1.png,,1,"], HEADER, "第 2 行"),
        (["nowhere.png,a1.png,1,"], HEADER, "读不到文件"),
    ],
)
def test_a_list_that_cannot_be_used_is_bad_input(
    guitu: Guitu, folder: Path, rows: list[str], header: str, sentence: str
) -> None:
    answer = guitu("face", "evaluate", listed(folder, *rows, header=header))
    assert answer.code == 2
    assert sentence in answer.err


@pytest.mark.slow
def test_pairs_of_one_kind_are_not_enough(guitu: Guitu, folder: Path) -> None:
    answer = guitu("face", "evaluate", listed(folder, PAIRS[0]))
    assert answer.code == 2
    assert "不同人的都要有" in answer.err
