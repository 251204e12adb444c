import csv
from pathlib import Path

import pytest

from casework.windows.window import WindowState
from tests.unit.casework.window_samples import (
    RULES,
    at,
    only,
    planned,
    planned_station,
    some_events,
)

TABLE = Path(__file__).parent / "window_cases.csv"
CASES = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines(), strict=True))


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_a_dated_case_comes_out_as_worked_out_by_hand(case: dict[str, str]) -> None:
    if RULES.row(case["kind"]).for_station:
        windows = planned_station(case["events"], case["at"])
    else:
        windows = planned(some_events(case["events"]), case["at"])
    window = only(windows, case["kind"])[int(case["nth"])]
    assert window.starts == (at(case["starts"]) if case["starts"] else None)
    assert window.due == (at(case["due"]) if case["due"] else None)
    assert window.state == WindowState(case["state"])
    assert window.provisional == ("provisional" in case["flags"].split())
    assert window.breach == ("breach" in case["flags"].split())


def test_the_table_has_at_least_eighty_cases_and_no_name_twice() -> None:
    assert len({case["why"] for case in CASES}) == len(CASES) >= 80


def test_every_row_of_the_rules_has_cases() -> None:
    assert {case["kind"] for case in CASES} == {rule.kind for rule in RULES.rows}


def test_every_state_is_reached_by_a_case() -> None:
    assert {case["state"] for case in CASES} == {state.value for state in WindowState}


def test_every_year_from_2025_to_2027_has_cases() -> None:
    assert {case["due"][:4] for case in CASES} >= {"2025", "2026", "2027"}
