"""Dialect: how a person's home speech changes what is heard, and what it says about home."""
