"""Face vectors of 128 numbers with the distances that `parameters.toml` asks for.

Construction. A vector is `centre + scale * D x`: D x is Gaussian with variances that fall by `decay` from one
number to the next and sum to S, so that strangers of one kind lie sqrt(2 S) apart. x of a second photo is
`rho x + sqrt(1 - rho^2) e` with e another person's worth of noise: both photos have the same distribution and lie
sqrt(2 S (1 - rho)) apart on average. rho is that of two good photos, less what the years between the photos,
photos as a minor and poor photos take away. The face of a sibling or twin is made like a second photo, with the
correlations of relatives. Centres of minors and adults, of men and women differ; minors lie closer together.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.population.filing import PhotoTaken
from benchmarks.population.parameters import Faces, interpolated
from benchmarks.population.persons import ADULT
from matching.model import Sex

Vectors = NDArray[np.float32]
Exact = NDArray[np.float64]

DIMENSIONS: Final = 128
#: People whose vectors are drawn together.
BLOCK: Final = 4_096
#: Of the centre of women's and men's faces; dlib's vectors have lengths between 1.36 and 1.63.
_LENGTH: Final = 1.37
#: Draws the directions that all worlds share.
_MODEL: Final = 128


@dataclass(frozen=True, slots=True)
class FaceModel:
    """How people look in one world."""

    faces: Faces
    seed: int

    def identity(self, number: int) -> Exact:
        """x of the photo in the record of the person with this number, float64 of shape (128,)."""
        found: Exact = _block(self.seed, number // BLOCK)[number % BLOCK]
        return found

    def relative(self, identity: Exact, correlation: float, number: int) -> Exact:
        """x of somebody who looks like `identity`."""
        return _mixed(identity, correlation, self._noise("relative", number))

    def another_photo(
        self, identity: Exact, first: PhotoTaken | None, second: PhotoTaken, number: int
    ) -> Exact:
        """x of a second photo of one person; `first` is the record's."""
        return _mixed(identity, self.correlation(first, second), self._noise("photo", number))

    def vector(self, identity: Exact, sex: Sex, photo: PhotoTaken) -> Vectors:
        """The vector of a photo, float32 of shape (128,)."""
        is_minor = photo.age < ADULT
        scale = self.faces.minors_scale if is_minor else 1.0
        centre = _centre(self.faces.sexes, self.faces.minors_from_adults, sex, is_minor=is_minor)
        spread = _spread(self.faces.strangers, self.faces.decay)
        found: Vectors = (centre + scale * spread * identity).astype(np.float32)
        return found

    def correlation(self, first: PhotoTaken | None, second: PhotoTaken) -> float:
        """What two photos of one person have in common, 0 to 1."""
        rho = 1 - (self.faces.same / self.faces.strangers) ** 2
        if first is None:
            return rho
        years = abs((second.on - first.on).days) / 365.25
        kept = self.faces.kept_minor if first.age < ADULT else self.faces.kept
        poor = self.faces.poor ** (first.is_poor + second.is_poor)
        return rho * interpolated(kept, years) * poor

    def _noise(self, what: str, number: int) -> Exact:
        label = 1 if what == "relative" else 2
        return np.random.default_rng([self.seed, label, number]).standard_normal(DIMENSIONS)


def _mixed(identity: Exact, correlation: float, noise: Exact) -> Exact:
    mixed: Exact = correlation * identity + np.sqrt(1 - correlation**2) * noise
    return mixed


@lru_cache(maxsize=8)
def _block(seed: int, number: int) -> Exact:
    return np.random.default_rng([seed, 0, number]).standard_normal((BLOCK, DIMENSIONS))


@lru_cache(maxsize=4)
def _spread(strangers: float, decay: float) -> Exact:
    """Standard deviations of the 128 numbers."""
    shape: Exact = decay ** np.arange(DIMENSIONS, dtype=np.float64)
    deviations: Exact = np.sqrt(shape / shape.sum() * strangers**2 / 2)
    return deviations


@lru_cache(maxsize=16)
def _centre(sexes: float, minors: float, sex: Sex, *, is_minor: bool) -> Exact:
    directions = np.random.default_rng(_MODEL).standard_normal((3, DIMENSIONS))
    basis = np.linalg.qr(directions.T)[0].T
    centre: Exact = (
        basis[0] * _LENGTH
        + basis[1] * sexes * (0.5 if sex is Sex.MALE else -0.5)
        + basis[2] * minors * (1.0 if is_minor else 0.0)
    )
    return centre
