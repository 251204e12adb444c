import pytest

from casework.errors import BadInputError
from cli.sound import sound_of, sound_of_row
from matching.dialect.matrices import costs_without_dialect, dialect_costs
from matching.text.cantonese_sounds import cantonese_sounds


def test_a_group_brings_its_own_matrix() -> None:
    assert sound_of("xiang").version == dialect_costs("xiang").version
    assert sound_of_row("xiang")[1] is None


@pytest.mark.parametrize("group", [None, ""])
def test_without_a_group_all_groups_are_mixed(group: str | None) -> None:
    assert sound_of(group).version == costs_without_dialect().version


def test_an_unknown_group_is_refused_or_warned_of() -> None:
    with pytest.raises(BadInputError, match="没有这个方言区"):
        sound_of("klingon")
    sound, warning = sound_of_row("klingon")
    assert sound.version == costs_without_dialect().version
    assert warning is not None


def test_a_writer_who_goes_by_cantonese_changes_any_matrix() -> None:
    for group in ("xiang", None):
        plain, written = sound_of(group), sound_of(group, "cantonese")
        assert written.version == f"{plain.version}+{cantonese_sounds().version}"
        assert sound_of(group, "mandarin").version == plain.version
    assert sound_of_row("yue", "cantonese")[0].version.endswith(cantonese_sounds().version)
    assert sound_of_row("klingon", "cantonese")[0].version.endswith(cantonese_sounds().version)


def test_an_unknown_writer_is_refused() -> None:
    with pytest.raises(BadInputError, match="写字的人"):
        sound_of("xiang", "latin")
