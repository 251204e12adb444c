import pytest
from pydantic import ValidationError

from api.intake_form import IntakeFields
from api.problems import Problem
from api.validation import validation_problem


def problem_of(**values: object) -> Problem:
    with pytest.raises(ValidationError) as caught:
        IntakeFields.model_validate(values)
    return validation_problem(caught.value.errors())


@pytest.mark.parametrize(
    ("values", "detail"),
    [
        ({"birth_year": "六四年"}, "“出生年份”要填整数。"),
        ({"sex": "不男不女"}, "“性别”不在可选的范围内。"),
        ({"admitted_at": "昨天"}, "“入站时间”要写成 2026-03-05T09:30+08:00 这样的时间。"),
        ({"name": "刘" * 201}, "“姓名”太长，请缩短。"),
        ({"face": 0}, "“人脸序号”太小。"),
        ({"colour": "red"}, "“提交的内容”是不认识的字段。"),
    ],
)
def test_a_wrong_field_is_named_with_its_remedy(values: dict[str, object], detail: str) -> None:
    assert problem_of(**values).detail == detail.replace("“提交的内容”", "提交的内容")


def test_pointers_name_fields_and_no_value_is_echoed() -> None:
    problem = problem_of(birth_year="秘密甲", height_cm="秘密乙")
    assert [each.pointer for each in problem.errors] == ["#/birth_year", "#/height_cm"]
    assert "秘密" not in str(problem.document())


def test_where_the_value_came_from_is_not_part_of_the_pointer() -> None:
    problem = validation_problem([{"loc": ("query", "limit"), "type": "greater_than_equal"}])
    assert problem.errors[0].pointer == "#/limit"
    assert problem.detail == "“每页条数”太小。"
