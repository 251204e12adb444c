"""Names in lists are masked; the whole name is shown where a look leaves its own trace."""

MASK = "×"


def mask_name(name: str) -> str:
    """The first character, and the last one of names with three or more: 刘×福, 王×."""
    if len(name) < 2:  # noqa: PLR2004 - a name of one character has nothing to hide behind
        return MASK if name else ""
    if len(name) == 2:  # noqa: PLR2004 - surname and one given character
        return name[0] + MASK
    return name[0] + MASK * (len(name) - 2) + name[-1]
