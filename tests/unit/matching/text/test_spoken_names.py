"""Names that one group of speakers has to explain as a whole."""

from dataclasses import replace

import numpy as np
import pytest

from matching.text.gazetteer import Gazetteer
from matching.text.name_costs import name_similarity
from matching.text.name_index import NameIndex
from matching.text.sound_classes import sound_classes
from matching.text.sound_costs import SoundCosts, built_in_costs
from matching.text.speakers import Speakers
from matching.text.spoken_costs import dialect_of
from matching.text.syllables import syllable_numbers

Chances = np.ndarray[tuple[int, ...], np.dtype[np.float32]]
N = syllable_numbers()
NAMES = ["胡南", "胡南生", "王伟", "欧阳慧", "刘福生", "牛福胜"]
INDEX = NameIndex.build(NAMES)


def nowhere(_: Gazetteer) -> Chances:
    raise AssertionError("names live nowhere")


def sound(*groups: SoundCosts) -> SoundCosts:
    """The mean of some matrices, and the speakers it is made of."""
    each = np.exp(-np.stack([group.costs for group in groups]))
    syllables = sound_classes().syllables
    speakers = Speakers(
        names=tuple("甲乙丙"[: len(groups)]),
        weights=np.full(len(groups), 1 / len(groups), np.float32),
        chances=lambda heard: each[:, :, syllables[heard]],
        homes=nowhere,
    )
    return replace(groups[0], costs=-np.log(each.mean(0)), speakers=speakers)


def taking(meant: str, heard: str) -> SoundCosts:
    """Somebody who takes one syllable for another, and is else heard right."""
    syllables, costs = sound_classes().syllables, np.full_like(built_in_costs().costs, 8.0)
    costs[np.arange(len(syllables)), syllables] = 0.1
    costs[syllables == N[meant], N[heard]] = 0.5
    return replace(built_in_costs(), costs=costs)


def costs(heard: str, by: SoundCosts) -> dict[str, float]:
    return {INDEX.names[hit.number]: hit.cost for hit in INDEX.nearest(heard, by, len(NAMES))}


@pytest.mark.parametrize("heard", ["福兰", "胡南", "扭福生", "欧杨会", "阿福", "王"])
def test_one_group_of_speakers_scores_as_its_matrix_does(heard: str) -> None:
    alone = costs(heard, sound(built_in_costs()))
    assert alone == pytest.approx(costs(heard, built_in_costs()), abs=1e-3)


def test_two_groups_do_not_explain_one_name_together() -> None:
    both = sound(taking("hu", "fu"), taking("nan", "lan"))
    by_mean = replace(both, speakers=None)
    assert costs("福兰", both)["胡南"] > costs("福兰", by_mean)["胡南"] + 1
    assert costs("福南", both)["胡南"] < costs("福兰", both)["胡南"] - 1


def test_the_answer_is_in_order_and_as_long_as_was_asked() -> None:
    hits = INDEX.nearest("刘胡生", sound(built_in_costs(), taking("fu", "hu")), 2)
    assert len(hits) == 2
    assert INDEX.names[hits[0].number] == "刘福生"
    assert hits[0].cost <= hits[1].cost


def test_a_dialect_is_named_when_it_explains_most() -> None:
    speakers = sound(built_in_costs(), built_in_costs()).speakers
    assert speakers is not None
    assert dialect_of(np.array([0.7, 0.3], np.float32), speakers) == "甲"
    assert dialect_of(np.array([0.7, 0.3], np.float32), replace(speakers, names=("", "乙"))) == ""


def test_parts_of_one_language_are_named_together() -> None:
    speakers = sound(*[built_in_costs()] * 3).speakers
    assert speakers is not None
    speakers = replace(speakers, names=("官话（南）", "官话（北）", "湘语"))
    assert dialect_of(np.array([0.4, 0.4, 0.2], np.float32), speakers) == "官话"
    assert dialect_of(np.array([0.6, 0.2, 0.2], np.float32), speakers) == "官话（南）"
    apart = replace(speakers, names=("官话（南）", "粤语", "湘语"))
    assert dialect_of(np.array([0.4, 0.3, 0.3], np.float32), apart) == ""


def test_the_rule_says_whose_merger_it_is() -> None:
    both = sound(taking("hu", "fu"), taking("nan", "lan"))
    assert name_similarity("刘福生", "刘胡生", both).rules == ("同字", "h/f 混（甲）")
    assert name_similarity("刘兰生", "刘南生", both).rules == ("同字", "n/l 混（乙）")


@pytest.mark.parametrize("pair", [("刘福生", "刘福生"), ("刘复生", "刘福生"), ("阿福", "刘胡生")])
def test_what_is_no_merger_has_no_dialect(pair: tuple[str, str]) -> None:
    rules = name_similarity(*pair, sound(taking("hu", "fu"))).rules
    assert not any("甲" in rule for rule in rules)


def test_without_speakers_a_merger_is_nobodys() -> None:
    assert name_similarity("刘福生", "刘胡生", built_in_costs()).rules == ("同字", "h/f 混")


def test_a_syllable_too_many_does_not_hide_the_dialect() -> None:
    by = sound(taking("hu", "fu"), taking("nan", "lan"))
    assert "h/f 混（甲）" in name_similarity("刘福生天", "刘胡生", by).rules
