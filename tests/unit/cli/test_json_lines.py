import pytest

from cli.json_lines import object_with


def test_a_line_is_an_object_with_a_text() -> None:
    assert object_with("heard", '{"id": 7, "heard": "龙回"}') == {"id": 7, "heard": "龙回"}


@pytest.mark.parametrize(
    "line",
    [
        "",
        "{",
        "[]",
        "7",
        '{"heard": 7}',
        '{"text": "x"}',
        "[" * 99_999,
        '{"heard": "\\ud800"}',
        '{"id": "\\udfff", "heard": "龙回"}',
    ],
)
def test_anything_else_is_refused_alike(line: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - it says nothing about the line
        object_with("heard", line)
