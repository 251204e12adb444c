"""The `guitu` command."""
