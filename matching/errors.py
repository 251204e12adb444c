"""Errors of the matching core. The docstring of each class says what the caller did wrong."""


class MatchingError(Exception):
    """Something handed to the matching core cannot be used."""


class BadFactError(MatchingError):
    """A fact about a person contradicts itself (for example a year range that ends before it starts)."""


class BadEmbeddingError(MatchingError):
    """A face vector has the wrong shape, is not finite, or is all zeros."""


class BadPolicyError(MatchingError):
    """A policy or calibration table is incomplete or contradicts itself."""


class BadModelError(MatchingError):
    """A model file is damaged, of an unknown kind, or not the one that was expected."""


class BadPictureError(MatchingError):
    """A picture file is damaged although its decoder would show something."""
