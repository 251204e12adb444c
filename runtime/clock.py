"""The only reader of the system clock."""

from datetime import UTC, datetime


def system_clock() -> datetime:
    """The current moment, timezone-aware (UTC)."""
    return datetime.now(UTC)
