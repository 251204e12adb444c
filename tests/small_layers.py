"""The layered index with bounds so low that small tests pass through every layer."""

from typing import ClassVar

from matching.face.layered_index import LayeredIndex


class SmallLayers(LayeredIndex):
    """A scan from seventeen faces on, worked in anew after every fourth change."""

    exact_up_to: ClassVar[int] = 16
    beside_at_most: ClassVar[int] = 3
