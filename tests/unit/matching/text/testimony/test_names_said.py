import pytest

from matching.text.testimony.names_said import (
    full_name,
    is_pet,
    lacks_surname,
    pet_name,
    said_surname,
    surname_length,
    surnamed,
    without,
)


@pytest.mark.parametrize(
    ("run", "name"),
    [
        ("刘福贵", "刘福贵"),
        ("刘福贵在屋里", "刘福贵"),
        ("杨在菊", "杨在菊"),
        ("欧阳春花也去", "欧阳春花"),
        ("李军", "李军"),
        ("刘", ""),
        ("安徽的", ""),
        ("什么", ""),
        ("abc", ""),
        ("", ""),
        ("高中生", ""),
    ],
)
def test_a_full_name_at_the_head_of_a_run(run: str, name: str) -> None:
    assert full_name(run) == name


def test_a_rare_surname_counts_once_it_was_said() -> None:
    assert full_name("云大兴", frozenset("云")) == "云大兴"


@pytest.mark.parametrize(
    ("run", "length"), [("欧阳修", 2), ("刘福", 1), ("福生", 0), ("", 0)]
)  # fmt: skip
def test_the_length_of_a_surname(run: str, length: int) -> None:
    assert surname_length(run) == length


@pytest.mark.parametrize(
    ("run", "surname"), [("刘，", "刘"), ("欧阳", "欧阳"), ("云", "云"), ("不知道", ""), ("的", ""), ("", "")]
)  # fmt: skip
def test_a_surname_alone(run: str, surname: str) -> None:
    assert said_surname(run) == surname


@pytest.mark.parametrize(
    ("run", "name"), [("阿娣", "阿娣"), ("石头在屋里", "石头"), ("小霞", "小霞"), ("老大", ""), ("我不晓得", ""), ("", "")]
)  # fmt: skip
def test_a_pet_name(run: str, name: str) -> None:
    assert pet_name(run) == name


@pytest.mark.parametrize(
    ("name", "lacks"),
    [("阿娣", True), ("石头", True), ("福贵", True), ("满妹", True), ("康石头", False), ("老刘", False), ("裘小红", False), ("刘", False)],
)  # fmt: skip
def test_whether_a_name_lacks_its_surname(name: str, lacks: bool) -> None:  # noqa: FBT001
    assert lacks_surname(name) is lacks


def test_pet_names_by_their_heads_and_tails() -> None:
    assert [is_pet(name) for name in ("阿福", "福仔", "刘福生")] == [True, True, False]


def test_a_surname_before_a_name_that_lacks_it() -> None:
    assert surnamed("阿娣", ["区"]) == ("区娣", "区阿娣")
    assert surnamed("福生", ["刘", "胡"]) == ("刘福生", "胡福生")


def test_fillers_are_cut_again_and_again() -> None:
    assert without("嗯啊我姓刘", ("嗯", "啊", "我", "姓")) == ("刘", 4)
    assert without("刘", ("嗯",)) == ("刘", 0)
