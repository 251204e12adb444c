import os
from pathlib import Path

import pytest

from benchmarks.mishearing import misheard_names, misheard_places
from matching.dialect.groups import dialect_groups
from scripts import draw_mishearings

GROUPS = {each.id for each in dialect_groups()}


def test_places_are_full_paths_and_never_written_as_meant() -> None:
    rows = misheard_places()
    assert len(rows) >= 600
    assert {row.group for row in rows} <= GROUPS
    assert all(len(row.path) >= 2 and row.path[0] == row.province for row in rows)
    assert all(row.heard not in row.path[-1] for row in rows)


def test_names_keep_their_length_and_change() -> None:
    rows = misheard_names()
    assert len(rows) >= 600
    assert all(row.heard != row.meant and len(row.heard) == len(row.meant) for row in rows)


@pytest.mark.devdata
def test_the_names_are_drawn_again_bit_for_bit() -> None:
    folder = os.environ.get("GUITU_DEVDATA")
    if folder is None:
        pytest.skip("GUITU_DEVDATA is not set")
    field = draw_mishearings.read_field(Path(folder) / "dialect")
    drawn = ["\t".join(row) for row in draw_mishearings.draw_names(field, Path(folder) / "names")]
    assert drawn == draw_mishearings.NAMES.read_text(encoding="utf-8").splitlines()[1:]
