"""Which characters of the heard syllable a listener writes who hears as the speaker does.

To Mandarin ears 福, 扶 and 符 are one syllable. A Cantonese writes 扶 for 湖 (both wu4 or fu4 there), never 福 (fuk1).
So beside the syllable, the sound class of the written character says what was meant.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from scripts.dialects.homophones import common_characters
from scripts.dialects.misheard import Chances, learned_characters, mandarin

Readings = Iterable[tuple[str, str]]
Numbers = NDArray[np.intp]


def class_numbers(classes: Sequence[Sequence[int]]) -> Numbers:
    """The class of each learned character."""
    numbers = np.zeros(len(learned_characters()), np.intp)
    for number, members in enumerate(classes):
        numbers[list(members)] = number
    return numbers


def common_in_class(classes: Sequence[Sequence[int]]) -> Numbers:
    """How many common characters each class has, shape (J,)."""
    return np.array([int(_is_common()[list(members)].sum()) for members in classes])


def written_for(points: Iterable[Readings], classes: Sequence[Sequence[int]]) -> Chances:
    """P(class of the written character | class meant, misheard), the mean over points and characters; shape (J, J).

    A point writes, for a character, each common character that sounds like it there and is another syllable in
    Mandarin as likely as any other. Rows of classes that are misheard nowhere are zero.
    """
    numbers = class_numbers(classes)
    total, counts = np.zeros((len(classes), len(classes))), np.zeros(len(classes))
    for readings in points:
        for char, written in _written_at(readings).items():
            np.add.at(total[numbers[char]], numbers[written], 1 / len(written))
            counts[numbers[char]] += 1
    chances: Chances = total / np.maximum(counts, 1)[:, None]
    return chances


def _written_at(readings: Readings) -> dict[int, Numbers]:
    """For each character that is misheard at a point the common characters it is taken for."""
    sounds: dict[int, list[str]] = defaultdict(list)
    common: dict[str, list[int]] = defaultdict(list)
    for char, sound in sorted({each for each in readings if each[0] in _places()}):
        place = _places()[char]
        sounds[place].append(sound)
        if _is_common()[place]:
            common[sound].append(place)
    alike = {
        place: np.array([each for sound in own for each in common[sound]], np.intp)
        for place, own in sounds.items()
    }
    misheard = {
        place: own[mandarin()[own] != mandarin()[place]] for place, own in alike.items() if len(own)
    }
    return {place: own for place, own in misheard.items() if len(own)}


@cache
def _places() -> dict[str, int]:
    return {char: place for place, char in enumerate(learned_characters())}


@cache
def _is_common() -> NDArray[np.bool_]:
    return np.array([char in common_characters() for char in learned_characters()])
