from datetime import datetime

import pytest

from casework.clock.events import NEEDS_REASON, NEEDS_SUBJECT, ClockEvent, ClockEventKind
from casework.errors import BadInputError
from tests.unit.casework.window_samples import at

NOW = at("2026-03-05T09:30")


def test_a_time_without_offset_is_refused() -> None:
    naive = datetime(2026, 3, 5)  # noqa: DTZ001 - the naive time is the point
    with pytest.raises(BadInputError, match="时区"):
        ClockEvent(kind=ClockEventKind.ADMITTED, at=naive)


@pytest.mark.parametrize("kind", sorted(NEEDS_REASON))
def test_what_needs_a_reason_is_refused_without(kind: ClockEventKind) -> None:
    with pytest.raises(BadInputError, match="原因"):
        ClockEvent(kind=kind, at=NOW, subject="x")


@pytest.mark.parametrize("kind", sorted(NEEDS_SUBJECT))
def test_what_needs_a_subject_is_refused_without(kind: ClockEventKind) -> None:
    with pytest.raises(BadInputError, match="对象"):
        ClockEvent(kind=kind, at=NOW, reason="原因")
