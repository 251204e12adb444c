import numpy as np
import pytest

from benchmarks.population.frequencies import EvenSearch
from matching.model import PersonFacts
from matching.policy import load_policy
from matching.ranking import Search
from matching.registry.registry import Registry
from tests.people import TRUE, a_candidate, a_probe, strangers

NAMED = [a_probe(PersonFacts(names=(name,))) for name in ("王伟", "刘福胜")]


def bits(search: Search, name: str) -> float:
    setting = search.setting(search.sound)
    chances = np.array([0.5, 0.2, 0.2])
    return setting.anybody(f"name {name}", chances, 0.01).ratio(0.5)


def test_every_word_of_a_kind_is_as_common_as_another() -> None:
    people = [TRUE, *strangers(), *(a_candidate(f"w{n}", "王伟") for n in range(20))]
    search = Search(Registry.build(people), load_policy())
    even = EvenSearch.of(search, NAMED)
    assert bits(even, "王伟") == pytest.approx(bits(even, "刘福胜"))
    assert {"name"} <= even.means.keys()
    assert even.setting(even.sound).counts("blood", (3, 4)) == (0, 0)


def test_the_rare_name_loses_its_weight_and_the_lead_stays() -> None:
    search = Search(Registry.build([TRUE, *strangers()]), load_policy())
    probe = NAMED[1]
    even = EvenSearch.of(search, NAMED)
    usual, flat = (each.leads(probe).leads[0] for each in (search, even))
    assert usual.record_id == flat.record_id == "true"
    assert usual.bits != pytest.approx(flat.bits)
