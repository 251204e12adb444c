"""The sound matrix a verb searches with: of a dialect group, or of all groups together."""

from typing import Annotated

import typer

from casework.errors import BadInputError
from matching.dialect.matrices import costs_without_dialect, dialect_costs
from matching.errors import BadFactError
from matching.text.sound_costs import SoundCosts

Dialect = Annotated[
    str | None, typer.Option("--dialect", help="方言区，如 xiang、yue · dialect group id")
]


def sound_of(group: str | None) -> SoundCosts:
    """The matrix of a group; of all groups when none is given.

    Raises:
        BadInputError: there is no such group.
    """
    if not group:
        return costs_without_dialect()
    try:
        return dialect_costs(group)
    except BadFactError as error:
        raise BadInputError("没有这个方言区，请用文档中的编号，例如 xiang、yue、hakka。") from error


def sound_of_row(group: object) -> tuple[SoundCosts, str | None]:
    """The matrix for one row of a batch, and a warning when its group is unknown."""
    try:
        return sound_of(group if isinstance(group, str) else None), None
    except BadInputError:
        return costs_without_dialect(), "没有这个方言区，已按一般近音检索。"
