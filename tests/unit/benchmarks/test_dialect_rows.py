import numpy as np
import pytest

from benchmarks.dialect_guess import spoken_words
from benchmarks.sound_peers import codes_in_the_plane, plain_pinyin
from matching.dialect.groups import dialect_groups
from matching.text.sound_costs import SoundCosts
from matching.text.syllables import syllable_numbers

N = syllable_numbers()


@pytest.mark.parametrize("peer", [plain_pinyin(), codes_in_the_plane()])
def test_the_same_sound_is_nearest_to_every_peer(peer: SoundCosts) -> None:
    assert peer.costs[N["hu"], N["hu"]] < peer.costs[N["hu"], N["fu"]]
    assert np.isfinite(peer.costs).all()


def test_codes_know_what_stands_close() -> None:
    costs = codes_in_the_plane().costs
    assert costs[N["nan"], N["lan"]] < costs[N["nan"], N["pan"]]
    plain = plain_pinyin().costs
    assert plain[N["nan"], N["lan"]] == plain[N["nan"], N["pan"]]


def test_every_group_speaks_twelve_words_at_a_time() -> None:
    cases = spoken_words()
    assert {case.group for case in cases} == {group.id for group in dialect_groups()}
    for case in cases:
        assert len(case.meant) == len(case.heard) == 12
        assert all(len(a) == len(b) for a, b in zip(case.meant, case.heard, strict=True))


def test_words_and_sounds_are_evidence_apart() -> None:
    case = spoken_words()[0]
    assert not case.evidence(words=False).markers
    assert not case.evidence(sounds=False).corrected
    assert case.evidence().corrected[0] == (case.heard[0], case.meant[0])
