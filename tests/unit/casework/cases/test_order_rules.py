"""One sentence for each rule of `order_rules.toml` that only time can decide."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from casework.cases.case import Details, Entry
from casework.cases.happenings import care, police, public, registration
from casework.cases.order_rules import check_order, flags_of
from casework.errors import BadInputError, TransitionRefusedError
from tests.samples import NOW

HOUR = timedelta(hours=1)
PLACED = care.Placed(institution="某托养中心")
STOPPED = registration.WindowStopped(
    window="interview", reason=registration.StopReason.NOT_APPLICABLE
)
PAUSED = registration.WindowWithheld(window="dna_request", reason=registration.StopReason.ORDERED)
LEFT = care.Departed(how=care.DepartureKind.OWN_WISH)
WITHHELD = public.NoticeWithheld(why=public.WithholdReason.MINOR)
LIFTED = public.WithholdLifted(police_reference="1号")
ON_TV = public.NoticeLogged(channel=public.Channel.TV)
SUSPECTED = police.AbductionSuspected(reason="被人带出来")


def reopened(window: str) -> Details:
    return registration.WindowReopened(window=window, reason=registration.StopReason.MISTAKE)


def a_file(*lines: Details) -> list[Entry]:
    """An admission and then one line an hour."""
    return [
        Entry(
            entry_id=f"e{number}",
            case_id="c1",
            happened_at=NOW + number * HOUR,
            recorded_at=NOW + number * HOUR,
            recorded_by="u1",
            details=details,
        )
        for number, details in enumerate((care.Admitted(), *lines))
    ]


def check(lines: Sequence[Details], details: Details, at: datetime | None = None) -> None:
    now = NOW + 10 * HOUR
    check_order(a_file(*lines), details, at or now, now)


REFUSED: list[tuple[str, list[Details], Details]] = [
    ("没有托养", [], care.VisitRecorded()),
    ("没有托养", [PLACED, care.PlacementEnded()], care.VisitRecorded()),
    ("没有托养", [PLACED, care.PlacementEnded()], care.PlacementEnded()),
    ("没有托养", [PLACED, care.PlacementEnded()], care.InstitutionReported()),
    ("不在站", [LEFT], PLACED),
    ("不在站", [LEFT], LEFT),
    ("不在站", [LEFT], care.Transferred(station="另一站")),
    ("已登记死亡", [care.Died()], care.Admitted()),
    ("死亡已经登记", [care.Died()], care.Died()),
    ("正在暂缓", [WITHHELD], ON_TV),
    ("正在暂缓", [SUSPECTED], ON_TV),
    ("正在暂缓", [WITHHELD], public.PortalPushed(channel=public.Channel.TOUTIAO_SEARCH)),
    ("没有暂缓", [], LIFTED),
    ("没有暂缓", [WITHHELD, LIFTED], LIFTED),
    ("不用恢复", [STOPPED], reopened("dna_request")),
    ("不用恢复", [STOPPED, reopened("interview")], reopened("interview")),
]
ACCEPTED: list[tuple[list[Details], Details]] = [
    ([PLACED], care.VisitRecorded()),
    ([PLACED, care.PlacementEnded(), PLACED], care.PlacementEnded()),
    ([PLACED], care.Placed(institution="另一家")),
    ([LEFT], care.Admitted()),
    ([LEFT], care.Died()),
    ([WITHHELD, LIFTED], ON_TV),
    ([SUSPECTED], LIFTED),
    ([STOPPED], reopened("interview")),
    ([PAUSED], reopened("dna_request")),
]


@pytest.mark.parametrize(("said", "lines", "details"), REFUSED)
def test_what_cannot_be_at_that_moment_is_refused_with_the_rule(
    said: str, lines: list[Details], details: Details
) -> None:
    with pytest.raises(TransitionRefusedError, match=said):
        check(lines, details)


@pytest.mark.parametrize(("lines", "details"), ACCEPTED)
def test_what_can_be_at_that_moment_is_accepted(lines: list[Details], details: Details) -> None:
    check(lines, details)


def test_a_notice_that_went_out_before_it_was_withheld_is_a_late_fact() -> None:
    check([SUSPECTED], ON_TV, at=NOW + HOUR / 2)


def test_somebody_helped_in_the_street_cannot_leave_the_station() -> None:
    met = Entry(
        entry_id="e0",
        case_id="c1",
        happened_at=NOW,
        recorded_at=NOW,
        recorded_by="u1",
        details=care.StreetHelped(),
    )
    with pytest.raises(TransitionRefusedError, match="不在站"):
        check_order([met], LEFT, NOW + HOUR, NOW + HOUR)


def test_a_time_without_offset_is_refused() -> None:
    with pytest.raises(BadInputError, match="时区"):
        check([], LEFT, at=NOW.replace(tzinfo=None))


def test_flags_say_what_was_late() -> None:
    assert flags_of(NOW, NOW + 24 * HOUR, is_late=False) == ()
    assert flags_of(NOW, NOW + 25 * HOUR, is_late=True) == ("late_fact", "late")
