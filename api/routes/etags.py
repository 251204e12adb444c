"""Entity tags: the version of what was read, handed back when it is changed (RFC 9110)."""

from api.problems import PreconditionMissingError
from casework.errors import BadInputError


def etag(version: int) -> str:
    """The strong entity tag of a version."""
    return f'"{version}"'


def version_of(if_match: str | None) -> int:
    """The version named by an If-Match header.

    Raises:
        PreconditionMissingError: there is no header.
        BadInputError: it is not a tag of ours.
    """
    if if_match is None:
        sentence = "请先读取线索，并把得到的 ETag 放进 If-Match 头，以免覆盖别人的处理。"
        raise PreconditionMissingError(sentence)
    digits = if_match.strip().removeprefix('"').removesuffix('"')
    if not (digits.isascii() and digits.isdigit()):
        sentence = "If-Match 头要原样填写读取线索时得到的 ETag。"
        raise BadInputError(sentence)
    return int(digits)
