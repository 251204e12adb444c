"""Characters: how they are read (Mandarin, Cantonese), simplified and built, from a mapped table."""

from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path

from matching.text.packed_arrays import PackedArrays, load_packed


@dataclass(frozen=True, eq=False)
class CharacterTable:
    """`data/characters.bin`; a character's row is its place among the sorted code points."""

    packed: PackedArrays

    def row(self, char: str) -> int | None:
        """The row of a character, or None when the table lacks it (private use, letters)."""
        return self._rows.get(ord(char))

    def readings(self, char: str) -> tuple[int, ...]:
        """Every Mandarin syllable number, the most usual first; empty when it has none."""
        return self._row_of("reading", char)

    def jyutping(self, char: str) -> tuple[int, ...]:
        """Numbers of the Cantonese syllables, the most usual first; `data/jyutping.tsv` spells them."""
        return self._row_of("jyutping", char)

    def parts(self, char: str) -> tuple[int, ...]:
        """Code points of the pieces a character is built of, its radical included."""
        return self._row_of("part", char)

    def radical(self, char: str) -> int:
        """Code point of the radical, 0 when unknown."""
        row = self.row(char)
        return 0 if row is None else int(self.packed.arrays["radical"][row])

    def corners(self, char: str) -> int:
        """The four-corner code (five digits), -1 when unknown."""
        row = self.row(char)
        return -1 if row is None else int(self.packed.arrays["corners"][row])

    def simplified(self, char: str) -> str:
        """The simplified form; a character without one, or unknown, stays as it is."""
        row = self.row(char)
        return char if row is None else chr(self.packed.arrays["simplified"][row])

    @cached_property
    def _rows(self) -> dict[int, int]:
        codes: list[int] = self.packed.arrays["characters"].tolist()
        return {code: row for row, code in enumerate(codes)}

    def _row_of(self, name: str, char: str) -> tuple[int, ...]:
        row = self.row(char)
        if row is None:
            return ()
        ends = self.packed.arrays[f"{name}_ends"]
        start = int(ends[row - 1]) if row else 0
        return tuple(self.packed.arrays[f"{name}s"][start : int(ends[row])].tolist())


@cache
def character_table() -> CharacterTable:
    """The shipped table."""
    return CharacterTable(load_packed(Path(str(files("matching.text") / "data/characters.bin"))))


@cache
def simplified(char: str) -> str:
    """The simplified form of one character."""
    return character_table().simplified(char)


def simplified_text(text: str) -> str:
    """Each character by itself in its simplified form; as long as the text."""
    return "".join(map(simplified, text))


@cache
def char_readings(char: str) -> tuple[int, ...]:
    """Every Mandarin syllable number of a character, also through its simplified form."""
    return character_table().readings(char) or character_table().readings(simplified(char))
