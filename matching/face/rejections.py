"""Refusals of photos and faces, with their sentences from `rejections.toml`."""

import tomllib
from functools import cache
from importlib.resources import files

from matching.face.reading import Rejection, RejectionCode


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
    text = files("matching.face").joinpath("rejections.toml").read_text(encoding="utf-8")
    table: dict[str, dict[str, str]] = tomllib.loads(text)
    return table
