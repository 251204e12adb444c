import numpy as np
import pytest

from matching.face.boxes import clipped, eyes_scaled, point_turned_back, scaled, turned_back
from matching.face.reading import Box, EyeLine


@pytest.mark.parametrize("quarter_turns", range(5))
def test_a_box_on_a_turned_picture_finds_its_pixels_again(quarter_turns: int) -> None:
    picture = np.zeros((50, 80), dtype=np.uint8)
    picture[5:12, 60:77] = 1
    turned = np.rot90(picture, quarter_turns)
    rows, columns = np.nonzero(turned)
    seen = Box(
        x=int(columns.min()),
        y=int(rows.min()),
        width=int(np.ptp(columns)) + 1,
        height=int(np.ptp(rows)) + 1,
    )
    height, width = turned.shape
    assert turned_back(seen, quarter_turns, width, height) == Box(x=60, y=5, width=17, height=7)


def test_scaling_rounds_edges_and_not_sizes() -> None:
    box = Box(x=3, y=1, width=5, height=2)
    assert scaled(box, 0.5, 3.0) == Box(x=2, y=3, width=2, height=6)


def test_a_box_over_the_edge_is_cut_off() -> None:
    box = Box(x=-10, y=40, width=30, height=30)
    assert clipped(box, 100, 50) == Box(x=0, y=40, width=20, height=10)


def test_a_box_beside_the_picture_has_no_area() -> None:
    beside = clipped(Box(x=120, y=0, width=30, height=30), 100, 50)
    assert beside.width == 0


@pytest.mark.parametrize("quarter_turns", range(4))
def test_a_point_on_a_turned_picture_lies_in_the_middle_of_its_pixel_again(
    quarter_turns: int,
) -> None:
    picture = np.zeros((50, 80), dtype=np.uint8)
    picture[5, 60] = 1
    turned = np.rot90(picture, quarter_turns)
    row, column = (int(each[0]) for each in np.nonzero(turned))
    height, width = turned.shape
    found = point_turned_back((column + 0.5, row + 0.5), quarter_turns, width, height)
    assert found == (60.5, 5.5)


def test_eyes_grow_with_their_photo() -> None:
    small = EyeLine(left=(10, 20), right=(30, 25), width=100, height=50)
    large = EyeLine(left=(20, 60), right=(60, 75), width=200, height=150)
    assert eyes_scaled(small, 200, 150) == large
