"""Fresh row ids: random, so that they tell nothing about order or number."""

from uuid import uuid4


def random_id() -> str:
    """32 hex digits of a version-4 UUID."""
    return uuid4().hex
