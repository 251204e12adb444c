from api.pages.setup_words import PART_WORDS, PERMISSION_WORDS, UNIT_WORDS, values_of
from casework.accounts.access import Permission
from casework.clock.time_spans import TimeSpan, Unit
from casework.windows.case_windows import shipped_rules
from runtime.doctor import examine
from runtime.settings import Settings


def test_every_permission_unit_part_and_value_has_a_name() -> None:
    assert set(PERMISSION_WORDS) == set(Permission)
    assert set(UNIT_WORDS) == set(Unit)
    assert {each.part for each in examine(Settings())} <= set(PART_WORDS)
    settings = [setting for rule in shipped_rules().rows for setting, _, _ in values_of(rule)]
    assert len(settings) == len(set(settings)) > len(shipped_rules().rows)


def test_a_span_is_written_as_it_is_read() -> None:
    for text in ("24 hours", "1 hour", "7 working days", "3 months"):
        assert TimeSpan.parse(text).written == text
