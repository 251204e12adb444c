"""What one position that was heard costs when each group of speakers has to explain it by itself."""

from collections import Counter
from collections.abc import Iterable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching.text.heard_name import HeardSyllable
from matching.text.sound_classes import sound_classes
from matching.text.speakers import Speakers
from matching.text.symbols import Costs, Symbols
from matching.text.written_form import written_weights

#: A dialect is named when its share of the explanation is at least this.
_SURE: Final = 0.5


def position_by_speaker(
    symbols: Symbols, chosen: NDArray[np.intp], heard: HeardSyllable, speakers: Speakers
) -> Costs:
    """-ln P(heard, written so | symbol, group) of one position, shape (G, len(chosen))."""
    sounds = symbols.sounds_of(chosen)
    best = np.zeros((len(speakers.weights), len(chosen)), np.float32)
    for syllable in heard.readings:
        row = sound_classes().row(heard.char, syllable) if heard.char else syllable
        np.maximum(best, speakers.chances(row)[:, sounds].max(2), out=best)
    if heard.char:
        best = best * np.float32(written_weights().sound) + symbols.written(heard)[chosen]
    costs: Costs = -np.log(best)
    return costs


def dialect_of_pairs(
    pairs: Iterable[tuple[int, HeardSyllable]], symbols: Symbols, speakers: Speakers | None
) -> str:
    """The group that explains best what was heard for each symbol of a name; "" when none does in particular."""
    if speakers is None:
        return ""
    costs = np.zeros(len(speakers.weights), np.float32)
    for symbol, heard in pairs:
        costs += position_by_speaker(symbols, np.array([symbol]), heard, speakers)[:, 0]
    return dialect_of(speakers.weights * np.exp(costs.min() - costs), speakers)


def dialect_of(parts: Costs, speakers: Speakers) -> str:
    """The group that explains something best, by its name; "" when none does in particular. `parts` has shape (G,).

    When no part of a language explains most of it and its parts together do, the language is named
    (西南官话 for 西南官话（川黔） and its sisters).
    """
    most = _SURE * parts.sum()
    best = int(parts.argmax())
    if parts[best] >= most:
        return speakers.names[best]
    together: Counter[str] = Counter()
    for name, part in zip(speakers.names, parts.tolist(), strict=True):
        together[name.partition("（")[0]] += part
    language, explained = max(together.items(), key=lambda each: each[1])
    return language if explained >= most else ""
