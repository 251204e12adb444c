"""Characters that share a Mandarin syllable and their fate in the dialects, put into classes.

江 and 姜 are jiang both; Cantonese and Hakka keep them apart, and so do most dialects south of the
Yangtze, because they were never one sound there. What 江 is misheard as is learned from 江, 扛, 讲 …,
and what 姜 is misheard as from 姜, 疆, 将 ….
"""

from collections.abc import Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching.text.syllables import UNREAD, syllable_table
from scripts.dialects.misheard import Chances, mandarin

#: Classes are joined while the mean likeness of their members is at least this. Chosen on a fold of the
#: learning points (their counties left out): 0.45, 0.6 and 0.75 were compared: more classes hit more, and twice as many are twice as large.
LIKE: Final = 0.7
#: Points beyond this many make the likeness in a group no surer.
_SURE: Final = 10


def sound_classes(
    means: Mapping[str, Chances], counts: Mapping[str, NDArray[np.intp]]
) -> list[list[int]]:
    """Classes as lists of character places, each sorted, by syllable and then by first member.

    `means[group]`: P(heard | character) over the group's points, shape (characters, S);
    `counts[group]`: at how many of them the character had a row, shape (characters,).
    """
    found: list[list[int]] = []
    for syllable in range(len(syllable_table())):
        members = np.flatnonzero(mandarin() == syllable)
        if syllable != UNREAD and len(members):
            found += sorted(_joined(_likeness(members, means, counts), members))
    return found


def _likeness(
    members: NDArray[np.intp], means: Mapping[str, Chances], counts: Mapping[str, NDArray[np.intp]]
) -> Chances:
    """The Bhattacharyya coefficient of each two rows, averaged over the groups that have both."""
    total = np.zeros((len(members), len(members)))
    weight = np.zeros_like(total)
    for group, mean in means.items():
        roots = np.sqrt(mean[members])
        sure = np.minimum(counts[group][members], _SURE) ** 0.25
        both = np.outer(sure, sure)
        total += both * np.einsum("is,js->ij", roots, roots)
        weight += both
    return np.round(total / np.maximum(weight, 1e-9), 9)


def _joined(likeness: Chances, members: NDArray[np.intp]) -> list[list[int]]:
    """Average linkage: the two likest classes become one until none are alike enough."""
    classes = {place: [int(member)] for place, member in enumerate(members)}
    between = likeness.copy()
    np.fill_diagonal(between, -1)
    while len(classes) > 1:
        one, other = np.unravel_index(int(between.argmax()), between.shape)
        if between[one, other] < LIKE:
            break
        sizes = len(classes[int(one)]), len(classes[int(other)])
        mean = np.round((sizes[0] * between[one] + sizes[1] * between[other]) / sum(sizes), 9)
        between[one], between[:, one] = mean, mean
        between[other], between[:, other], between[one, one] = -1, -1, -1
        classes[int(one)] += classes.pop(int(other))
    return [sorted(each) for each in classes.values()]
