"""Who else of a gallery is near to one face: what a table of strangers can be checked against.

A table says how near strangers are on the mean of all faces. How crowded it is around *this* face in
*this* gallery can be counted: at most one of the people there is the resident. Where the table
expects ten look-alikes and nobody is nearer, a distance says more than the table does; so scores
are held against a cohort in biometrics (Auckenthaler, Carey and Lloyd-Thomas 2000), here by counts.
"""

from bisect import bisect_left
from dataclasses import dataclass
from typing import Final

#: Distances that differ less are equal: indexes keep half precision.
_ROUNDING: Final = 1e-3


@dataclass(frozen=True, slots=True, kw_only=True)
class Crowd:
    """The distances from one face to the nearest people of a gallery."""

    #: Faces in the gallery.
    gallery_size: int
    #: Of each person once, nearest first: everybody who is nearer than the last.
    distances: tuple[float, ...]

    def nearer_than(self, distance: float) -> int | None:
        """How many people are nearer; None where only part of them is known."""
        count = bisect_left(self.distances, distance - _ROUNDING)
        return None if count == len(self.distances) < self.gallery_size else count
