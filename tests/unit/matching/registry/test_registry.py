from dataclasses import replace

import numpy as np
import pytest

from matching.errors import BadFactError
from matching.model import Candidate
from matching.registry.registry import Registry
from matching.registry.rows import Several, Single
from tests.people import LONGHUI, TRUE, YINGDE, a_candidate, a_registry

REGISTRY = a_registry()


def test_an_update_makes_a_new_snapshot_and_leaves_the_old_one() -> None:
    moved = a_candidate("true", "刘福胜", path=("四川省", "南充市", "南部县"))
    updated = REGISTRY.updated([moved, a_candidate("new", "欧阳春花")])
    assert (REGISTRY.size, updated.size) == (201, 202)
    assert REGISTRY.get("true") == TRUE
    assert updated.get("true") == moved


def test_an_updated_snapshot_has_the_same_numbers_as_a_new_one() -> None:
    changed = [replace(TRUE, record_id="x"), a_candidate("s3", "欧阳春花", height_cm=150)]
    updated = REGISTRY.updated(changed)
    fresh = Registry.build(updated.candidates)
    for fact in Single:
        assert updated.single(fact).tolist() == fresh.single(fact).tolist()
    for several in (Several.HOMES, Several.MARKS):
        assert updated.several(several).values.tolist() == fresh.several(several).values.tolist()
    assert names(updated) == names(fresh)


def names(registry: Registry) -> list[tuple[str, str]]:
    words = registry.words.names
    surnames, given = words.surnames.texts(), words.given.texts()
    return [(surnames[s], given[g]) for s, g in registry.several(Several.NAMES).values.tolist()]


def test_nothing_new_is_the_same_snapshot() -> None:
    assert REGISTRY.updated(()) is REGISTRY


def test_of_records_with_one_id_the_last_counts() -> None:
    twice = Registry.build([TRUE, a_candidate("true", "欧阳春花")])
    assert twice.size == 1
    assert twice.get("true").facts.names == ("欧阳春花",)


def test_an_unknown_candidate_is_a_programming_error() -> None:
    with pytest.raises(BadFactError):
        REGISTRY.get("nobody")


def test_a_record_without_facts_has_a_row_of_unknowns() -> None:
    registry = Registry.build([Candidate(record_id="empty"), TRUE])
    assert all(registry.single(fact)[0] == -1 for fact in Single)
    assert all(len(registry.several(fact).of_row(0)) == 0 for fact in Several)


def test_homes_know_what_lies_above_them() -> None:
    registry = Registry.build([a_candidate("a", path=LONGHUI), a_candidate("b", path=YINGDE[:3])])
    homes = registry.homes
    by_name = {homes.places.name(int(node)): at for at, node in enumerate(homes.nodes)}
    county, town = by_name["英德市"], by_name["荷田乡"]
    assert homes.above[county].min() == -1
    assert [homes.places.name(int(n)) for n in homes.above[town][:4]] == list(LONGHUI)
    assert homes.counts(0)[town].tolist() == [34, 1, 0, 0, 0, 0, 0]
    assert np.all(np.diff(homes.counts(3)[town]) <= 0)


def test_places_share_levels_from_the_province_down() -> None:
    registry = Registry.build([a_candidate("a", path=LONGHUI)])
    places = registry.homes.places
    node = int(registry.homes.nodes[0])
    chain = places.ancestors(node)
    assert registry.homes.shared(node).tolist() == [4]
    assert registry.homes.shared(chain[1]).tolist() == [2]
    other = next(n for n in places.inside(chain[1]) if places.levels[n] == 2 and n != chain[2])
    assert registry.homes.shared(other).tolist() == [2]


def test_a_part_has_the_rows_and_the_words_of_the_whole() -> None:
    part = REGISTRY.part(["s3", "nobody", "true"])
    assert [each.record_id for each in part.candidates] == ["true", "s3"]
    assert names(part) == [names(REGISTRY)[0], names(REGISTRY)[REGISTRY.rows_of(["s3"])["s3"]]]
    assert part.names.given.shares is REGISTRY.names.given.shares


def test_a_part_keeps_only_the_names_that_it_has() -> None:
    part = REGISTRY.part(["true"])
    assert part.names.given.columns.size == 1 + len(set(part.names.given_of.tolist()))
    assert part.names.given.columns.size < REGISTRY.names.given.columns.size


def test_values_in_a_division_are_counted() -> None:
    homes, places = REGISTRY.homes, REGISTRY.homes.places
    for level in range(3):
        for node in {int(each) for each in homes.above[:, level] if each >= 0}:
            values = homes.nodes[homes.place_of].tolist()
            assert homes.inside(node) == sum(value in places.inside(node) for value in values)


def test_without_somebody_it_is_as_if_they_had_never_been_in_it() -> None:
    rest = REGISTRY.without(["true", "nobody"])
    assert rest.size == REGISTRY.size - 1
    assert rest.rows_of(["true"]) == {}
    fresh = Registry.build(rest.candidates)
    assert names(rest) == names(fresh)
