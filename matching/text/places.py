"""Home places: what a heard phrase says about each level of a written path."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Final, TypeVar

from matching.text.normalize import is_han, normalize
from matching.text.pinyin import Syllables, fold, syllables
from matching.text.place_core import core

_SHORTEST_CORE: Final = 2
_LONGEST_CORE: Final = 8
Path = tuple[str, ...]
K = TypeVar("K")


class Hearing(IntEnum):
    """How a place name was recognised in a phrase; larger is surer."""

    NEAR = 1
    HOMOPHONE = 2
    EXACT = 3


@dataclass(frozen=True, slots=True)
class PlaceIndex:
    """Every place of a registry by writing and by sound."""

    by_writing: Mapping[str, tuple[Path, ...]]
    by_sound: Mapping[Syllables, tuple[Path, ...]]
    by_folded: Mapping[Syllables, tuple[Path, ...]]

    @classmethod
    def build(cls, paths: Iterable[Path]) -> "PlaceIndex":
        """Index every prefix of every path (a town is also known as a place of its county)."""
        prefixes = {path[:depth] for path in paths for depth in range(1, len(path) + 1)}
        writing: dict[str, list[Path]] = {}
        sound: dict[Syllables, list[Path]] = {}
        near: dict[Syllables, list[Path]] = {}
        for prefix in sorted(prefixes):
            name = core(prefix[-1])
            spoken = syllables(name)
            writing.setdefault(name, []).append(prefix)
            sound.setdefault(spoken, []).append(prefix)
            near.setdefault(fold(spoken), []).append(prefix)
        return cls(_frozen(writing), _frozen(sound), _frozen(near))

    def hear(self, phrase: str) -> "HeardPlaces":
        """Every place whose name may lie in a phrase, with how surely."""
        heard: dict[Path, Hearing] = {}
        words: dict[Path, str] = {}
        for word in _words(phrase):
            spoken = syllables(word)
            for hearing, paths in (
                (Hearing.EXACT, self.by_writing.get(word, ())),
                (Hearing.HOMOPHONE, self.by_sound.get(spoken, ())),
                (Hearing.NEAR, self.by_folded.get(fold(spoken), ())),
            ):
                for path in paths:
                    if hearing > heard.get(path, 0):
                        heard[path], words[path] = hearing, word
        return HeardPlaces(heard=heard, words=words)


@dataclass(frozen=True, slots=True)
class HeardPlaces:
    """What one phrase (or several) may name."""

    heard: Mapping[Path, Hearing] = field(default_factory=dict)
    #: The stretch of the phrase that each place was recognised in.
    words: Mapping[Path, str] = field(default_factory=dict)

    def deepest(self, path: Path) -> Path | None:
        """The longest prefix of `path` that was heard, or None."""
        prefixes = (path[:depth] for depth in range(len(path), 0, -1))
        return next((prefix for prefix in prefixes if prefix in self.heard), None)

    def agreeing(self, path: Path) -> tuple[Path, ...]:
        """Every prefix of `path` that was heard, province first."""
        return tuple(p for p in (path[:d] for d in range(1, len(path) + 1)) if p in self.heard)

    def stated(self, depth: int) -> frozenset[Path]:
        """Places of one level that were named letter by letter."""
        return frozenset(
            path
            for path, hearing in self.heard.items()
            if hearing is Hearing.EXACT and len(path) == depth
        )


def merge_heard(parts: Iterable[HeardPlaces]) -> HeardPlaces:
    """Several phrases of one person as one; the surer hearing of a place wins."""
    heard: dict[Path, Hearing] = {}
    words: dict[Path, str] = {}
    for part in parts:
        for path, hearing in part.heard.items():
            if hearing > heard.get(path, 0):
                heard[path], words[path] = hearing, part.words[path]
    return HeardPlaces(heard=heard, words=words)


def _words(phrase: str) -> Iterator[str]:
    """Every stretch of the phrase that could be a place's core, each once."""
    text = "".join(each for each in normalize(phrase) if is_han(each))
    seen: set[str] = set()
    for length in range(_SHORTEST_CORE, _LONGEST_CORE + 1):
        for start in range(len(text) - length + 1):
            word = text[start : start + length]
            if word not in seen:
                seen.add(word)
                yield word


def _frozen(index: Mapping[K, list[Path]]) -> dict[K, tuple[Path, ...]]:
    return {key: tuple(paths) for key, paths in index.items()}
