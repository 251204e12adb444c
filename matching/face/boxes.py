"""Boxes between picture sizes and turnings. A box is half-open in pixels: x .. x + width."""

from matching.face.reading import Box, EyeLine, Point


def scaled(box: Box, factor_x: float, factor_y: float) -> Box:
    """The same box on a picture that is `factor` times as wide and high; edges are rounded."""
    left, top = round(box.x * factor_x), round(box.y * factor_y)
    right, bottom = round((box.x + box.width) * factor_x), round((box.y + box.height) * factor_y)
    return Box(x=left, y=top, width=right - left, height=bottom - top)


def clipped(box: Box, width: int, height: int) -> Box:
    """The part of a box that lies on a picture of `width` x `height` pixels."""
    left, top = min(max(box.x, 0), width), min(max(box.y, 0), height)
    right, bottom = min(box.x + box.width, width), min(box.y + box.height, height)
    return Box(x=left, y=top, width=max(right - left, 0), height=max(bottom - top, 0))


def turned_back(box: Box, quarter_turns: int, width: int, height: int) -> Box:
    """Where a box found after `np.rot90(picture, quarter_turns)` lies on the picture itself.

    `width` and `height` are those of the turned picture on which the box was found.
    """
    for _ in range(quarter_turns % 4):
        box = Box(x=height - box.y - box.height, y=box.x, width=box.height, height=box.width)
        width, height = height, width
    return box


def point_turned_back(point: Point, quarter_turns: int, width: int, height: int) -> Point:
    """As `turned_back`, for a point."""
    for _ in range(quarter_turns % 4):
        point = height - point[1], point[0]
        width, height = height, width
    return point


def eyes_scaled(eyes: EyeLine, width: int, height: int) -> EyeLine:
    """The same eyes on the same photo at another size."""
    factor_x, factor_y = width / eyes.width, height / eyes.height
    return EyeLine(
        left=(eyes.left[0] * factor_x, eyes.left[1] * factor_y),
        right=(eyes.right[0] * factor_x, eyes.right[1] * factor_y),
        width=width,
        height=height,
    )


def shared_part(one: Box, other: Box) -> float:
    """Shared area over the area that both cover, 0..1."""
    width = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
    height = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
    shared = max(width, 0) * max(height, 0)
    both = one.width * one.height + other.width * other.height - shared
    return shared / both if both else 0.0
