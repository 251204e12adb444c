import numpy as np
import pytest

from matching.dialect.groups import dialect_groups, group_of_class
from matching.dialect.matrices import (
    chances_by_group,
    costs_of_posterior,
    costs_of_speech,
    costs_without_dialect,
    dialect_costs,
)
from matching.errors import BadFactError
from matching.text.sound_costs import SoundCosts, built_in_costs
from matching.text.syllables import syllable_numbers, syllable_table


def cost(sound: SoundCosts, meant: str, heard: str) -> float:
    numbers = syllable_numbers()
    return float(sound.costs[numbers[meant], numbers[heard]])


@pytest.mark.parametrize(
    ("group", "meant", "heard"),
    [
        ("xiang", "hu", "fu"),
        ("southwest-chuanqian", "nan", "lan"),
        ("yue", "huang", "wang"),
        ("jin", "dong", "dun"),
    ],
)
def test_textbook_mergers_are_cheap_in_their_group(group: str, meant: str, heard: str) -> None:
    assert cost(dialect_costs(group), meant, heard) < 2.5
    assert cost(dialect_costs(group), meant, heard) < cost(dialect_costs("jilu"), meant, heard)


def test_every_group_has_costs_and_southwest_is_the_mean_of_its_parts() -> None:
    for group in dialect_groups():
        assert dialect_costs(group.id).costs.shape == built_in_costs().costs.shape
    parts = [
        cost(dialect_costs(g.id), "nan", "lan") for g in dialect_groups() if "southwest" in g.id
    ]
    assert min(parts) < cost(dialect_costs("southwest"), "nan", "lan") < max(parts)


def test_where_the_standard_is_spoken_nothing_is_learned() -> None:
    assert dialect_costs("beijing") is built_in_costs()


def test_an_unknown_group_is_refused() -> None:
    with pytest.raises(BadFactError):
        dialect_costs("klingon")


def test_what_a_guess_gives_to_no_group_is_shared_by_all() -> None:
    nothing = costs_of_posterior((("mixed", 1.0),))
    assert np.allclose(nothing.costs, costs_without_dialect().costs, atol=1e-5)
    half = costs_of_posterior((("yue", 0.5), ("mixed", 0.5)))
    assert not np.allclose(half.costs, nothing.costs, atol=1e-3)


def test_a_posterior_lies_between_its_groups() -> None:
    mixed = costs_of_posterior((("yue", 0.5), ("jilu", 0.5)))
    each = [cost(dialect_costs(group), "huang", "wang") for group in ("yue", "jilu")]
    assert min(each) < cost(mixed, "huang", "wang") < max(each)
    assert cost(costs_without_dialect(), "huang", "wang") > min(each)


def test_matrices_hold_chances() -> None:
    total = sum(chances_by_group(heard).astype(float) for heard in range(len(syllable_table())))
    assert np.all(total > 0)
    assert np.all(total < 1.01)  # stored costs are rounded


def test_the_class_decides_the_group() -> None:
    assert group_of_class("闽语-莆仙片") == "minnan"
    assert group_of_class("乡话") is None


def test_a_mixed_speaker_is_heard_through_all_groups() -> None:
    mixed = costs_of_speech((("mixed", 1.0),))
    assert np.allclose(mixed.costs, costs_without_dialect().costs, atol=1e-5)
    mostly = costs_of_speech((("xiang", 0.901), ("mixed", 0.099)))
    assert mostly is costs_of_speech((("xiang", 0.899), ("mixed", 0.101)))
