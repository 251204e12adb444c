"""The time limits of the law and of a station: when they start, end, warn and are told."""
