"""Refusals of photos and faces, with their sentences from `rejections.toml`."""

from functools import cache

from matching.face.reading import Rejection, RejectionCode
from matching.tables import toml_table


def rejection(reason: str, **numbers: float) -> Rejection:
    """The refusal named `reason` in `rejections.toml`, its {numbers} filled in.

    Raises:
        KeyError: no such reason, or a number its sentence needs is missing.
    """
    entry = _table()[reason]
    shown = {name: f"{value:g}" for name, value in numbers.items()}
    return Rejection(
        code=RejectionCode(entry["code"]),
        message=entry["message"].format(**shown),
        remedy=entry["remedy"].format(**shown),
    )


@cache
def _table() -> dict[str, dict[str, str]]:
    return toml_table("matching.face", "rejections.toml")
