import pytest

from matching.dialect.groups import among_groups, dialect_groups


def test_what_is_given_to_no_group_is_shared_by_all() -> None:
    shares = dict(among_groups((("mixed", 0.5), ("wu", 0.5))))
    assert [*shares] == [each.id for each in dialect_groups()]
    assert sum(shares.values()) == pytest.approx(1)
    assert shares["wu"] == pytest.approx(0.5 + shares["xiang"])


def test_a_whole_names_its_groups_only() -> None:
    assert among_groups((("xiang", 0.7), ("wu", 0.3))) == (("wu", 0.3), ("xiang", 0.7))
