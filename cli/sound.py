"""The sound matrix a verb searches with: of a dialect group or of all groups, and of who writes it down."""

from typing import Annotated

import typer

from casework.errors import BadInputError
from matching.dialect.matrices import costs_without_dialect, dialect_costs
from matching.errors import BadFactError
from matching.text.cantonese_writer import Writer
from matching.text.sound_costs import SoundCosts

Dialect = Annotated[
    str | None, typer.Option("--dialect", help="方言区，如 xiang、yue · dialect group id")
]

WrittenBy = Annotated[
    str | None,
    typer.Option(
        "--writer",
        help="写字的人按什么话想字：mandarin（默认）或 cantonese · whose sounds the writer goes by",
    ),
]


def sound_of(group: str | None, writer: str | None = None) -> SoundCosts:
    """The matrix of a group; of all groups when none is given.

    Raises:
        BadInputError: there is no such group, or no such writer.
    """
    return writer_of(writer).writes(_of_group(group))


def writer_of(name: str | None) -> Writer:
    """Who writes down what is said; by Mandarin when nobody is named.

    Raises:
        BadInputError: there is no such writer.
    """
    try:
        return Writer(name or Writer.MANDARIN)
    except ValueError as error:
        raise BadInputError("写字的人只能是 mandarin 或 cantonese。") from error


def sound_of_row(group: object, writer: str | None = None) -> tuple[SoundCosts, str | None]:
    """The matrix for one row of a batch, and a warning when its group is unknown.

    Raises:
        BadInputError: there is no such writer.
    """
    writes = writer_of(writer).writes
    try:
        return writes(_of_group(group if isinstance(group, str) else None)), None
    except BadInputError:
        return writes(costs_without_dialect()), "没有这个方言区，已按一般近音检索。"


def _of_group(group: str | None) -> SoundCosts:
    if not group:
        return costs_without_dialect()
    try:
        return dialect_costs(group)
    except BadFactError as error:
        raise BadInputError("没有这个方言区，请用文档中的编号，例如 xiang、yue、hakka。") from error
