from itertools import permutations

from casework.clock.events import ClockEventKind
from casework.windows.history import History, Stretch
from tests.unit.casework.window_samples import an_event, at, some_events


def test_a_stay_lasts_from_admission_to_departure_and_the_next_begins_with_the_next_admission() -> (
    None
):
    history = History(
        some_events(
            "2026-03-05T09:00 admitted + 2026-03-06T09:00 admitted + 2026-03-07T09:00 departed"
            " + 2026-03-08T09:00 died + 2026-03-09T09:00 admitted"
        )
    )
    assert [_span(each) for each in history.stays] == [("05T09", "07T09"), ("09T09", None)]


def test_leaving_and_coming_back_at_one_instant_is_two_stays_in_any_order() -> None:
    events = some_events(
        "2026-03-05T09:00 admitted + 2026-03-06T09:00 departed + 2026-03-06T09:00 admitted"
    )
    for order in permutations(events):
        assert [_span(each) for each in History(order).stays] == [
            ("05T09", "06T09"),
            ("06T09", None),
        ]


def test_coming_and_leaving_at_one_instant_is_a_stay_that_is_over() -> None:
    history = History(some_events("2026-03-05T09:00 admitted + 2026-03-05T09:00 departed"))
    assert [_span(each) for each in history.stays] == [("05T09", "05T09")]


def test_time_at_the_station_is_the_stay_without_the_placements() -> None:
    history = History(
        some_events(
            "2026-03-01T09:00 admitted + 2026-03-02T09:00 placed home-a + 2026-03-03T09:00 placed home-b"
            " + 2026-03-05T09:00 placement_ended + 2026-03-07T09:00 placed home-a + 2026-03-08T09:00 died"
        )
    )
    assert [_span(each) for each in history.placements] == [
        ("02T09", "03T09"),
        ("03T09", "05T09"),
        ("07T09", "08T09"),
    ]
    assert [_span(each) for each in history.at_station] == [("01T09", "02T09"), ("05T09", "07T09")]


def test_a_stretch_is_half_open() -> None:
    stretch = Stretch(
        begins=an_event("2026-03-01T09:00 admitted"), ends=an_event("2026-03-02T09:00 died")
    )
    assert stretch.holds(at("2026-03-01T09:00"))
    assert not stretch.holds(at("2026-03-02T09:00"))


def test_events_are_counted_in_half_open_ranges_over_several_kinds() -> None:
    history = History(
        some_events(
            "2026-03-01T09:00 interview_held + 2026-03-01T10:00 interview_attempted + 2026-03-01T11:00 interview_held"
        )
    )
    kinds = (ClockEventKind.INTERVIEW_HELD, ClockEventKind.INTERVIEW_ATTEMPTED)
    since, before = at("2026-03-01T09:00"), at("2026-03-01T11:00")
    assert history.count(kinds, since=since, before=before) == 2
    assert history.nth(kinds, 2, since=since) == at("2026-03-01T10:00")
    assert history.nth(kinds, 4, since=since) is None


def _span(stretch: Stretch) -> tuple[str, str | None]:
    ends = stretch.ends
    return f"{stretch.begins.at:%dT%H}", f"{ends.at:%dT%H}" if ends else None
