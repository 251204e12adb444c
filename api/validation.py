"""Validation errors of requests as one clear Chinese sentence with pointers, never with values."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from api.problems import FieldProblem, Problem

#: Start of pydantic's error type -> what the person should do. The first match counts.
REMEDIES: Final = {
    "missing": "必须填写",
    "int_": "要填整数",
    "float_": "要填数字",
    "enum": "不在可选的范围内",
    "literal_error": "不在可选的范围内",
    "datetime_": "要写成 2026-03-05T09:30+08:00 这样的时间",
    "string_too_long": "太长，请缩短",
    "string_too_short": "太短，请补全",
    "greater_than": "太小",
    "less_than": "太大",
    "too_long": "数量太多",
    "extra_forbidden": "是不认识的字段",
    "json_invalid": "不是合法的 JSON",
}
#: Field of a request -> its name on the forms.
FIELD_NAMES: Final = {
    "name": "姓名",
    "sex": "性别",
    "birth_year": "出生年份",
    "apparent_age": "目测年龄",
    "height_cm": "身高",
    "household_place": "户籍地",
    "admitted_at": "入站时间",
    "brought_by": "护送来站",
    "marks": "体貌特征",
    "note": "备注",
    "transcript": "访谈记录",
    "photos": "照片",
    "face": "人脸序号",
    "verdict": "处理意见",
    "reason": "原因",
    "evidence_class": "核实方式",
    "limit": "每页条数",
    "state": "状态",
}
#: Where FastAPI says a value came from; not part of a pointer.
SOURCES: Final = frozenset({"body", "query", "path", "header", "cookie"})


def validation_problem(errors: Sequence[Mapping[str, Any]]) -> Problem:
    """One problem for all errors of a request, as pydantic lists them."""
    fields = tuple(_field_problem(error) for error in errors)
    return Problem(
        status=422,
        slug="bad-input",
        title="填写的内容不能使用",
        detail="；".join(dict.fromkeys(field.detail for field in fields)) + "。",
        errors=fields,
    )


def _field_problem(error: Mapping[str, Any]) -> FieldProblem:
    location = [str(part) for part in error["loc"] if part not in SOURCES]
    name = next((FIELD_NAMES[part] for part in location if part in FIELD_NAMES), None)
    code = str(error["type"])
    remedy = next((words for start, words in REMEDIES.items() if code.startswith(start)), None)
    return FieldProblem(
        pointer="#/" + "/".join(location),
        detail=f"{f'“{name}”' if name else '提交的内容'}{remedy or '格式不对'}",
    )
