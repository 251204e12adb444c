import re
from math import cos, radians, sin

import pytest

from api.pages.face_pairs import EYE_DISTANCE, EYE_HEIGHT, FRAME_WIDTH, View, age_in_words, frame
from matching.face.reading import EyeLine, Point
from matching.model import YearRange

TILTED = EyeLine(left=(300, 420), right=(380, 360), width=640, height=900)


def moved(transform: str, point: Point) -> Point:
    """Where a list of SVG transforms puts a point: the last one acts first."""
    for name, numbers in reversed(re.findall(r"(\w+)\(([^)]*)\)", transform)):
        values = [float(each) for each in numbers.split()]
        x, y = point
        if name == "translate":
            point = x + values[0], y + values[1]
        elif name == "scale":
            point = x * values[0], y * values[-1]
        else:
            turn = radians(values[0])
            point = x * cos(turn) - y * sin(turn), x * sin(turn) + y * cos(turn)
    return point


def test_eyes_of_an_aligned_face_are_level_and_as_far_apart_as_everybodys() -> None:
    shown = frame("/photo", TILTED)
    left, right = moved(shown.aligned, TILTED.left), moved(shown.aligned, TILTED.right)
    middle = FRAME_WIDTH / 2
    assert left == pytest.approx((middle - EYE_DISTANCE / 2, EYE_HEIGHT), abs=0.1)
    assert right == pytest.approx((middle + EYE_DISTANCE / 2, EYE_HEIGHT), abs=0.1)


def test_a_mirrored_face_has_its_eyes_changed_over() -> None:
    shown = frame("/photo", TILTED)
    aligned = moved(shown.transform(View.ALIGNED), TILTED.right)
    mirrored = moved(shown.transform(View.MIRROR), TILTED.left)
    assert mirrored == pytest.approx(aligned, abs=0.1)


def test_the_whole_photo_lies_inside_its_frame_and_touches_it() -> None:
    shown = frame("/photo", TILTED)
    corner = moved(shown.whole, (640, 900))
    assert moved(shown.whole, (0, 0)) == pytest.approx((5.6, 0), abs=0.1)
    assert corner == pytest.approx((94.4, 125), abs=0.1)


def test_without_eyes_every_view_shows_the_photo_as_it_is() -> None:
    shown = frame("/photo", None)
    assert not shown.has_eyes
    assert {shown.transform(each) for each in (View.ALIGNED, View.WHOLE, View.OVERLAY)} == {""}


def test_eyes_in_one_point_do_not_make_an_endless_zoom() -> None:
    same = EyeLine(left=(5, 5), right=(5, 5), width=100, height=100)
    assert not frame("/photo", same).has_eyes


@pytest.mark.parametrize(
    ("birth", "year", "words"),
    [
        (YearRange(earliest=1964, latest=1964), 1998, "34 岁"),
        (YearRange(earliest=1956, latest=1976), 2026, "50–70 岁"),
        (YearRange(earliest=1956, latest=1976), 1970, "0–14 岁"),
        (YearRange(earliest=1964, latest=1964), 1950, ""),
        (None, 1998, ""),
    ],
)
def test_the_age_at_a_photo_is_as_sure_as_the_birth(
    birth: YearRange | None, year: int, words: str
) -> None:
    assert age_in_words(birth, year) == words
