"""Groups guessed from twelve words as spoken (`data/spoken_words.tsv`), over all groups.

The words are drawn by `scripts/draw_spoken_words.py`, which has the rules. A guess may use what the words are (of the
groups that the word list samples) and what was heard for them. Calibration: the expected error of the first guess's
probability in ten bands, and each band's share of right guesses beside its mean probability.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from benchmarks.rows import row, share_row
from matching.dialect.groups import dialect_groups
from matching.dialect.inference import GroupGuess, SpeechEvidence, guess_groups
from matching.dialect.word_markers import WordMarker, find_markers

_WORDS: Final = Path(__file__).parent / "data" / "spoken_words.tsv"
_BANDS: Final = 10
_TOP: Final = 3


@dataclass(frozen=True, slots=True)
class SpokenWords:
    """What somebody of a group said, word by word, and what a clerk wrote for it."""

    group: str
    meant: tuple[str, ...]
    heard: tuple[str, ...]

    def evidence(self, *, words: bool = True, sounds: bool = True) -> SpeechEvidence:
        """What the words, and what the sounds show."""
        found = {marker.word: marker for word in self.meant for marker in find_markers(word)}
        markers: Sequence[WordMarker] = tuple(found.values()) if words else ()
        pairs = tuple(zip(self.heard, self.meant, strict=True)) if sounds else ()
        return SpeechEvidence(markers=markers, corrected=pairs)


def spoken_words() -> list[SpokenWords]:
    """The rows of `data/spoken_words.tsv`."""
    lines = (line.split("\t") for line in _WORDS.read_text(encoding="utf-8").splitlines()[1:])
    return [
        SpokenWords(group, (*meant.split(),), (*heard.split(),)) for group, meant, heard in lines
    ]


def guess_rows() -> Iterator[dict[str, Any]]:
    """First and first three guesses, calibration, and the same by words or sounds alone."""
    cases = spoken_words()
    chance = {1: 1 / len(dialect_groups()), _TOP: _TOP / len(dialect_groups())}
    for title, words, sounds in (
        ("", True, True),
        ("，只凭用词", True, False),
        ("，只凭语音", False, True),
    ):
        found = [guess_groups(case.evidence(words=words, sounds=sounds)) for case in cases]
        for top in (1, _TOP):
            share = sum(
                _is_among(case, guesses, top) for case, guesses in zip(cases, found, strict=True)
            )
            name = f"12 个词猜方言区（全部 {len(dialect_groups())} 区）{title}：前 {top}"
            yield share_row(name, share / len(cases), chance[top], "随机")
        if words and sounds:
            yield from _calibration(cases, found)


def _is_among(case: SpokenWords, guesses: Sequence[GroupGuess], top: int) -> bool:
    return case.group in {guess.group for guess in guesses[:top]}


def _calibration(
    cases: Sequence[SpokenWords], found: Sequence[Sequence[GroupGuess]]
) -> Iterator[dict[str, Any]]:
    """The expected calibration error, then band by band."""
    bands: dict[int, list[tuple[float, bool]]] = {}
    for case, guesses in zip(cases, found, strict=True):
        first = guesses[0]
        band = min(_BANDS - 1, int(first.probability * _BANDS))
        bands.setdefault(band, []).append((first.probability, first.group == case.group))
    error = 0.0
    lines = []
    for _, each in sorted(bands.items()):
        said = sum(chance for chance, _ in each) / len(each)
        right = sum(is_right for _, is_right in each) / len(each)
        error += abs(said - right) * len(each) / len(cases)
        lines.append(row(f"猜方言区，说 {said:.0%} 的 {len(each)} 次中猜对", "", right))
    yield row("猜方言区：校准误差（ECE）", "", error)
    yield from lines
