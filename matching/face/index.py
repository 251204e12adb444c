"""Nearest faces: the port that every index implements.

An index is a snapshot: it never changes, so readers need no lock. `updated` makes a new one. A
person with several photos answers once, with the nearest of them. Ties are broken by owner and
face id, so that the same gallery always gives the same answer. Nobody is left out for sex or age:
a wrong entry on a form must not hide a person.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import NamedTuple, Protocol, Self

import numpy as np
from numpy.typing import NDArray

from matching.face.embedding import Vector


@dataclass(frozen=True, slots=True, kw_only=True)
class FaceRow:
    """One vector of one person."""

    face_id: str
    owner_id: str
    vector: Vector
    #: The photo is below the limits of `quality.toml`: its distances say less.
    is_poor: bool = False


class FaceHit(NamedTuple):
    """A person, by the nearest of their faces. Sorts as ties are broken.

    A tuple, because a search makes dozens: frozen dataclasses would take a tenth of its time.
    """

    #: Euclidean, not squared.
    distance: float
    owner_id: str
    face_id: str
    is_poor: bool = False


class FaceIndex(Protocol):
    """A snapshot of one gallery of one model."""

    @classmethod
    def build(cls, rows: Iterable[FaceRow]) -> Self:
        """Index these faces; of rows with one face id the last counts.

        Raises:
            BadEmbeddingError: a vector is unusable, or they differ in length.
        """

    @property
    def size(self) -> int:
        """How many faces there are."""

    def search(self, vector: Vector, k: int) -> tuple[FaceHit, ...]:
        """The `k` nearest people, nearest first. Raises BadEmbeddingError."""

    def nearest_of(self, vector: Vector, owner_ids: Iterable[str]) -> dict[str, FaceHit]:
        """The nearest face of each of these people; those without a face are left out.

        Raises:
            BadEmbeddingError: the vector is unusable or of another length.
        """

    def vectors_of(self, owner_id: str) -> NDArray[np.floating]:
        """Every vector of a person, shape (faces, dim); no rows when there is no face."""

    def updated(self, added: Iterable[FaceRow], removed_owners: Collection[str]) -> Self:
        """A new snapshot without the faces of `removed_owners`, and with `added`.

        To replace a person's faces, remove the person and add the new ones in one call.

        Raises:
            BadEmbeddingError: a vector is unusable or of another length.
        """


def folded(hits: Iterable[FaceHit], k: int) -> tuple[FaceHit, ...]:
    """The `k` nearest people of these faces, each by the nearest face, nearest person first."""
    people: dict[str, FaceHit] = {}
    for hit in sorted(hits):
        people.setdefault(hit.owner_id, hit)
    return tuple(people.values())[: max(k, 0)]
