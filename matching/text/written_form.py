"""How alike two characters are in writing, and in Cantonese, over a whole set of symbols at once."""

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching.tables import toml_table
from matching.text.characters import CharacterTable, character_table, simplified

_CORNERS: Final = 5
_CORNERS_ALIKE: Final = 4
Chances = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenWeights:
    """The table of `written_form.toml`."""

    version: str
    sound: float
    same: float
    alike: float
    part: float
    radical: float
    few: int
    cantonese: float


@cache
def written_weights() -> WrittenWeights:
    """The shipped weights."""
    table = toml_table("matching.text", "written_form.toml")
    return WrittenWeights(version=table["version"]["name"], **table["weights"])


@dataclass(frozen=True, slots=True, eq=False)
class WrittenForms:
    """Facts of N characters as arrays: what is compared with one written character."""

    characters: NDArray[np.uint32]
    radicals: NDArray[np.uint32]
    #: Shape (N, 5), digits of the four-corner code, 255 when unknown.
    corners: NDArray[np.uint8]
    #: Parts other than the radical with the row they belong to, both flat.
    parts: NDArray[np.uint32]
    part_rows: NDArray[np.intp]
    jyutping: NDArray[np.int32]
    jyutping_rows: NDArray[np.intp]

    @classmethod
    def of(cls, characters: list[str]) -> "WrittenForms":
        """Look the characters up, in their simplified form."""
        table = character_table()
        plain = [simplified(each) for each in characters]
        parts = [(ord_, row) for row, char in enumerate(plain) for ord_ in _own_parts(table, char)]
        spoken = [(n, row) for row, char in enumerate(plain) for n in table.jyutping(char)]
        return cls(
            characters=np.array([ord(each) for each in plain], np.uint32),
            radicals=np.array([table.radical(each) for each in plain], np.uint32),
            corners=np.array([_digits(table, each) for each in plain], np.uint8).reshape(-1, 5),
            parts=np.array([each for each, _ in parts], np.uint32),
            part_rows=np.array([row for _, row in parts], np.intp),
            jyutping=np.array([each for each, _ in spoken], np.int32),
            jyutping_rows=np.array([row for _, row in spoken], np.intp),
        )

    def add_chances(self, chances: Chances, char: str) -> None:
        """Add to P(written `char` | meant), shape (N,), what form and Cantonese say."""
        weights, table = written_weights(), character_table()
        plain = simplified(char)
        form = np.zeros_like(chances)
        radical = table.radical(plain)
        if radical:
            form[self.radicals == radical] = weights.radical
        shared = self._sharing_parts(table, plain)
        form[shared] = weights.part
        form[shared[self._corners_alike(table, plain, shared)]] = weights.alike
        form[self.characters == ord(plain)] = weights.same
        chances += form
        for spoken in table.jyutping(plain):
            chances[self.jyutping_rows[self.jyutping == spoken]] += weights.cantonese

    def _sharing_parts(self, table: CharacterTable, char: str) -> NDArray[np.intp]:
        having = (self.part_rows[self.parts == part] for part in _own_parts(table, char))
        found = [rows for rows in having if len(rows) <= written_weights().few]
        return np.concatenate(found) if found else np.empty(0, np.intp)

    def _corners_alike(
        self, table: CharacterTable, char: str, rows: NDArray[np.intp]
    ) -> NDArray[np.bool_]:
        own = np.array(_digits(table, char), np.uint8)
        same: NDArray[np.bool_] = (self.corners[rows] == own).sum(1) >= _CORNERS_ALIKE
        return same & bool(own[0] < 10)  # noqa: PLR2004 - 255 is unknown


def _own_parts(table: CharacterTable, char: str) -> tuple[int, ...]:
    """The parts beside the radical."""
    radical = table.radical(char)
    return tuple(each for each in table.parts(char) if each not in {radical, ord(char)})


def _digits(table: CharacterTable, char: str) -> tuple[int, ...]:
    code = table.corners(char)
    if code < 0:
        return (255,) * _CORNERS
    return tuple(int(each) for each in f"{code:05d}"[:_CORNERS])
