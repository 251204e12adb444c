"""A line of a case's file as it comes from outside: a kind and its fields, checked against its class."""

import json
from collections.abc import Mapping
from dataclasses import fields as dataclass_fields
from typing import Final, get_args, get_type_hints

from pydantic import ValidationError

from casework.cases.case import Details
from casework.errors import BadInputError
from storage.documents import DETAILS

#: kind -> names of its fields.
_FIELDS: Final[Mapping[str, frozenset[str]]] = {
    get_args(get_type_hints(each)["kind"])[0]: frozenset(
        field.name for field in dataclass_fields(each)
    )
    - {"kind"}
    for each in get_args(Details)
}


def details_from(kind: str, fields: Mapping[str, object]) -> Details:
    """The line of this kind.

    Raises:
        BadInputError: an unknown kind, or fields that are missing or of the wrong kind; the
            sentence names fields, never values.
    """
    known = _FIELDS.get(kind)
    strange = sorted(set(fields) - known) if known is not None else []
    if strange:
        names = "、".join(name[:40] for name in strange)
        raise BadInputError(f"登记 {kind[:40]} 没有这些栏目：{names}。")
    try:
        return DETAILS.load(json.dumps({**fields, "kind": kind}, ensure_ascii=False))
    except ValidationError as error:
        raise BadInputError(_sentence(kind, error)) from None


def _sentence(kind: str, error: ValidationError) -> str:
    problems = error.errors(include_input=False, include_url=False)
    if any(each["type"].startswith("union_tag") for each in problems):
        return f"没有 {kind[:40]} 这种登记；可用的见 docs/case-lines.md。"
    names = "、".join(dict.fromkeys(str(each["loc"][-1]) for each in problems if each["loc"]))
    return f"登记 {kind[:40]} 时，这些栏目缺少或填得不对：{names}。"
