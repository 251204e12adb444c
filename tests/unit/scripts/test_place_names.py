import zipfile
from pathlib import Path

from scripts.dialects.place_names import core, cores_by_province, read_places

TREE = """河南省\t410000\t河南
\t省直辖\t419000\t省直辖
\t\t济源市\t419001\t济源
\t\t\t济源市下冶镇
\t\t\t\t下冶村
广东省\t440000\t广东
\t东莞市\t441900\t东莞
\t\t市直辖行政区划\t441900\t市直辖
\t\t\t万江街道
\t\t\t\t万江社区
"""


def test_paths_leave_placeholders_and_repeated_counties_out(tmp_path: Path) -> None:
    archive = tmp_path / "china_location.zip"
    with zipfile.ZipFile(archive, "w") as out:
        out.writestr("china_location.txt", TREE)
    places = read_places(archive)
    assert ("河南省", "济源市", "下冶镇", "下冶村") in places
    assert ("广东省", "东莞市", "万江街道", "万江社区") in places
    assert all("直辖" not in name for path in places for name in path)
    assert cores_by_province(places)["河南省"]["下冶"] == [
        ("河南省", "济源市", "下冶镇"),
        ("河南省", "济源市", "下冶镇", "下冶村"),
    ]


def test_a_core_is_two_to_four_characters_without_the_kind_of_place() -> None:
    assert core("北新村") == "北新"
    assert core("沙市区") == "沙市"
    assert core("五里王村村委会") == "五里王村"
    assert core("知春路17号院社区") == ""
    assert core("勐焕街道") == "勐焕"
