import pytest

from matching.text.written_place import written_node, written_places

PLACES = written_places()


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("广东省清远市英德市大站镇河边", ("广东省", "清远市", "英德市", "大站镇")),
        ("广东省英德市大站镇", ("广东省", "清远市", "英德市", "大站镇")),
        ("湖南 隆回县", ("湖南省", "邵阳市", "隆回县")),
        ("英德市", ("广东省", "清远市", "英德市")),
        ("上海市嘉定区", ("上海市", "上海市", "嘉定区")),
    ],
)
def test_an_address_is_read_level_by_level(address: str, path: tuple[str, ...]) -> None:
    node = written_node(address)
    assert node is not None
    assert PLACES.places.path(node) == path


@pytest.mark.parametrize("address", ["", "火车站", "abc", "鬼知道哪里"])
def test_what_names_no_division_has_none(address: str) -> None:
    assert written_node(address) is None


def test_a_path_is_followed_as_far_as_it_is_known() -> None:
    known = PLACES.node_of_path(("广东省", "清远市", "英德市"))
    assert PLACES.node_of_path(("广东省", "清远市", "英德市", "没有这个镇")) == known
    assert PLACES.node_of_path(("没有这个省",)) is None
