"""Problem documents (RFC 9457): one table from error class to status, slug and Chinese title.

The slug in `type` is stable and meant for programs; title and detail are meant for people.
"""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from casework.errors import (
    BadInputError,
    CaseworkError,
    ChooseFaceError,
    MinorProtectedError,
    NotFoundError,
    NotPermittedError,
    NotSignedInError,
    StaleVersionError,
    TemporaryPasswordError,
    TooManyTriesError,
    TransitionRefusedError,
    UnavailableError,
)

TYPE_PREFIX: Final = "urn:guitu:problem:"


class PreconditionMissingError(CaseworkError):
    """A change was asked for without saying which version was read (no If-Match)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldProblem:
    """What is wrong with one field of a request; never its value."""

    #: JSON pointer into the request, for example #/birth_year.
    pointer: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One refusal, ready to be sent as JSON or shown as a page."""

    status: int
    slug: str
    title: str
    detail: str
    errors: tuple[FieldProblem, ...] = ()
    #: `[x, y, width, height]` of every face, biggest first, where one has to be chosen.
    boxes: tuple[tuple[int, int, int, int], ...] = ()

    def document(self) -> dict[str, object]:
        """The JSON document of RFC 9457."""
        document: dict[str, object] = {
            "type": TYPE_PREFIX + self.slug,
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
        }
        if self.errors:
            document["errors"] = [{"pointer": e.pointer, "detail": e.detail} for e in self.errors]
        if self.boxes:
            document["boxes"] = [list(box) for box in self.boxes]
        return document


@dataclass(frozen=True, slots=True)
class Kind:
    """How one class of error looks from outside."""

    status: HTTPStatus
    slug: str
    title: str


#: error class -> how it is answered. Subclasses stand before their base.
CASEWORK_KINDS: Final[dict[type[CaseworkError], Kind]] = {
    ChooseFaceError: Kind(HTTPStatus.UNPROCESSABLE_ENTITY, "choose-face", "照片里有多张脸"),
    BadInputError: Kind(HTTPStatus.UNPROCESSABLE_ENTITY, "bad-input", "填写的内容不能使用"),
    NotFoundError: Kind(HTTPStatus.NOT_FOUND, "not-found", "没有找到"),
    MinorProtectedError: Kind(HTTPStatus.FORBIDDEN, "closed-file", "未成年人档案，暂不能查看"),
    NotPermittedError: Kind(HTTPStatus.FORBIDDEN, "not-permitted", "没有权限"),
    NotSignedInError: Kind(HTTPStatus.UNAUTHORIZED, "not-signed-in", "需要登录"),
    TemporaryPasswordError: Kind(HTTPStatus.FORBIDDEN, "temporary-password", "请先改密码"),
    TooManyTriesError: Kind(HTTPStatus.TOO_MANY_REQUESTS, "too-many-tries", "请稍后再试"),
    TransitionRefusedError: Kind(
        HTTPStatus.CONFLICT, "transition-refused", "当前状态不允许这样处理"
    ),
    StaleVersionError: Kind(HTTPStatus.PRECONDITION_FAILED, "stale-version", "内容已被别人更新"),
    PreconditionMissingError: Kind(
        HTTPStatus.PRECONDITION_REQUIRED, "precondition-missing", "缺少 If-Match"
    ),
    UnavailableError: Kind(HTTPStatus.SERVICE_UNAVAILABLE, "unavailable", "某个部件暂时不可用"),
}

#: status -> how errors that come from the web layer itself are answered, with their sentence.
HTTP_KINDS: Final[dict[int, tuple[Kind, str]]] = {
    400: (
        Kind(HTTPStatus.BAD_REQUEST, "bad-request", "请求无法读取"),
        "请求的格式不对，请检查后重新提交。",
    ),
    404: (
        Kind(HTTPStatus.NOT_FOUND, "not-found", "没有找到"),
        "没有这个页面或接口，请检查地址。",
    ),
    405: (
        Kind(HTTPStatus.METHOD_NOT_ALLOWED, "method-not-allowed", "不支持这种操作"),
        "这个地址不支持这种操作。",
    ),
    413: (
        Kind(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too-large", "上传的内容太大"),
        "一次上传的内容过大，请减少照片数量或压缩后再传。",
    ),
}
INTERNAL: Final = Problem(
    status=500,
    slug="internal",
    title="系统出错",
    detail="系统出了问题，本次操作没有完成。请稍后重试；如仍不行，请联系管理员。",
)


def casework_problem(error: CaseworkError) -> Problem:
    """The problem of a refusal by the rules of casework."""
    kind = next(kind for cls, kind in CASEWORK_KINDS.items() if isinstance(error, cls))
    boxes = error.boxes if isinstance(error, ChooseFaceError) else ()
    return Problem(
        status=kind.status,
        slug=kind.slug,
        title=kind.title,
        detail=error.sentence,
        boxes=boxes,
    )


def http_problem(status: int) -> Problem:
    """The problem of an error raised by the web layer; unknown ones are answered as 400 or 500."""
    if status not in HTTP_KINDS and status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return INTERNAL
    kind, detail = HTTP_KINDS.get(status, HTTP_KINDS[400])
    return Problem(status=status, slug=kind.slug, title=kind.title, detail=detail)
